/** A program that keeps a cluster as its objects say, and what it is known by. */
export interface KnownController {
  readonly title: string;
  /** Endings of image names, names of charts, and repositories that releases are downloaded from. */
  readonly images: readonly string[];
  readonly charts: readonly string[];
  readonly repositories: readonly string[];
  /** The API groups of the kinds that it defines. */
  readonly groups: readonly string[];
  /** What to ask before the older one takes over again, besides its CRDs. */
  readonly ask: string;
  readonly source: string;
}

const controller = (
  title: string,
  known: Partial<Pick<KnownController, 'images' | 'charts' | 'repositories' | 'groups'>>,
  ask: string,
  source: string,
): KnownController => ({ title, images: [], charts: [], repositories: [], groups: [], ...known, ask, source });

export const knownControllers: readonly KnownController[] = [
  controller(
    'Argo CD',
    { images: ['argoproj/argocd'], charts: ['argo-cd'], repositories: ['argoproj/argo-cd'], groups: ['argoproj.io'] },
    'It also applies its own rollback: pause auto-sync of its own application first.',
    'https://argo-cd.readthedocs.io/en/stable/operator-manual/upgrading/overview/',
  ),
  controller(
    'Argo Rollouts',
    {
      images: ['argoproj/argo-rollouts'],
      charts: ['argo-rollouts'],
      repositories: ['argoproj/argo-rollouts'],
      groups: ['argoproj.io'],
    },
    'A rollout that is under way is read by the older one: let it finish first.',
    'https://argo-rollouts.readthedocs.io/en/stable/installation/',
  ),
  controller(
    'Flux',
    {
      images: [
        'fluxcd/source-controller',
        'fluxcd/kustomize-controller',
        'fluxcd/helm-controller',
        'fluxcd/notification-controller',
        'fluxcd/image-automation-controller',
        'fluxcd/image-reflector-controller',
        'fluxcd/flux-operator',
        'controlplaneio-fluxcd/flux-operator',
      ],
      charts: ['flux2', 'flux-operator', 'flux-instance'],
      repositories: ['fluxcd/flux2'],
      groups: ['toolkit.fluxcd.io'],
    },
    'It also applies its own rollback: suspend its own Kustomization first.',
    'https://fluxcd.io/flux/installation/upgrade/',
  ),
  controller(
    'External Secrets',
    {
      images: ['external-secrets/external-secrets'],
      charts: ['external-secrets'],
      repositories: ['external-secrets/external-secrets'],
      groups: ['external-secrets.io'],
    },
    'Secrets it owns may be deleted with their ExternalSecret: check deletionPolicy.',
    'https://external-secrets.io/latest/introduction/stability-support/',
  ),
  controller(
    'Sealed Secrets',
    {
      images: ['sealed-secrets-controller'],
      charts: ['sealed-secrets'],
      repositories: ['bitnami-labs/sealed-secrets'],
      groups: ['bitnami.com'],
    },
    'Save its sealing keys: without them nothing that is sealed can be read.',
    'https://github.com/bitnami-labs/sealed-secrets#upgrade',
  ),
  controller(
    'cert-manager',
    {
      images: ['cert-manager-controller', 'cert-manager-webhook', 'cert-manager-cainjector'],
      charts: ['cert-manager'],
      repositories: ['cert-manager/cert-manager', 'jetstack/cert-manager'],
      groups: ['cert-manager.io'],
    },
    'Its webhook must answer before anything of its kinds can be written.',
    'https://cert-manager.io/docs/releases/upgrading/',
  ),
  controller(
    'ingress-nginx',
    { images: ['ingress-nginx/controller'], charts: ['ingress-nginx'], repositories: ['kubernetes/ingress-nginx'] },
    'Its admission webhook refuses every Ingress while it does not answer.',
    'https://kubernetes.github.io/ingress-nginx/deploy/upgrade/',
  ),
  controller(
    'Traefik',
    {
      images: ['library/traefik', 'traefik'],
      charts: ['traefik'],
      repositories: ['traefik/traefik'],
      groups: ['traefik.io', 'traefik.containo.us'],
    },
    'Its kinds changed their group between versions 2 and 3.',
    'https://doc.traefik.io/traefik/migrate/v2-to-v3/',
  ),
  controller(
    'Istio',
    { images: ['istio/pilot', 'istio/proxyv2'], charts: ['istiod', 'istio'], groups: ['istio.io'] },
    'Sidecars keep the version they were injected with until their pods restart.',
    'https://istio.io/latest/docs/setup/upgrade/canary/',
  ),
  controller(
    'Kyverno',
    {
      images: ['kyverno/kyverno', 'kyverno/background-controller'],
      charts: ['kyverno'],
      repositories: ['kyverno/kyverno'],
      groups: ['kyverno.io', 'wgpolicyk8s.io'],
    },
    'Its webhooks refuse every write while it does not answer, its own rollback included.',
    'https://kyverno.io/docs/installation/upgrading/',
  ),
  controller(
    'Gatekeeper',
    {
      images: ['openpolicyagent/gatekeeper'],
      charts: ['gatekeeper'],
      repositories: ['open-policy-agent/gatekeeper'],
      groups: ['gatekeeper.sh'],
    },
    'Nothing is checked while it is away, or everything is refused: see its failurePolicy.',
    'https://open-policy-agent.github.io/gatekeeper/website/docs/upgrade/',
  ),
  controller(
    'Crossplane',
    { images: ['crossplane/crossplane'], charts: ['crossplane'], groups: ['crossplane.io', 'upbound.io'] },
    'It owns cloud resources: pause what it manages, so that the older one does not remake it.',
    'https://docs.crossplane.io/latest/guides/upgrade-crossplane/',
  ),
  controller(
    'a CSI driver',
    {
      images: [
        'aws-ebs-csi-driver',
        'aws-efs-csi-driver',
        'cinder-csi-plugin',
        'azuredisk-csi',
        'gcp-compute-persistent-disk-csi-driver',
        'cephcsi',
        'csi-driver-nfs',
        'nfsplugin',
      ],
      charts: ['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'csi-driver-nfs', 'democratic-csi', 'ceph-csi-rbd'],
      groups: ['snapshot.storage.k8s.io'],
    },
    'Volumes that are attached stay attached; new ones wait. Try attach and detach on one node first.',
    'https://kubernetes-csi.github.io/docs/',
  ),
  controller(
    'Rook Ceph',
    {
      images: ['rook/ceph'],
      charts: ['rook-ceph', 'rook-ceph-cluster'],
      repositories: ['rook/rook'],
      groups: ['ceph.rook.io'],
    },
    'Ceph daemons that were upgraded cannot go back a major version.',
    'https://rook.io/docs/rook/latest/Upgrade/rook-upgrade/',
  ),
  controller(
    'Longhorn',
    {
      images: ['longhornio/longhorn-manager'],
      charts: ['longhorn'],
      repositories: ['longhorn/longhorn'],
      groups: ['longhorn.io'],
    },
    'Longhorn does not support going back to an older version at all.',
    'https://longhorn.io/docs/latest/deploy/upgrade/',
  ),
  controller(
    'Cilium',
    { images: ['cilium/cilium', 'cilium/operator-generic'], charts: ['cilium'], groups: ['cilium.io'] },
    'It carries the traffic of every pod: go back one minor version at a time, node by node.',
    'https://docs.cilium.io/en/stable/operations/upgrade/',
  ),
  controller(
    'Prometheus Operator',
    {
      images: ['prometheus-operator/prometheus-operator'],
      charts: ['kube-prometheus-stack', 'prometheus-operator'],
      groups: ['monitoring.coreos.com'],
    },
    'Prometheus data of a newer version may be unreadable to an older one.',
    'https://prometheus-operator.dev/docs/getting-started/installation/',
  ),
  controller(
    'CloudNativePG',
    { images: ['cloudnative-pg/cloudnative-pg'], charts: ['cloudnative-pg'], groups: ['postgresql.cnpg.io'] },
    'An upgrade restarts every database that it runs, and so does going back.',
    'https://cloudnative-pg.io/documentation/current/installation_upgrade/',
  ),
  controller(
    'VolSync',
    { images: ['backube/volsync'], charts: ['volsync'], groups: ['volsync.backube'] },
    'Run one backup and one restore with the older version before it is relied upon.',
    'https://volsync.readthedocs.io/en/stable/installation/',
  ),
  controller(
    'Velero',
    { images: ['velero/velero'], charts: ['velero'], groups: ['velero.io'] },
    'Check that the older version reads the backups that the newer one made.',
    'https://velero.io/docs/main/upgrade-to-1.15/',
  ),
  controller(
    'ExternalDNS',
    { images: ['external-dns/external-dns', 'external-dns'], charts: ['external-dns'], groups: ['externaldns.k8s.io'] },
    'With policy sync it deletes records that it does not know: check the format of its ownership records.',
    'https://kubernetes-sigs.github.io/external-dns/latest/',
  ),
  controller(
    'Karpenter',
    { images: ['karpenter/controller'], charts: ['karpenter'], groups: ['karpenter.sh', 'karpenter.k8s.aws'] },
    'Nodes that it calls drifted are replaced, both ways.',
    'https://karpenter.sh/docs/upgrading/upgrade-guide/',
  ),
  controller(
    'Cluster API',
    {
      images: ['cluster-api-controller', 'kubeadm-control-plane-controller'],
      charts: ['cluster-api-operator'],
      groups: ['cluster.x-k8s.io'],
    },
    'It owns the machines: pause its clusters before it goes back.',
    'https://cluster-api.sigs.k8s.io/tasks/upgrading-cluster-api-versions',
  ),
  controller(
    'KEDA',
    { images: ['kedacore/keda'], charts: ['keda'], groups: ['keda.sh'] },
    'While it is away nothing scales, and the metrics API that it serves does not answer.',
    'https://keda.sh/docs/latest/operate/',
  ),
];
