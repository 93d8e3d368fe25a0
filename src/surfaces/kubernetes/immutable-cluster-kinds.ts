import type { ImmutableKind, Recreation } from './immutable-kind.ts';

const validation = (group: string): string =>
  `https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/${group}/validation/validation.go`;
const again = (loses: string, instead: string): Recreation => ({
  class: 'reversible-with-manual-repair',
  classAfterWrites: 'reversible-with-manual-repair',
  loses,
  instead,
});
const newClass = (loses: string): Recreation =>
  again(loses, 'Create a new class under another name and move its users one by one.');
const bindingAnew = again(
  'Between delete and create nobody has the access, and the deployer may lock itself out.',
  'Create a second binding with the new role first, then delete this one.',
);

/** The same, for what belongs to the cluster rather than to an application. */
export const immutableClusterKinds: readonly ImmutableKind[] = [
  {
    group: 'storage.k8s.io',
    kind: 'StorageClass',
    fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    defaults: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
    recreation: newClass('Volumes that exist keep what they were made with, whatever the class says.'),
    source: validation('storage'),
  },
  {
    group: 'storage.k8s.io',
    kind: 'CSIDriver',
    fields: ['spec.attachRequired', 'spec.volumeLifecycleModes'],
    defaults: { 'spec.attachRequired': true },
    recreation: again('While it is missing no volume can be attached.', 'Change it in a quiet hour, node by node.'),
    source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/csi-driver-v1/',
  },
  {
    group: 'storage.k8s.io',
    kind: 'VolumeAttachment',
    fields: ['spec.*'],
    recreation: again('The volume is detached from a running pod.', 'Leave it to the controller that owns it.'),
    source: validation('storage'),
  },
  {
    group: 'storage.k8s.io',
    kind: 'VolumeAttributesClass',
    fields: ['driverName', 'parameters'],
    recreation: newClass('Volumes keep their attributes, and the provider limits how often they may change.'),
    source: 'https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/',
  },
  ...['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({
    group: 'rbac.authorization.k8s.io',
    kind,
    fields: ['roleRef'],
    defaults: { 'roleRef.apiGroup': 'rbac.authorization.k8s.io' },
    recreation: { ...bindingAnew, inverse: 'kubectl auth reconcile -f <the previous manifest>' },
    source: validation('rbac'),
  })),
  {
    group: 'scheduling.k8s.io',
    kind: 'PriorityClass',
    fields: ['value', 'preemptionPolicy'],
    defaults: { preemptionPolicy: 'PreemptLowerPriority' },
    recreation: newClass('Pods that run keep the priority they started with.'),
    source: validation('scheduling'),
  },
  {
    group: 'node.k8s.io',
    kind: 'RuntimeClass',
    fields: ['handler'],
    recreation: newClass('Pods that run keep the runtime they started with.'),
    source: validation('node'),
  },
  {
    group: 'networking.k8s.io',
    kind: 'IngressClass',
    fields: ['spec.controller'],
    recreation: newClass('Traffic stops while no controller answers for the class.'),
    source: validation('networking'),
  },
  {
    group: 'networking.k8s.io',
    kind: 'ServiceCIDR',
    fields: ['spec.cidrs'],
    recreation: again('It is the network that services live in.', 'Add a second ServiceCIDR beside it.'),
    source: validation('networking'),
  },
  {
    group: 'discovery.k8s.io',
    kind: 'EndpointSlice',
    fields: ['addressType'],
    recreation: again('Traffic to its endpoints stops.', 'Create a new slice beside it.'),
    source: validation('discovery'),
  },
  {
    group: 'resource.k8s.io',
    kind: 'ResourceClaim',
    fields: ['spec'],
    recreation: again('The device that was allocated is given back.', 'Create a new claim beside it.'),
    source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/resource-claim-v1/',
  },
  {
    group: 'resource.k8s.io',
    kind: 'ResourceClaimTemplate',
    fields: ['spec'],
    recreation: again('Claims that exist stay as they are.', 'Create a new template under another name.'),
    source: validation('resource'),
  },
  {
    group: 'certificates.k8s.io',
    kind: 'CertificateSigningRequest',
    fields: ['spec'],
    isSilent: true,
    recreation: again('The request has to be approved again.', 'Create a new request under another name.'),
    source: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/certificates/certificates/strategy.go',
  },
  {
    group: 'gateway.networking.k8s.io',
    kind: 'GatewayClass',
    fields: ['spec.controllerName'],
    recreation: newClass('Traffic of its gateways stops while no controller answers for the class.'),
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/',
  },
  {
    group: 'karpenter.k8s.aws',
    kind: 'EC2NodeClass',
    fields: ['spec.role'],
    recreation: newClass('The nodes of the class are replaced.'),
    source: 'https://github.com/argoproj/gitops-engine/issues/578',
  },
];
