import type { Rule } from '../../model/surface.ts';
import { storageRule } from '../storage-rule.ts';
import { storageChanged } from '../values-change.ts';
import type { ChartFile } from './chart-file.ts';

export const storageInValues: Rule<ChartFile> = {
  id: 'helm/storage-in-values',
  ...storageRule((values) => `${values.replace('}, ', '}\n')}\n`),
  *find({ before, after }) {
    if (before?.role === 'values' && after?.role === 'values')
      yield* storageChanged({ before: before.value, after: after.value, at: after.at });
  },
};
