import type { Rule } from '../../model/surface.ts';
import { deletedIn } from '../manifest-changes.ts';
import type { ManifestTree } from '../manifest-tree.ts';
import { titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { isProvided } from './providers.ts';
import { referencesOf, type Reference } from './references.ts';

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod', 'Rollout'];
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n---\n';
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, envFrom: [{configMapRef: {name: web}}]}]}\n';

export const referenceLost: Rule<ManifestFile> = {
  id: 'kubernetes/reference-lost',
  problem: 'An object is deleted that pods which stay cannot start without. They run on, and fail at the next restart.',
  instead: 'Take the reference away first, wait until every pod has restarted, then delete the object.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  examples: {
    matches: [{ before: config + pod, after: pod }],
    passes: [{ before: config + pod }],
  },
  *find(change) {
    const tree = (change.after ?? change.before)?.tree;
    if (!tree) return;
    for (const gone of deletedIn(change, 'ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount')) {
      const user = userOf(gone, tree);
      if (!user) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `${titleOf(gone)} is deleted while ${titleOf(user)} still needs it. Its pods run on and fail when they next start, perhaps long after the change.`,
        instead: `Take the reference out of ${titleOf(user)} first, and delete this once every pod has restarted.`,
        inverse: `apply the previous manifest of ${titleOf(gone)}`,
        closedBy: 'a pod restarts',
        at: gone.at('metadata', 'name'),
      };
    }
  },
};

function userOf(gone: Manifest, tree: ManifestTree): Manifest | undefined {
  const isOfGone = ({ kind, name }: Reference): boolean => kind === gone.kind && name === gone.name;
  return workloads
    .flatMap((kind) => tree.ofKind(kind, gone.name))
    .filter((one) => one.namespace === gone.namespace)
    .find((one) => referencesOf(one).some((reference) => isOfGone(reference) && !isProvided(reference, one, tree)));
}
