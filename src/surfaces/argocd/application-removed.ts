import type { Rule } from '../../model/surface.ts';
import type { Manifest } from '../manifest.ts';
import { asList, asText } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { deletesResources, docs, removedOf } from './argo-object.ts';
import { application } from './example.ts';

export const applicationRemoved: Rule<ManifestFile> = {
  id: 'argocd/application-removed',
  problem:
    'An Application, or the ApplicationSet that makes them, is taken away. With the finalizer everything it deployed is deleted, data included; a revert deploys it anew, empty.',
  instead: 'Take the finalizer off in an earlier change when the workloads are to stay.',
  source: docs.deletion,
  examples: {
    matches: [
      { before: application('project: a', 'finalizers: [resources-finalizer.argocd.argoproj.io]') },
      { before: application('project: a') },
    ],
    passes: [application('project: a')],
  },
  *find(change) {
    for (const one of removedOf(change, 'Application', 'ApplicationSet')) {
      const what = `${one.kind} ${one.name} is removed`;
      yield deletes(one)
        ? {
            class: 'reversible-with-manual-repair',
            message: `${what}, and everything it deployed is deleted with it. A revert deploys it anew, but volume claims come back empty.`,
            instead: 'Back up the data, or take the finalizer off in an earlier change.',
            probe: `argocd app resources ${one.name}`,
            closedBy: 'Argo CD finalizes the Application',
            at: one.at('metadata', 'name'),
          }
        : {
            class: 'fully-reversible',
            message: `${what}. What it deployed runs on, owned by nobody; a revert takes it over again.`,
            instead: 'Delete by hand what is not wanted, and say so in the change.',
            at: one.at('metadata', 'name'),
          };
    }
  },
};

/** An ApplicationSet puts the finalizer on all it makes, unless it is told to preserve. */
function deletes(one: Manifest): boolean {
  if (one.kind === 'ApplicationSet') return one.field('spec', 'syncPolicy', 'preserveResourcesOnDeletion') !== true;
  return deletesResources(asList(one.field('metadata', 'finalizers')).flatMap((text) => asText(text) ?? []));
}
