import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import { isFixed, versionMove } from '../version-move.ts';
import type { KustomizationFile } from './kustomization-file.ts';

export const chartMoved: Rule<KustomizationFile> = {
  id: 'kustomize/chart-moved',
  problem: 'A chart that Kustomize renders moves to another version, or to none in particular.',
  instead: 'Name one version, and compare what both render.',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_helmchartinflationgenerator_',
  examples: {
    matches: [
      { before: 'helmCharts: [{name: web, version: 1.0.0}]\n', after: 'helmCharts: [{name: web, version: 2.0.0}]\n' },
      'helmCharts: [{name: web}]\n',
    ],
    passes: ['helmCharts: [{name: web, version: 1.0.0}]\n'],
  },
  *find({ before, after }) {
    const old = asList(before?.field('helmCharts'));
    for (const [index, chart] of asList(after?.field('helmCharts')).entries()) {
      const name = asText(fieldAt(chart, ['name'])) ?? '?';
      const same = old.find((one) => asText(fieldAt(one, ['name'])) === name);
      const [then, now] = [same, chart].map((one) => asText(fieldAt(one, ['version'])));
      const at = after?.at('helmCharts', index, 'version');
      if (!at || (same !== undefined && then === now)) continue;
      if (then !== undefined && now !== undefined && isFixed(then) && isFixed(now))
        yield versionMove(`Chart ${name}`, then, now, at);
      else if (same !== undefined && !isFixed(then))
        yield {
          class: 'reversible-with-manual-repair',
          message: `Chart ${name} was at ${then ?? 'the newest version'}, which does not say what was rendered. A revert may bring another one.`,
          instead: 'Look up the version that ran, and name it.',
          at,
        };
      else if (!isFixed(now))
        yield {
          message: `Chart ${name} is rendered at ${now ?? 'the newest version'}: it changes without a commit.`,
          instead: 'Name one version.',
          at,
        };
    }
  },
};
