import type { Rule } from '../../model/surface.ts';
import { updatesOf } from '../manifest-changes.ts';
import { asNumber, asText, titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const sts = (spec: string): string => `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {${spec}}\n`;
const retention = ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled'] as const;

export const scaledDown: Rule<ManifestFile> = {
  id: 'kubernetes/scaled-down',
  problem: 'A workload is scaled to nothing, or a StatefulSet loses replicas whose claims go with them.',
  instead: 'Scale down by itself, and set whenScaled to Retain before a StatefulSet shrinks.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  examples: {
    matches: [{ before: sts('replicas: 3'), after: sts('replicas: 0') }],
    passes: [{ before: sts('replicas: 3'), after: sts('replicas: 2') }],
  },
  *find(change) {
    for (const { before, after } of updatesOf(change, 'Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout')) {
      const [was, is] = [
        asNumber(before.field('spec', 'replicas')) ?? 1,
        asNumber(after.field('spec', 'replicas')) ?? 1,
      ];
      if (is >= was) continue;
      const at = after.at('spec', 'replicas');
      const inverse = `kubectl scale ${after.kind.toLowerCase()} ${after.name} --replicas=${was}`;
      if (after.kind === 'StatefulSet' && asText(after.field(...retention)) === 'Delete') {
        yield {
          class: 'non-recoverable-without-restore',
          message: `${titleOf(after)} shrinks from ${was} to ${is} replicas, and the claims of those that go are deleted: whenScaled is Delete. Scaled up again they begin empty.`,
          instead: 'Set persistentVolumeClaimRetentionPolicy.whenScaled to Retain first.',
          at,
        };
      } else if (is === 0) {
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'reversible-with-compatibility-window',
          message: `${titleOf(after)} stops: replicas ${was} → 0. What it would have done meanwhile is not done, and nothing brings the old number back by itself.`,
          instead: 'Say in the change who starts it again, and when.',
          inverse,
          at,
        };
      }
    }
  },
};
