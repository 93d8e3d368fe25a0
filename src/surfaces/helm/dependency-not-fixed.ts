import type { Rule } from '../../model/surface.ts';
import { dependenciesOf, isFixedDependency } from './chart-dependencies.ts';
import type { ChartFile } from './chart-file.ts';

export const dependencyNotFixed: Rule<ChartFile> = {
  id: 'helm/dependency-not-fixed',
  problem:
    'A range decides which version of a subchart is packaged. Without `Chart.lock`, building the old commit again gives another chart.',
  instead: 'Name one version, or commit `Chart.lock` and build with `helm dependency build`.',
  source: 'https://helm.sh/docs/helm/helm_dependency/',
  examples: {
    matches: [
      'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{name: redis, version: ^18.1.0, repository: "https://charts.example.com"}]\n',
    ],
    passes: [
      'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{name: redis, version: 18.1.0, repository: "https://charts.example.com"}]\n',
    ],
  },
  *find({ before, after }) {
    if (after?.role !== 'chart') return;
    const old = before?.role === 'chart' ? dependenciesOf(before) : [];
    for (const one of dependenciesOf(after)) {
      const then = old.find(({ key }) => key === one.key);
      if (then?.version === one.version) continue;
      if (then && !isFixedDependency(then))
        yield {
          class: 'reversible-with-manual-repair',
          message: `Subchart ${one.key} was at ${then.version === '' ? 'any version' : then.version}, which does not say what was packaged: without Chart.lock, a revert may bring another one.`,
          instead: 'Look in Chart.lock or in the published package for the version that ran, and name it.',
          probe: 'helm get metadata <release>; helm dependency list',
          at: after.at(...one.steps),
        };
      else if (!isFixedDependency(one))
        yield {
          message: `Subchart ${one.key} may be any of ${one.version === '' ? 'all versions' : one.version}: without Chart.lock, the same commit gives another chart tomorrow.`,
          instead: 'Name one version, or commit Chart.lock.',
          at: after.at(...one.steps),
        };
    }
  },
};
