import type { Rule } from '../../model/surface.ts';
import { namesChanged } from '../values-change.ts';
import type { ChartFile } from './chart-file.ts';

export const namesInValues: Rule<ChartFile> = {
  id: 'helm/names-in-values',
  problem:
    '`nameOverride` or `fullnameOverride` changes: every object of the chart is deleted and made anew under another name, and new volume claims start empty.',
  instead: 'Keep the names of what runs.',
  source: 'https://helm.sh/docs/chart_best_practices/labels/',
  examples: {
    matches: [{ before: 'fullnameOverride: shop\n', after: 'fullnameOverride: store\n' }],
    passes: [{ before: 'fullnameOverride: ""\n', after: 'port: 80\n' }],
  },
  *find({ before, after }) {
    if (before?.role === 'values' && after?.role === 'values')
      yield* namesChanged({ before: before.value, after: after.value, at: after.at });
  },
};
