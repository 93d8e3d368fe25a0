import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { isIn, placeOf } from './template-text.ts';

const keep = /helm\.sh\/resource-policy["']?\s*:\s*["']?keep/;

export const keepPolicyRemoved: Rule<ChartFile> = {
  id: 'helm/keep-policy-removed',
  problem:
    'Something was kept through uninstall and rollback, and no longer is: the next one deletes it, data included.',
  instead: 'Leave the annotation on everything that holds data.',
  source: 'https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource',
  examples: {
    matches: [
      {
        before: 'kind: PersistentVolumeClaim\nmetadata:\n  annotations:\n    "helm.sh/resource-policy": keep\n',
        after: 'kind: PersistentVolumeClaim\nmetadata: {}\n',
      },
    ],
    passes: [{ before: 'kind: PersistentVolumeClaim\n', after: 'kind: PersistentVolumeClaim\nmetadata: {}\n' }],
  },
  *find({ before, after }) {
    if (before?.role !== 'template' || after?.role !== 'template' || !isIn(before, keep) || isIn(after, keep)) return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'non-recoverable-without-restore',
      message:
        'It is no longer kept: an uninstall, or a rollback to a revision without it, now deletes it with what it holds.',
      instead: 'Leave `helm.sh/resource-policy: keep` on what holds data.',
      inverse: 'helm.sh/resource-policy: keep',
      closedBy: 'the next uninstall or rollback',
      at: placeOf(after, /^kind:/m) ?? { path: after.path, line: 1, column: 1 },
    };
  },
};
