import type { Rule } from '../../model/surface.ts';
import { presentIn } from '../manifest-changes.ts';
import { asFields, asNumber, asText, titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const workloads = ['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout'];
const autoscaler =
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 9, scaleTargetRef: {kind: Deployment, name: web}}\n---\n';
const deployment = (spec: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {${spec}}\n`;

export const replicasOwnedTwice: Rule<ManifestFile> = {
  id: 'kubernetes/replicas-owned-twice',
  problem:
    'A file and an autoscaler both set the number of replicas: each time the file is applied, and so at each rollback, the load meets the number in the file.',
  instead: 'Leave replicas out of the manifest of what an autoscaler scales.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  examples: {
    matches: [autoscaler + deployment('replicas: 2')],
    passes: [autoscaler + deployment('paused: false')],
  },
  *find(change) {
    for (const { before, after } of presentIn(change, ...workloads)) {
      const replicas = asNumber(after.field('spec', 'replicas'));
      if (replicas === undefined || asNumber(before?.field('spec', 'replicas')) === replicas) continue;
      const owner = change.after?.tree.ofKind('HorizontalPodAutoscaler', after.name).find((one) => scales(one, after));
      if (!owner) continue;
      yield {
        class: 'fully-reversible',
        message: `${titleOf(after)} sets replicas: ${replicas}, and ${titleOf(owner)} sets them too. Applying this, or reverting it, throws the number back to the one in the file, under whatever load there is.`,
        instead: 'Take replicas out of the manifest.',
        probe: `kubectl get hpa ${owner.name}`,
        at: after.at('spec', 'replicas'),
      };
    }
  },
};

function scales(owner: Manifest, target: Manifest): boolean {
  const reference = asFields(owner.field('spec', 'scaleTargetRef'));
  const isNear = [owner.namespace, target.namespace].includes('') || owner.namespace === target.namespace;
  return isNear && asText(reference['kind']) === target.kind && asText(reference['name']) === target.name;
}
