import type { Rule, RuleFinding } from '../../model/surface.ts';
import type { Manifest } from '../manifest.ts';
import { asText } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';
import { chartNameOf } from './package-version.ts';

/** A namespace that is not written is added by whoever applies the file: it is not known, and not taken for a change. */
const places = {
  targetNamespace: (one: Manifest) => asText(one.field('spec', 'targetNamespace')) ?? one.namespace,
  storageNamespace: (one: Manifest) => asText(one.field('spec', 'storageNamespace')) ?? one.namespace,
  releaseName: (one: Manifest) => asText(one.field('spec', 'releaseName')) ?? defaultName(one),
} as const;

const defaultName = (one: Manifest): string =>
  [asText(one.field('spec', 'targetNamespace')), one.name].filter((word) => word !== undefined).join('-');

export const releaseRenamed: Rule<FluxFile> = {
  id: 'flux/release-renamed',
  problem:
    'The Helm release gets another name, namespace or chart. Flux uninstalls the old release first: its objects, and the volume claims that the chart made, are deleted.',
  instead: 'Make a second HelmRelease, move the data, then remove the first.',
  source: docs.release,
  examples: {
    matches: [
      { before: release('targetNamespace: shop'), after: release('targetNamespace: store') },
      { before: release('releaseName: web'), after: release('releaseName: shop-web') },
    ],
    passes: [{ before: release('timeout: 5m'), after: release('releaseName: web') }],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'HelmRelease')) {
      const [field] = Object.entries(places).find(([, of]) => differ(of(before), of(after))) ?? [];
      const [chart, newChart] = [chartNameOf(before), chartNameOf(after)];
      const strategy = asText(after.field('spec', 'chart', 'spec', 'chartNameChangeStrategy'));
      if (field) yield found(`${after.name}: ${field} changes`, after, ['spec', field]);
      else if (
        chart !== undefined &&
        newChart !== undefined &&
        fileName(chart) !== fileName(newChart) &&
        strategy !== 'InPlaceUpgrade'
      )
        yield found(`${after.name}: the chart ${chart} becomes ${newChart}`, after, ['spec', 'chart', 'spec', 'chart']);
    }
  },
};

const differ = (before: string, after: string): boolean => before !== '' && after !== '' && before !== after;

/** A chart in a repository's folder is named by that folder. */
const fileName = (chart: string): string => chart.replace(/\/$/, '').replace(/^.*\//, '');

const found = (what: string, after: Manifest, steps: readonly string[]): RuleFinding => ({
  class: 'reversible-with-manual-repair',
  message: `HelmRelease ${what}. Flux uninstalls the old release before it installs the new one; volume claims that the chart made go with it.`,
  instead: 'Keep the names, or add a second HelmRelease, move the data, and remove the first in a later change.',
  probe: `kubectl get pvc -A -l app.kubernetes.io/instance=${after.name}`,
  closedBy: 'Flux reconciles the release and uninstalls the old one',
  at: after.at(...steps),
});

function release(line: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: shop}
spec:
  ${line}
  chart: {spec: {chart: web, version: 1.2.3}}
`;
}
