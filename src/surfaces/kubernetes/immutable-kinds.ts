import type { ImmutableKind, Recreation } from './immutable-kind.ts';

const validation = (group: string): string =>
  `https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/${group}/validation/validation.go`;
const strategy = (resource: string): string =>
  `https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/${resource}/strategy.go`;
const repair = { class: 'reversible-with-manual-repair', classAfterWrites: 'reversible-with-manual-repair' } as const;

const orphaned = (kind: string, loses: string): Recreation => ({
  ...repair,
  loses,
  instead: `Delete the ${kind} with --cascade=orphan and apply it again: its pods go on running and are adopted.`,
  inverse: `kubectl delete ${kind.toLowerCase()} {name}{namespace} --cascade=orphan, then apply the previous manifest`,
});
const runTwice: Recreation = {
  class: 'reversible-with-manual-repair',
  classAfterWrites: 'compensatable',
  loses: 'Made anew, the job runs a second time, with all its effects.',
  instead: 'Give each revision a name of its own (a suffix, or generateName); make the job safe to run twice.',
  inverse: 'kubectl delete job {name}{namespace} --cascade=foreground, then apply the previous manifest',
};
const newName = (loses: string, instead = 'Create a new one under another name and move its users one by one.') => ({
  ...repair,
  loses,
  instead,
});
const copied: Recreation = {
  class: 'reversible-with-manual-repair',
  classAfterWrites: 'non-recoverable-without-restore',
  loses: 'Deleting the claim deletes the volume and its data wherever the reclaim policy is Delete.',
  instead: 'Never recreate the claim. Make a new one beside it, copy the data (or restore a snapshot), then switch.',
};
const newCrd: Recreation = {
  class: 'reversible-with-manual-repair',
  classAfterWrites: 'non-recoverable-without-restore',
  loses: 'Deleting the definition deletes every object of its kind.',
  instead: 'Define a new kind beside it, migrate the objects, and drop the old one last.',
};
const retained: Recreation = {
  class: 'reversible-with-manual-repair',
  classAfterWrites: 'reversible-with-manual-repair',
  loses: 'The volume has to be made anew; unless its reclaim policy is Retain, its data goes with it.',
  instead: 'Set persistentVolumeReclaimPolicy to Retain first, then delete and create the volume object.',
};
const podAnew = newName(
  'A new pod starts, and what the old one kept in emptyDir is gone.',
  'Let a Deployment own the pod.',
);

