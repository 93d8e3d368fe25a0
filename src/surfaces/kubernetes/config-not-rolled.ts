import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { differsAt, updatesOf } from '../manifest-changes.ts';
import type { ManifestTree } from '../manifest-tree.ts';
import { titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { referencesOf } from './references.ts';

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'];
const config = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: ${value}}\n---\n`;
const deployment = (annotation: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    metadata: {annotations: {checksum: ${annotation}}}\n    spec: {containers: [{name: web, envFrom: [{configMapRef: {name: web}}]}]}\n`;

export const configNotRolled: Rule<ManifestFile> = {
  id: 'kubernetes/config-not-rolled',
  problem:
    'Configuration changes under a name that stays: pods that run keep what they have read, going forward and going back.',
  instead:
    'Put a hash of the content into the name, or into an annotation of the pod template, so that pods restart with it.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  examples: {
    matches: [{ before: config('x') + deployment('1'), after: config('y') + deployment('1') }],
    passes: [{ before: config('x') + deployment('1'), after: config('y') + deployment('2') }],
  },
  *find(change) {
    const { tree, pairs } = change.after ?? {};
    if (!tree || !pairs) return;
    for (const { before, after } of updatesOf(change, 'ConfigMap', 'Secret')) {
      if (!['data', 'stringData', 'binaryData'].some((field) => differsAt({ before, after }, field))) continue;
      const users = workloads
        .flatMap((kind) => tree.ofKind(kind, after.name))
        .filter((one) => one.namespace === after.namespace)
        .filter((one) => referencesOf(one).some(({ kind, name }) => kind === after.kind && name === after.name));
      const still = users.find((one) => !isRolled(one, change.after?.treeBefore));
      if (!still) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${titleOf(after)} changes under the same name, and ${titleOf(still)} does not restart with it: some pods will run with the old content, some with the new. A revert restarts nothing either.`,
        instead: `Restart it with the change: kubectl rollout restart ${still.kind.toLowerCase()}/${still.name}.`,
        inverse: `apply the previous content, then kubectl rollout restart ${still.kind.toLowerCase()}/${still.name}`,
        at: after.at(after.field('data') === undefined ? 'stringData' : 'data'),
      };
    }
  },
};

/** Whether its pods are replaced anyway: their template differs from what it was. */
function isRolled(workload: Manifest, then: ManifestTree | undefined): boolean {
  const was = then
    ?.ofKind(workload.kind, workload.name)
    .find((one) => one.name === workload.name && one.namespace === workload.namespace);
  return !isSame(was?.field('spec', 'template'), workload.field('spec', 'template'));
}
