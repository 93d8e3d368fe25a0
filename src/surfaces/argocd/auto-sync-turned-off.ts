import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, docs, isAutomated } from './argo-object.ts';
import { application } from './example.ts';

export const autoSyncTurnedOff: Rule<ManifestFile> = {
  id: 'argocd/auto-sync-turned-off',
  problem: 'Argo CD no longer applies Git by itself: what is committed, a revert too, waits until somebody syncs.',
  instead: 'Say in the change who syncs, and when automation is switched on again.',
  source: docs.autoSync,
  examples: {
    matches: [
      {
        before: application('syncPolicy: {automated: {}}'),
        after: application('syncPolicy: {automated: {enabled: false}}'),
      },
    ],
    passes: [
      {
        before: application('syncPolicy: {automated: {}}'),
        after: application('syncPolicy: {automated: {prune: true}}'),
      },
    ],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      if (!isAutomated(before) || isAutomated(after)) continue;
      yield {
        class: 'fully-reversible',
        message: `${capital(title)} no longer syncs by itself: after a revert in Git somebody has to sync it. It stays open work.`,
        instead: 'Name who syncs, and until when it stays off.',
        inverse: `argocd app sync ${after.manifest.name}`,
        probe: `argocd app get ${after.manifest.name}`,
        at: after.at('spec', 'syncPolicy', 'automated'),
      };
    }
  },
};
