import type { Rule } from '../../model/surface.ts';
import { asText } from '../manifest.ts';
import { type ManifestFile, pairsOf } from '../manifests.ts';
import { appsOf, docs, isArgoObject, syncOptionsOf } from './argo-object.ts';
import { application } from './example.ts';

const annotation = 'argocd.argoproj.io/sync-options';

export const replacesOnSync: Rule<ManifestFile> = {
  id: 'argocd/replaces-on-sync',
  problem:
    '`Replace=true` overwrites what others set in an object; together with `Force=true` every sync deletes it and makes it anew: data, addresses, and every object of a CRD are lost.',
  instead: 'Put the options on the one object, for the one change, and never on a CRD or a claim.',
  source: docs.syncOptions,
  examples: {
    matches: [
      application('syncPolicy: {syncOptions: [Replace=true, Force=true]}'),
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate, annotations: {argocd.argoproj.io/sync-options: "Force=true,Replace=true"}}\n',
    ],
    passes: [application('syncPolicy: {syncOptions: [ServerSideApply=true]}')],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const [then, now] = [replacing(syncOptionsOf(before)), replacing(syncOptionsOf(after))];
      if (now !== undefined && now !== then)
        yield { ...found(title, now), at: after.at('spec', 'syncPolicy', 'syncOptions') };
    }
    for (const { before, after } of pairsOf(change)) {
      if (!after || isArgoObject(after)) continue;
      const [then, now] = [before, after].map((one) =>
        replacing(optionsIn(asText(one?.field('metadata', 'annotations', annotation)))),
      );
      if (now !== undefined && now !== then)
        yield { ...found(`${after.kind} ${after.name}`, now), at: after.at('metadata', 'annotations', annotation) };
    }
  },
};

const optionsIn = (text: string | undefined): readonly string[] => text?.split(',').map((one) => one.trim()) ?? [];

/** Both are needed to delete and make anew. */
function replacing(options: readonly string[]): 'force' | 'replace' | undefined {
  if (!options.includes('Replace=true')) return undefined;
  return options.includes('Force=true') ? 'force' : 'replace';
}

const found = (what: string, how: 'force' | 'replace') =>
  how === 'force'
    ? ({
        class: 'fully-reversible',
        classAfterWrites: 'non-recoverable-without-restore',
        message: `At each sync Argo CD deletes ${what} and makes it anew: claims lose their data, a CRD all its objects.`,
        instead: 'Force the one object by hand, for the one change.',
        closedBy: 'the next sync',
      } as const)
    : ({
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `At each sync Argo CD replaces ${what}: what controllers and people set in the cluster is lost.`,
        instead: 'Use server-side apply.',
        closedBy: 'the next sync',
      } as const);
