import type { Rule } from '../../model/surface.ts';
import { presentIn } from '../manifest-changes.ts';
import { asNumber, titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const deployment = (limit: number): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {revisionHistoryLimit: ${limit}}\n`;

export const historyRemoved: Rule<ManifestFile> = {
  id: 'kubernetes/history-removed',
  problem: 'No old revision is kept: `kubectl rollout undo` has nothing to go back to.',
  instead: 'Keep at least as many revisions as the way back may need; ten is the default.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy',
  examples: {
    matches: [deployment(0), { before: deployment(10), after: deployment(0) }],
    passes: [deployment(3), { before: deployment(0), after: deployment(5) }],
  },
  *find(change) {
    for (const { before, after } of presentIn(change, 'Deployment', 'StatefulSet', 'DaemonSet', 'Rollout')) {
      const limit = asNumber(after.field('spec', 'revisionHistoryLimit'));
      if (limit !== 0 || asNumber(before?.field('spec', 'revisionHistoryLimit')) === 0) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${titleOf(after)} keeps no old revision. The ones there are get deleted, and \`kubectl rollout undo\` has nothing to return to.`,
        instead: 'Set revisionHistoryLimit to 2 or more.',
        inverse: `revisionHistoryLimit: ${asNumber(before?.field('spec', 'revisionHistoryLimit')) ?? 10}`,
        closedBy: 'the controller deletes the old revisions, within seconds',
        at: after.at('spec', 'revisionHistoryLimit'),
      };
    }
  },
};
