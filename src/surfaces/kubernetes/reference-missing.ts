import type { Rule } from '../../model/surface.ts';
import { presentIn } from '../manifest-changes.ts';
import { titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { isProvided } from './providers.ts';
import { referencesOf } from './references.ts';

export const referenceMissing: Rule<ManifestFile> = {
  id: 'kubernetes/reference-missing',
  problem: 'Pods are told to use an object that nothing in these files provides.',
  instead: 'Bring the object in the same change, or say where it comes from.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  examples: {
    matches: [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, envFrom: [{secretRef: {name: web}}]}]}\n',
    ],
    passes: [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, envFrom: [{secretRef: {name: web, optional: true}}]}]}\n',
    ],
  },
  *find(change) {
    for (const { before, after } of presentIn(change)) {
      const known = before ? referencesOf(before) : [];
      const told = new Set<string>();
      for (const reference of referencesOf(after)) {
        const title = `${reference.kind} ${reference.name}`;
        const isKnown = known.some(({ kind, name }) => kind === reference.kind && name === reference.name);
        if (isKnown || told.has(title) || !change.after || isProvided(reference, after, change.after.tree)) continue;
        told.add(title);
        yield {
          message: `${titleOf(after)} now needs ${title}, which nothing in these files provides. Where it is missing, new pods do not start, and the old ones stay only as long as nothing restarts them.`,
          instead: `Check that ${title} is there before the change is applied.`,
          probe: `kubectl get ${reference.kind.toLowerCase()} ${reference.name}${after.namespace === '' ? '' : ` -n ${after.namespace}`}`,
          at: after.at(...reference.path),
        };
      }
    }
  },
};
