import type { Rule } from '../../model/surface.ts';
import { presentIn } from '../manifest-changes.ts';
import { asText, titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

/** Where each kind says what becomes of data when its owner goes, and what its silence means. */
const policies: readonly { kind: string; path: readonly string[]; silence: string; takes: string }[] = [
  {
    kind: 'PersistentVolume',
    path: ['spec', 'persistentVolumeReclaimPolicy'],
    silence: 'Retain',
    takes: 'the volume goes with its claim',
  },
  {
    kind: 'StorageClass',
    path: ['reclaimPolicy'],
    silence: 'Delete',
    takes: 'volumes made from now on go with their claims',
  },
  {
    kind: 'VolumeSnapshotClass',
    path: ['deletionPolicy'],
    silence: 'Retain',
    takes: 'the stored copy goes with its snapshot',
  },
  {
    kind: 'VolumeSnapshotContent',
    path: ['spec', 'deletionPolicy'],
    silence: 'Retain',
    takes: 'the stored copy goes with its snapshot',
  },
  {
    kind: 'StatefulSet',
    path: ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'],
    silence: 'Retain',
    takes: 'its claims go when it is deleted',
  },
  {
    kind: 'StatefulSet',
    path: ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled'],
    silence: 'Retain',
    takes: 'the claims of a replica go when it is scaled away',
  },
];

export const reclaimDeletes: Rule<ManifestFile> = {
  id: 'kubernetes/reclaim-deletes',
  problem: 'The policy for data whose owner goes away becomes Delete: a later deletion cannot be undone.',
  instead: 'Keep Retain, and clear volumes away by hand once they are backed up.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaim-policy',
  examples: {
    matches: [
      {
        before:
          'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: data}\nspec: {persistentVolumeReclaimPolicy: Retain}\n',
        after:
          'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: data}\nspec: {persistentVolumeReclaimPolicy: Delete}\n',
      },
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: ebs.csi.aws.com\n',
    ],
    passes: [
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: ebs.csi.aws.com\nreclaimPolicy: Retain\n',
    ],
  },
  *find(change) {
    for (const { before, after } of presentIn(change)) {
      for (const { path, silence, takes } of policies.filter(({ kind }) => kind === after.kind)) {
        const is = asText(after.field(...path)) ?? silence;
        const was = before && (asText(before.field(...path)) ?? silence);
        if (is !== 'Delete' || was === 'Delete') continue;
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'reversible-with-compatibility-window',
          message: `${titleOf(after)}: ${path.at(-1)} is Delete, so ${takes}, and nothing brings that back but a backup.`,
          instead: 'Set it to Retain.',
          inverse: `${path.join('.')}: Retain`,
          closedBy: 'a claim, snapshot or owner is deleted',
          at: after.at(...path),
        };
      }
    }
  },
};
