import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asText, titleOf } from '../manifest.ts';
import { type ManifestFile, pairsOf } from '../manifests.ts';
import { docs } from './argo-object.ts';

const annotation = 'argocd.argoproj.io/hook';
const works = /\b(?:PreSync|Sync|PostSync)\b/;

export const hookRunsAgain: Rule<ManifestFile> = {
  id: 'argocd/hook-runs-again',
  problem:
    'A hook does work at each sync. A revert syncs, so the older hook runs as well; `argocd app rollback` runs none. Neither undoes what the hook has done.',
  instead: 'Write it so that it may run twice, and so that the older one may run after it.',
  source: docs.hooks,
  examples: {
    matches: [
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate, annotations: {argocd.argoproj.io/hook: PreSync}}\n',
    ],
    passes: [
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: report, annotations: {argocd.argoproj.io/hook: SyncFail}}\n',
    ],
  },
  *find(change) {
    for (const { before, after } of pairsOf(change)) {
      if (!after) continue;
      const hook = asText(after.field('metadata', 'annotations', annotation));
      if (hook === undefined || !works.test(hook) || (before && isSame(before.value, after.value))) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${titleOf(after)} runs at each sync (${hook}): a revert runs the older one too, a rollback in Argo CD none, and neither undoes its work.`,
        instead: 'Make both versions safe to run after each other.',
        closedBy: 'the hook has run',
        at: after.at('metadata', 'annotations', annotation),
      };
    }
  },
};
