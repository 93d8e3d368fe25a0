import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { updatesOf } from '../manifest-changes.ts';
import { volumesOf } from '../manifest-pods.ts';
import { asFields, asText, titleOf, type Fields } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

/** What a pod writes into, by the field that says so: `emptyDir`, a claim, a path on the node, a share. */
const stores = ['persistentVolumeClaim', 'emptyDir', 'hostPath', 'nfs', 'csi', 'iscsi', 'ephemeral'] as const;
type Store = (typeof stores)[number];
const storeOf = (volume: Fields): Store | undefined => stores.find((one) => volume[one] !== undefined);
const perishes: ReadonlySet<Store> = new Set(['emptyDir', 'ephemeral']);

const withVolume = (volume: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {volumes: [{name: data, ${volume}}]}}}\n`;

export const volumeMoves: Rule<ManifestFile> = {
  id: 'kubernetes/volume-moves',
  problem:
    'Pods write somewhere else from now on: what they wrote before stays behind, and a revert leaves the new data behind.',
  instead: 'Stop writing, copy the data, then switch; keep the old volume until the way back is closed.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  examples: {
    matches: [
      { before: withVolume('persistentVolumeClaim: {claimName: data}'), after: withVolume('emptyDir: {}') },
      { before: withVolume('hostPath: {path: /srv/a}'), after: withVolume('hostPath: {path: /srv/b}') },
    ],
    passes: [{ before: withVolume('emptyDir: {}'), after: withVolume('emptyDir: {sizeLimit: 1Gi}') }],
  },
  *find(change) {
    for (const { before, after } of updatesOf(change)) {
      const known = new Map(volumesOf(before).map(({ value }) => [asText(value['name']) ?? '', value]));
      for (const { value, path } of volumesOf(after)) {
        const name = asText(value['name']) ?? '';
        const old = known.get(name);
        const [was, is] = [old && storeOf(old), storeOf(value)];
        if (!old || !was || !is || (was === is && perishes.has(is))) continue;
        const [from, to] = [asFields(old[was]), asFields(value[is])].map((one) => ({ ...one, readOnly: false }));
        if (was === is && isSame(from, to)) continue;
        const isLost = perishes.has(is);
        yield {
          class: isLost ? 'reversible-with-manual-repair' : 'reversible-with-compatibility-window',
          classAfterWrites: 'reversible-with-manual-repair',
          message: isLost
            ? `${titleOf(after)}: volume ${name} becomes ${is}. What the pods write there is gone when a pod goes, and a revert finds the state of before.`
            : `${titleOf(after)}: volume ${name} moves from ${was} to ${is === was ? `another ${is}` : is}. Data stays where it is: the new place lacks the old, and after a revert the old place lacks the new.`,
          instead: 'Copy the data while nothing writes, and keep the old volume.',
          closedBy: 'the pods write to the new place',
          at: after.at(...path, is),
        };
      }
    }
  },
};
