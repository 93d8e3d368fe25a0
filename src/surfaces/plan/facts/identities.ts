import { documented, registry, type DestroyFact } from './fact.ts';

const row = (
  page: string,
  isForGood: boolean,
  loses: string,
  keep: string,
  more: Partial<DestroyFact> = {},
): DestroyFact => ({
  class: isForGood ? 'forward-only' : 'reversible-with-manual-repair',
  loses,
  keep,
  source: registry('aws', page),
  verified: documented,
  ...more,
});

/** Types without data of their own, of which a new object is never the old one again. */
export const identities = {
  aws_eip: row(
    'eip',
    true,
    'its address returns to the pool, and others that allow this address will not know the new one',
    'Keep it allocated.',
  ),
  aws_iam_access_key: row(
    'iam_access_key',
    true,
    'a deleted access key cannot be made again',
    'Set its status to Inactive first.',
  ),
  aws_organizations_account: row(
    'organizations_account',
    true,
    'the account is closed: suspended for 90 days, then deleted',
    'Remove it from the state instead (`removed` with `destroy = false`).',
  ),
  aws_iam_user: row(
    'iam_user',
    false,
    'policies elsewhere that name it hold an identifier that no new user has',
    'Keep the user and detach its policies.',
  ),
  aws_iam_role: row(
    'iam_role',
    false,
    'trust and resource policies elsewhere that name it hold an identifier that no new role has',
    'Keep the role and detach its policies.',
  ),
  aws_route53_zone: row(
    'route53_zone',
    false,
    'a new zone gets other name servers, so the delegation above it must follow',
    'Keep the zone.',
  ),
  aws_acm_certificate: row(
    'acm_certificate',
    false,
    'a new one must be validated again, and an imported key is gone',
    'Make the new one first, then move its users.',
  ),
  aws_ami: row('ami', false, 'nothing new starts from it, although its snapshots stay', 'Deprecate it first.'),
  aws_rds_cluster_instance: row(
    'rds_cluster_instance',
    false,
    'the volume stays with the cluster, which has no compute if this was the last one',
    'Add the new instance first.',
  ),
  aws_cloudtrail: row(
    'cloudtrail',
    false,
    'nothing is recorded until another trail stands',
    'Make the new trail first.',
  ),
  aws_vpc: row('vpc', false, 'everything in it has to be made again', 'Keep it until nothing is left in it.'),
  aws_eks_cluster: row(
    'eks_cluster',
    true,
    'all objects inside it go with its control plane',
    'Build the new cluster beside it and move the workloads.',
    {
      class: 'non-recoverable-without-restore',
    },
  ),
  aws_instance: row(
    'instance',
    true,
    'its root volume and instance store go, and its private address changes',
    'Snapshot the volumes first.',
    {
      class: 'non-recoverable-without-restore',
    },
  ),
  google_container_cluster: row(
    '',
    true,
    'all objects inside it go with its control plane',
    'Build the new cluster beside it and move the workloads.',
    {
      class: 'non-recoverable-without-restore',
      source: registry('google', 'container_cluster'),
    },
  ),
  azurerm_kubernetes_cluster: row(
    '',
    true,
    'all objects inside it go with its control plane',
    'Build the new cluster beside it and move the workloads.',
    {
      class: 'non-recoverable-without-restore',
      source: registry('azurerm', 'kubernetes_cluster'),
    },
  ),
} satisfies Record<string, DestroyFact>;

const made = (provider: 'random' | 'tls', page: string, loses: string): DestroyFact => ({
  class: 'forward-only',
  loses,
  keep: 'Keep the resource until nothing uses its value, or move the value to a secret store first.',
  source: registry(provider, page),
  verified: documented,
});

/** Types whose value exists in the state only: destroyed, it can only be made anew, and differs. */
export const stateOnly = {
  random_password: made(
    'random',
    'password',
    'a new apply makes another password, and everything that uses it must follow',
  ),
  random_string: made('random', 'string', 'a new apply makes another value, and names made from it change'),
  random_id: made('random', 'id', 'a new apply makes another value, and names made from it change'),
  random_uuid: made('random', 'uuid', 'a new apply makes another value'),
  random_bytes: made('random', 'bytes', 'a new apply makes other bytes'),
  random_pet: made('random', 'pet', 'a new apply makes another name, and what is named by it is replaced'),
  random_integer: made('random', 'integer', 'a new apply makes another number'),
  random_shuffle: made('random', 'shuffle', 'a new apply makes another order'),
  tls_private_key: made(
    'tls',
    'private_key',
    'a new apply makes another key, and certificates and hosts that trust the old one refuse it',
  ),
  tls_self_signed_cert: made(
    'tls',
    'self_signed_cert',
    'a new apply makes another certificate, which must be trusted anew',
  ),
  tls_locally_signed_cert: made('tls', 'locally_signed_cert', 'a new apply makes another certificate'),
  tls_cert_request: made('tls', 'cert_request', 'a new apply makes another request'),
} satisfies Record<string, DestroyFact>;
