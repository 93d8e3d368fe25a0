import type { Rule } from '../../model/surface.ts';
import { presentIn } from '../manifest-changes.ts';
import { titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { removalOf } from './api-versions.ts';

export const removedApi: Rule<ManifestFile> = {
  id: 'kubernetes/removed-api',
  problem:
    'An API version that newer clusters do not serve: what is written in it cannot be applied there, nor reverted to.',
  instead: 'Move to the version that took its place in a change of its own, before the cluster is upgraded.',
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  examples: {
    matches: [
      {
        before:
          'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {minAvailable: 1}\n',
        after: 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {minAvailable: 1}\n',
      },
      'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: nightly}\n',
    ],
    passes: ['apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\n'],
  },
  *find(change) {
    for (const { before, after } of presentIn(change)) {
      const now = removalOf(after.apiVersion, after.kind);
      const then = before && removalOf(before.apiVersion, before.kind);
      if (!now && !then) continue;
      const at = after.at('apiVersion');
      const title = titleOf(after);
      if (now) {
        yield {
          class: 'reversible-with-compatibility-window',
          classAfterWrites: 'reversible-with-manual-repair',
          message: `${title} is written in ${after.apiVersion}, which clusters from ${now.removedIn} on do not serve: there it can be neither applied nor reverted to.`,
          instead: `Write it in ${now.use}.`,
          closedBy: `the cluster is upgraded to ${now.removedIn}`,
          probe: 'kubectl version',
          at,
        };
      } else if (then && before) {
        yield {
          class: 'reversible-with-compatibility-window',
          message: `${title} leaves ${before.apiVersion}, which clusters from ${then.removedIn} on do not serve: after that upgrade the old file cannot be applied, and a Helm rollback to it fails.`,
          instead: `To go back, write the old content in ${after.apiVersion}.`,
          inverse: `apply the previous content as ${after.apiVersion}`,
          closedBy: `the cluster is upgraded to ${then.removedIn}`,
          probe: 'kubectl version',
          at,
        };
      }
    }
  },
};
