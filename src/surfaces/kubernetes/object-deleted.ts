import type { Rule } from '../../model/surface.ts';
import { deletedIn } from '../manifest-changes.ts';
import { titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { isKept } from './kept.ts';

/** Told by rules of their own, with what goes with them. */
const toldElsewhere = new Set([
  'Namespace',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'CustomResourceDefinition',
  'StatefulSet',
  'Secret',
  'VolumeSnapshot',
  'Service',
  'Ingress',
  'HTTPRoute',
  'Gateway',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'NetworkPolicy',
]);
/** Groups that Kubernetes itself serves: what their objects hold is known. */
const isBuiltIn = ({ group }: Manifest): boolean => !group.includes('.') || group.endsWith('.k8s.io');

export const objectDeleted: Rule<ManifestFile> = {
  id: 'kubernetes/object-deleted',
  problem: 'An object leaves the files. Whether it leaves the cluster depends on pruning; a revert creates a new one.',
  instead: 'Delete by itself what others may need, and see that it is gone, or that it stayed on purpose.',
  source: 'https://kubernetes.io/docs/concepts/architecture/garbage-collection/',
  examples: {
    matches: [{ before: 'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\n' }],
    passes: [{ before: 'apiVersion: v1\nkind: Secret\nmetadata: {name: key}\n' }],
  },
  *find(change) {
    for (const gone of deletedIn(change)) {
      if (toldElsewhere.has(gone.kind) || isKept(gone) || gone.group.startsWith('kustomize.config')) continue;
      const isKnown = isBuiltIn(gone);
      yield {
        class: isKnown ? 'fully-reversible' : 'reversible-with-manual-repair',
        ...(isKnown && { classAfterWrites: 'reversible-with-compatibility-window' as const }),
        message: isKnown
          ? `${titleOf(gone)} is removed. Where pruning is on it is deleted; a revert creates it anew, without what the cluster had added to it.`
          : `${titleOf(gone)} is removed. What its controller deletes with it is not known here: databases, buckets and volumes are made from such objects.`,
        instead: isKnown
          ? 'Check who depends on it before it goes.'
          : 'Read what its controller does on deletion, and set its deletion policy to keep first.',
        inverse: 'apply the previous manifest',
        at: gone.at('metadata', 'name'),
      };
    }
  },
};
