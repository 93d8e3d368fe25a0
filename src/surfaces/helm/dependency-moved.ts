import type { Rule } from '../../model/surface.ts';
import { versionMove } from '../version-move.ts';
import { dependenciesOf, isFixedDependency } from './chart-dependencies.ts';
import type { ChartFile } from './chart-file.ts';

export const dependencyMoved: Rule<ChartFile> = {
  id: 'helm/dependency-moved',
  problem:
    'A subchart moves from one version to another. A revert brings the package back, not the CRDs and data that the newer one has changed.',
  instead: 'Render both versions before the merge.',
  source: 'https://helm.sh/docs/topics/charts/#chart-dependencies',
  examples: {
    matches: [
      {
        before: 'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{name: redis, version: 18.1.0}]\n',
        after: 'apiVersion: v2\nname: shop\nversion: 1.0.1\ndependencies: [{name: redis, version: 19.0.0}]\n',
      },
    ],
    passes: [
      {
        before: 'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{name: redis, version: 18.1.0}]\n',
        after: 'apiVersion: v2\nname: shop\nversion: 1.0.1\ndependencies: [{name: redis, version: 18.1.0}]\n',
      },
    ],
  },
  *find({ before, after }) {
    if (before?.role !== 'chart' || after?.role !== 'chart') return;
    const old = dependenciesOf(before);
    for (const one of dependenciesOf(after)) {
      const then = old.find(({ key }) => key === one.key);
      if (then && then.version !== one.version && isFixedDependency(then) && isFixedDependency(one))
        yield versionMove(`Subchart ${one.key}`, then.version, one.version, after.at(...one.steps));
    }
  },
};
