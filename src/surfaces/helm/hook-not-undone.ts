import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { isIn, isSameText, placeOf } from './template-text.ts';

const hook = /helm\.sh\/hook["']?\s*:\s*["']?[\w\s,-]*\b(?:pre|post)-(?:upgrade|install)/;
const back = /helm\.sh\/hook["']?\s*:\s*["']?[\w\s,-]*\b(?:pre|post)-rollback/;

export const hookNotUndone: Rule<ChartFile> = {
  id: 'helm/hook-not-undone',
  problem:
    'A hook does work at each install or upgrade. A rollback does not undo that work; and a revert that GitOps deploys as an upgrade runs the older hook again.',
  instead: 'Make the hook safe to run twice and with the older version, or give it a `pre-rollback` counterpart.',
  source: 'https://helm.sh/docs/topics/charts_hooks/',
  examples: {
    matches: ['kind: Job\nmetadata:\n  annotations:\n    "helm.sh/hook": pre-upgrade\n'],
    passes: [
      'kind: Pod\nmetadata:\n  annotations:\n    "helm.sh/hook": test\n',
      'kind: Job\nmetadata:\n  annotations:\n    "helm.sh/hook": pre-upgrade,pre-rollback\n',
    ],
  },
  *find({ before, after }) {
    if (after?.role !== 'template' || !isIn(after, hook) || isIn(after, back)) return;
    const at = placeOf(after, hook);
    const isNew = !isIn(before, hook);
    if (!at || (before && isSameText(before, after))) return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-manual-repair',
      message: `${isNew ? 'A new hook does' : 'A changed hook does'} its work at each upgrade: a rollback does not undo it, and a revert by GitOps runs the older hook as well.`,
      instead: 'Write it so that it may run twice, and so that the older one may run after it.',
      closedBy: 'the hook has run',
      probe: 'helm get hooks <release>',
      at,
    };
  },
};
