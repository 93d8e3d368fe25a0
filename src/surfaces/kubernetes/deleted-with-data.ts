import type { Rule, RuleFinding } from '../../model/surface.ts';
import { deletedIn } from '../manifest-changes.ts';
import { asText, titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { isKept } from './kept.ts';

type Verdict = Pick<RuleFinding, 'class' | 'classAfterWrites' | 'message' | 'instead'>;

/** What goes with an object of a kind that holds more than its manifest says. */
const verdicts: Readonly<Record<string, (of: Manifest) => Verdict>> = {
  Namespace: (of) => ({
    class: 'non-recoverable-without-restore',
    message: `${titleOf(of)} is deleted, and everything in it: claims with their volumes, secrets, and objects that no file holds. Creating it again brings back an empty one.`,
    instead: 'Empty it first, kind by kind, and back up its claims. Delete the namespace in a change of its own.',
  }),
  PersistentVolumeClaim: (of) => ({
    class: 'non-recoverable-without-restore',
    message: `${titleOf(of)} is deleted. Where the reclaim policy is Delete, the default, its volume and the data go with it; a new claim of that name is empty.`,
    instead: 'Set the volume to Retain and take a snapshot first. Delete the claim in a change of its own.',
  }),
  PersistentVolume: (of) => ({
    class: 'reversible-with-manual-repair',
    ...(asText(of.field('spec', 'persistentVolumeReclaimPolicy')) === 'Delete' && {
      class: 'non-recoverable-without-restore' as const,
    }),
    message: `${titleOf(of)} is deleted. The claim that uses it is lost, and created again it is a new volume that must be bound by hand.`,
    instead: 'Check that the reclaim policy is Retain, and that no claim is bound to it.',
  }),
  CustomResourceDefinition: (of) => ({
    class: 'non-recoverable-without-restore',
    message: `${titleOf(of)} is deleted, and with it every object of its kind in every namespace. Creating it again brings none of them back.`,
    instead: 'Export the objects first (kubectl get --all-namespaces -o yaml), and check that there are none left.',
  }),
  StatefulSet: (of) =>
    asText(of.field('spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted')) === 'Delete'
      ? {
          class: 'non-recoverable-without-restore',
          message: `${titleOf(of)} is deleted, and its claims with it: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete.`,
          instead: 'Set whenDeleted to Retain and let that be applied, then delete it.',
        }
      : {
          class: 'reversible-with-compatibility-window',
          message: `${titleOf(of)} is deleted. Its claims stay: created again under the same name it finds its data, as long as nobody clears them away.`,
          instead: 'Keep the claims until the way back is closed on purpose.',
        },
  Secret: (of) => ({
    class: 'reversible-with-manual-repair',
    message: `${titleOf(of)} is deleted. What the cluster held may differ from this file (rotated, or filled in by a controller), and a revert brings back only what the file says.`,
    instead: 'Save the value that is live where secrets are kept, before it goes.',
  }),
  VolumeSnapshot: (of) => ({
    class: 'non-recoverable-without-restore',
    message: `${titleOf(of)} is deleted. It was a way back itself: where the deletion policy is Delete, the stored copy goes too.`,
    instead: 'Keep it until there is a newer copy that has been restored once.',
  }),
};

const closedBy: Readonly<Record<string, string>> = {
  StatefulSet: 'its claims are deleted',
  Secret: 'whatever used the live value is rotated',
};

export const deletedWithData: Rule<ManifestFile> = {
  id: 'kubernetes/deleted-with-data',
  problem: 'An object is deleted that takes data, other objects or live values with it.',
  instead: 'Keep it out of reach first, prove that nobody misses it, save what it holds, and delete it by itself.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
  examples: {
    matches: [
      {
        before:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce]}\n',
      },
      { before: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n' },
    ],
    passes: [
      { before: 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n' },
      {
        before:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, annotations: {helm.sh/resource-policy: keep}}\nspec: {accessModes: [ReadWriteOnce]}\n',
      },
    ],
  },
  *find(change) {
    for (const gone of deletedIn(change)) {
      const verdict = verdicts[gone.kind]?.(gone);
      if (!verdict || isKept(gone)) continue;
      yield {
        ...verdict,
        ...(closedBy[gone.kind] !== undefined && { closedBy: closedBy[gone.kind] ?? '' }),
        probe: `kubectl get ${gone.kind.toLowerCase()} ${gone.name}${gone.namespace === '' ? '' : ` -n ${gone.namespace}`}`,
        at: gone.at('metadata', 'name'),
      };
    }
  },
};
