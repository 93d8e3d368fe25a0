import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { storageChanged } from './values-change.ts';

export const storageInValues: Rule<ChartFile> = {
  id: 'helm/storage-in-values',
  problem:
    'Values that become a volume claim change. A claim never shrinks, keeps its class and its access modes, and loses its data when it goes.',
  instead: 'Make a second claim, copy the data, then switch.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
  examples: {
    matches: [
      { before: 'persistence: {size: 10Gi}\n', after: 'persistence: {size: 20Gi}\n' },
      { before: 'persistence: {enabled: true, size: 10Gi}\n', after: 'persistence: {enabled: false, size: 10Gi}\n' },
      { before: 'persistence: {data: {storageClass: a}}\n', after: 'persistence: {data: {storageClass: b}}\n' },
    ],
    passes: [
      {
        before: 'persistence: {tmp: {type: emptyDir, size: 1Gi}}\n',
        after: 'persistence: {tmp: {type: emptyDir, size: 2Gi}}\n',
      },
      { before: 'resources: {size: 1}\n', after: 'resources: {size: 2}\n' },
    ],
  },
  *find({ before, after }) {
    if (before?.role === 'values' && after?.role === 'values')
      yield* storageChanged({ before: before.value, after: after.value, at: after.at });
  },
};