export const immutableKinds: readonly ImmutableKind[] = [
  {
    group: 'apps',
    kind: 'Deployment',
    fields: ['spec.selector'],
    recreation: orphaned('Deployment', 'The old ReplicaSets and their pods stay behind, owned by nobody.'),
    source: strategy('apps/deployment'),
  },
  {
    group: 'apps',
    kind: 'DaemonSet',
    fields: ['spec.selector'],
    recreation: orphaned('DaemonSet', 'Its pods stay behind, owned by nobody, until they are adopted or deleted.'),
    source: strategy('apps/daemonset'),
  },
  {
    group: 'apps',
    kind: 'ReplicaSet',
    fields: ['spec.selector'],
    recreation: orphaned('ReplicaSet', 'Its pods stay behind, owned by nobody.'),
    source: validation('apps'),
  },
  {
    group: 'apps',
    kind: 'StatefulSet',
    fields: ['spec.*'],
    except: [
      'replicas',
      'template',
      'updateStrategy',
      'persistentVolumeClaimRetentionPolicy',
      'minReadySeconds',
      'ordinals',
      'revisionHistoryLimit',
    ],
    defaults: { 'spec.podManagementPolicy': 'OrderedReady' },
    recreation: orphaned(
      'StatefulSet',
      'Its claims stay, unless persistentVolumeClaimRetentionPolicy.whenDeleted is Delete.',
    ),
    source: validation('apps'),
  },
  {
    group: 'apps',
    kind: 'ControllerRevision',
    fields: ['data'],
    recreation: newName('The revision is what an undo goes back to.', 'Let the controller write a new revision.'),
    source: validation('apps'),
  },
  {
    group: 'batch',
    kind: 'Job',
    fields: [
      'spec.selector',
      'spec.template',
      'spec.completions',
      'spec.completionMode',
      'spec.podFailurePolicy',
      'spec.backoffLimitPerIndex',
      'spec.managedBy',
      'spec.successPolicy',
    ],
    defaults: { 'spec.completionMode': 'NonIndexed', 'spec.managedBy': 'kubernetes.io/job-controller' },
    recreation: runTwice,
    source: validation('batch'),
  },
  {
    group: '',
    kind: 'Pod',
    fields: ['spec.*'],
    except: ['activeDeadlineSeconds', 'terminationGracePeriodSeconds', 'schedulingGates'],
    recreation: podAnew,
    source: validation('core'),
  },
  {
    group: '',
    kind: 'Service',
    fields: ['spec.clusterIP', 'spec.clusterIPs.0', 'spec.ipFamilies.0'],
    notWhen: { field: 'spec.type', is: 'ExternalName' },
    recreation: {
      ...repair,
      loses: 'Made anew, the service gets another virtual address, and perhaps another load balancer.',
      instead: 'Create a second service under another name and move its clients.',
      inverse: 'kubectl delete service {name}{namespace}, then apply the previous manifest: it gets a new address',
    },
    source: validation('core'),
  },
  {
    group: '',
    kind: 'Service',
    fields: ['spec.loadBalancerClass'],
    onlyWhen: { field: 'spec.type', is: 'LoadBalancer' },
    recreation: newName('The external address changes with the load balancer.'),
    source: validation('core'),
  },
  {
    group: '',
    kind: 'Service',
    fields: ['spec.healthCheckNodePort'],
    onlyWhen: { field: 'spec.externalTrafficPolicy', is: 'Local' },
    recreation: newName('External traffic is cut while the policy is toggled.', 'Leave the port to the server.'),
    source: validation('core'),
  },
  ...['ConfigMap', 'Secret'].map((kind) => ({
    group: '',
    kind,
    fields: ['data', 'binaryData', 'stringData', 'immutable'],
    defaults: { immutable: false },
    onlyWhen: { field: 'immutable', is: true },
    recreation: newName(
      'Made anew under the same name, its readers keep what they have read until they restart.',
      'Give each content a name of its own (a hash suffix), and keep the old object while the way back is open.',
    ),
    source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable',
  })),
  {
    group: '',
    kind: 'Secret',
    fields: ['type'],
    defaults: { type: 'Opaque' },
    recreation: newName('Pods that mount it keep the old one until they restart.'),
    source: validation('core'),
  },
  {
    group: '',
    kind: 'PersistentVolumeClaim',
    fields: ['spec.*'],
    except: ['resources', 'volumeAttributesClassName'],
    defaults: { 'spec.volumeMode': 'Filesystem' },
    recreation: copied,
    source: validation('core'),
  },
  {
    group: '',
    kind: 'PersistentVolume',
    fields: ['spec.*'],
    except: [
      'accessModes',
      'capacity',
      'claimRef',
      'mountOptions',
      'persistentVolumeReclaimPolicy',
      'storageClassName',
      'volumeAttributesClassName',
    ],
    defaults: { 'spec.volumeMode': 'Filesystem' },
    recreation: retained,
    source: validation('core'),
  },
  {
    group: '',
    kind: 'ResourceQuota',
    fields: ['spec.scopes'],
    recreation: newName('Between delete and create nothing is limited.'),
    source: validation('core'),
  },
  {
    group: '',
    kind: 'Node',
    fields: ['spec.podCIDR', 'spec.podCIDRs', 'spec.providerID'],
    recreation: newName('Volumes that live on the node stay there.', 'Replace the node.'),
    source: validation('core'),
  },
  {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    fields: ['spec.group', 'spec.scope', 'spec.names.kind', 'spec.names.plural'],
    recreation: newCrd,
    source:
      'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go',
  },
];
