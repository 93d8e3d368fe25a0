import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, docs, isAutomatedWith } from './argo-object.ts';
import { application } from './example.ts';

export const pruneTurnedOn: Rule<ManifestFile> = {
  id: 'argocd/prune-turned-on',
  problem:
    'Automatic sync now deletes what is no longer in Git. What is out of sync today for want of pruning goes at once, volume claims with their data included.',
  instead: 'Look at what would be pruned first, and protect what holds data with `Prune=false` or `Prune=confirm`.',
  source: docs.autoSync,
  examples: {
    matches: [
      {
        before: application('syncPolicy: {automated: {}}'),
        after: application('syncPolicy: {automated: {prune: true}}'),
      },
    ],
    passes: [application('syncPolicy: {automated: {prune: true}}')],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const prunes = isAutomatedWith(after, 'prune') && !isAutomatedWith(before, 'prune');
      const empties = isAutomatedWith(after, 'allowEmpty') && !isAutomatedWith(before, 'allowEmpty');
      if (before === undefined || (!prunes && !empties)) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: prunes
          ? `${capital(title)} prunes by itself: what leaves Git is deleted, and what left it earlier goes at the next sync.`
          : `${capital(title)} may prune itself empty: a folder that renders nothing, by a mistake, deletes everything.`,
        instead: 'Annotate what holds data with `argocd.argoproj.io/sync-options: Prune=confirm`.',
        inverse: 'prune: false',
        probe: `argocd app diff ${after.manifest.name}; argocd app resources ${after.manifest.name} --orphaned`,
        closedBy: 'the first sync that prunes',
        at: after.at('spec', 'syncPolicy', 'automated', prunes ? 'prune' : 'allowEmpty'),
      };
    }
  },
};
