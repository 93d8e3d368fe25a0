import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { isIn, placeOf } from './template-text.ts';

const hook = /helm\.sh\/hook["']?\s*:\s*["']?[\w\s,-]*\b(?:pre|post)-/;
const cleansUp =
  /helm\.sh\/hook-delete-policy["']?\s*:\s*["']?[^\n]*(?:hook-succeeded|before-hook-creation)|ttlSecondsAfterFinished/;

export const hookLeftOver: Rule<ChartFile> = {
  id: 'helm/hook-left-over',
  problem: 'What a hook makes is not part of the release: neither a rollback nor an uninstall deletes it.',
  instead: 'Set `helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded`.',
  source: 'https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies',
  examples: {
    matches: ['kind: Job\nmetadata:\n  annotations:\n    "helm.sh/hook": post-install\n'],
    passes: [
      'kind: Job\nmetadata:\n  annotations:\n    "helm.sh/hook": post-install\n    "helm.sh/hook-delete-policy": hook-succeeded\n',
    ],
  },
  *find({ before, after }) {
    if (after?.role !== 'template' || !isIn(after, hook) || isIn(after, cleansUp)) return;
    if (before && isIn(before, hook) && !isIn(before, cleansUp)) return;
    const at = placeOf(after, hook);
    if (!at) return;
    yield {
      class: 'fully-reversible',
      message:
        'This hook stays when the release is rolled back or uninstalled, and a job of the same name then blocks the next one.',
      instead: 'Add `helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded`.',
      at,
    };
  },
};
