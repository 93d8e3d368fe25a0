import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';

export const lockRemoved: Rule<ChartFile> = {
  id: 'helm/lock-removed',
  problem: '`Chart.lock` is taken away: nothing says any more which subcharts were packaged.',
  instead: 'Keep it committed, and build with `helm dependency build`.',
  source: 'https://helm.sh/docs/helm/helm_dependency_build/',
  examples: {
    matches: [{ before: 'dependencies: [{name: redis, version: 18.1.0}]\ndigest: sha256:0\n' }],
    passes: ['dependencies: [{name: redis, version: 18.1.0}]\ndigest: sha256:0\n'],
  },
  *find({ before, after }) {
    if (before?.role !== 'lock' || after) return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-manual-repair',
      message:
        'Chart.lock is removed: from now on each build may package other subcharts, and no revert says which they were.',
      instead: 'Keep it, or name exact versions in Chart.yaml.',
      closedBy: 'a chart is built without it',
      at: before.at(),
    };
  },
};
