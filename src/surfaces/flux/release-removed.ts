import type { Rule } from '../../model/surface.ts';
import { titleOf } from '../manifest.ts';
import { docs, type FluxFile, removedOf } from './flux-object.ts';

export const releaseRemoved: Rule<FluxFile> = {
  id: 'flux/release-removed',
  problem:
    'A HelmRelease is taken away. Flux uninstalls its release: a revert installs it anew, without the data in volume claims that the chart made.',
  instead: 'Back up the volumes, or keep them with `helm.sh/resource-policy: keep`, before the release goes.',
  source: docs.release,
  examples: {
    matches: [
      {
        before:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: gitea}\nspec: {chart: {spec: {chart: gitea}}}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: gitea}\nspec: {chart: {spec: {chart: gitea}}}\n',
        after:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: gitea}\nspec: {suspend: true, chart: {spec: {chart: gitea}}}\n',
      },
      // A patch for an overlay names no chart: without it the release is still there.
      {
        before:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: gitea}\nspec: {values: {a: 1}}\n',
      },
    ],
  },
  *find(change) {
    for (const release of removedOf(change, 'HelmRelease')) {
      if (release.field('spec', 'chart') === undefined && release.field('spec', 'chartRef') === undefined) continue;
      const isKept = release.field('spec', 'suspend') === true;
      yield {
        class: 'reversible-with-manual-repair',
        message: isKept
          ? `${titleOf(release)} is removed while suspended: Flux leaves its release in the cluster, owned by nobody. A revert takes it over again.`
          : `${titleOf(release)} is removed: its release is uninstalled. A revert installs it anew, without the volume claims that the chart made.`,
        instead:
          'Back up its volumes first, or mark them to be kept; afterwards, restore them before the revert is synced.',
        probe: `kubectl get pvc -A -l app.kubernetes.io/instance=${release.name}`,
        closedBy: 'Flux uninstalls the release',
        at: release.at('metadata', 'name'),
      };
    }
  },
};
