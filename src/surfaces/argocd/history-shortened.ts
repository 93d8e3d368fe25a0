import type { Rule } from '../../model/surface.ts';
import { asNumber } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, docs } from './argo-object.ts';
import { application } from './example.ts';

export const historyShortened: Rule<ManifestFile> = {
  id: 'argocd/history-shortened',
  problem:
    'Argo CD keeps fewer deployments in its history. With none, nothing says what ran last and was healthy, and `argocd app rollback` has nowhere to go.',
  instead: 'Keep the ten that Argo CD keeps by default.',
  source: docs.specification,
  examples: {
    matches: [
      application('revisionHistoryLimit: 0'),
      { before: application('revisionHistoryLimit: 10'), after: application('revisionHistoryLimit: 3') },
    ],
    passes: [
      application('revisionHistoryLimit: 5'),
      { before: application('revisionHistoryLimit: 3'), after: application('revisionHistoryLimit: 10') },
    ],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const now = asNumber(after.field('spec', 'revisionHistoryLimit')) ?? 10;
      const then = before && (asNumber(before.field('spec', 'revisionHistoryLimit')) ?? 10);
      if (then === undefined ? now > 1 : now >= then) continue;
      yield {
        class: then === undefined ? 'fully-reversible' : 'reversible-with-manual-repair',
        message: `${capital(title)} keeps ${now === 0 ? 'no history' : `${String(now)} deployments`}: the older ones, and what they say about the last good version, are gone.`,
        instead: 'Keep ten.',
        probe: `argocd app history ${after.manifest.name}`,
        closedBy: 'the next sync',
        at: after.at('spec', 'revisionHistoryLimit'),
      };
    }
  },
};
