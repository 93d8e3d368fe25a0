/** Since which release of Kubernetes an API version is gone, and what took its place. */
interface Removal {
  readonly removedIn: `1.${number}`;
  readonly use: string;
}
const gone = (
  removedIn: Removal['removedIn'],
  use: string,
  ...kinds: readonly string[]
): Readonly<Record<string, Removal>> => Object.fromEntries(kinds.map((kind) => [kind, { removedIn, use }]));

/** By the deprecated API migration guide: `apiVersion/Kind`. `*` is every kind of that version. */
const removedVersions: Readonly<Record<string, Removal>> = {
  ...gone(
    '1.16',
    'apps/v1',
    'extensions/v1beta1/Deployment',
    'extensions/v1beta1/DaemonSet',
    'extensions/v1beta1/ReplicaSet',
    'apps/v1beta1/*',
    'apps/v1beta2/*',
  ),
  ...gone('1.16', 'networking.k8s.io/v1', 'extensions/v1beta1/NetworkPolicy'),
  ...gone('1.16', 'Pod Security admission', 'extensions/v1beta1/PodSecurityPolicy'),
  ...gone(
    '1.22',
    'admissionregistration.k8s.io/v1',
    'admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration',
  ),
  ...gone('1.22', 'apiextensions.k8s.io/v1', 'apiextensions.k8s.io/v1beta1/*'),
  ...gone('1.22', 'apiregistration.k8s.io/v1', 'apiregistration.k8s.io/v1beta1/*'),
  ...gone('1.22', 'authentication.k8s.io/v1', 'authentication.k8s.io/v1beta1/TokenReview'),
  ...gone('1.22', 'authorization.k8s.io/v1', 'authorization.k8s.io/v1beta1/*'),
  ...gone('1.22', 'certificates.k8s.io/v1', 'certificates.k8s.io/v1beta1/CertificateSigningRequest'),
  ...gone('1.22', 'coordination.k8s.io/v1', 'coordination.k8s.io/v1beta1/Lease'),
  ...gone(
    '1.22',
    'networking.k8s.io/v1',
    'extensions/v1beta1/Ingress',
    'networking.k8s.io/v1beta1/Ingress',
    'networking.k8s.io/v1beta1/IngressClass',
  ),
  ...gone(
    '1.22',
    'rbac.authorization.k8s.io/v1',
    'rbac.authorization.k8s.io/v1beta1/*',
    'rbac.authorization.k8s.io/v1alpha1/*',
  ),
  ...gone('1.22', 'scheduling.k8s.io/v1', 'scheduling.k8s.io/v1beta1/PriorityClass'),
  ...gone(
    '1.22',
    'storage.k8s.io/v1',
    'storage.k8s.io/v1beta1/CSIDriver',
    'storage.k8s.io/v1beta1/CSINode',
    'storage.k8s.io/v1beta1/StorageClass',
    'storage.k8s.io/v1beta1/VolumeAttachment',
  ),
  ...gone('1.25', 'batch/v1', 'batch/v1beta1/CronJob'),
  ...gone('1.25', 'discovery.k8s.io/v1', 'discovery.k8s.io/v1beta1/EndpointSlice'),
  ...gone('1.25', 'events.k8s.io/v1', 'events.k8s.io/v1beta1/Event'),
  ...gone('1.25', 'autoscaling/v2', 'autoscaling/v2beta1/HorizontalPodAutoscaler'),
  ...gone('1.25', 'policy/v1', 'policy/v1beta1/PodDisruptionBudget'),
  ...gone('1.25', 'Pod Security admission', 'policy/v1beta1/PodSecurityPolicy'),
  ...gone('1.25', 'node.k8s.io/v1', 'node.k8s.io/v1beta1/RuntimeClass'),
  ...gone('1.26', 'flowcontrol.apiserver.k8s.io/v1', 'flowcontrol.apiserver.k8s.io/v1beta1/*'),
  ...gone('1.26', 'autoscaling/v2', 'autoscaling/v2beta2/HorizontalPodAutoscaler'),
  ...gone('1.27', 'storage.k8s.io/v1', 'storage.k8s.io/v1beta1/CSIStorageCapacity'),
  ...gone('1.29', 'flowcontrol.apiserver.k8s.io/v1', 'flowcontrol.apiserver.k8s.io/v1beta2/*'),
  ...gone('1.32', 'flowcontrol.apiserver.k8s.io/v1', 'flowcontrol.apiserver.k8s.io/v1beta3/*'),
};

/** The versions that each built-in group has ever had. */
export const knownVersions: Readonly<Record<string, readonly string[]>> = {
  '': ['v1'],
  'admissionregistration.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  'apiextensions.k8s.io': ['v1', 'v1beta1'],
  'apiregistration.k8s.io': ['v1', 'v1beta1'],
  apps: ['v1', 'v1beta1', 'v1beta2'],
  'authentication.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  'authorization.k8s.io': ['v1', 'v1beta1'],
  autoscaling: ['v1', 'v2', 'v2beta1', 'v2beta2'],
  batch: ['v1', 'v1beta1', 'v2alpha1'],
  'certificates.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  'coordination.k8s.io': ['v1', 'v1beta1', 'v1alpha1', 'v1alpha2'],
  'discovery.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  'events.k8s.io': ['v1', 'v1beta1'],
  extensions: ['v1beta1'],
  'flowcontrol.apiserver.k8s.io': ['v1', 'v1beta1', 'v1beta2', 'v1beta3', 'v1alpha1'],
  'networking.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  'node.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  policy: ['v1', 'v1beta1'],
  'rbac.authorization.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  'resource.k8s.io': ['v1', 'v1beta1', 'v1beta2', 'v1alpha1', 'v1alpha2', 'v1alpha3'],
  'scheduling.k8s.io': ['v1', 'v1beta1', 'v1alpha1', 'v1alpha2'],
  'storage.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
};

export const removalOf = (apiVersion: string, kind: string): Removal | undefined =>
  removedVersions[`${apiVersion}/${kind}`] ?? removedVersions[`${apiVersion}/*`];
