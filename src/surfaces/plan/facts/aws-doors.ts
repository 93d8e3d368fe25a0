import { awsRow, said } from './aws-row.ts';
import type { AttributeFact } from './fact.ts';

/** The service never goes back, although the plan shows an update: growth and upgrades are one-way. */
const refused = awsRow({ when: 'lowered', plans: 'refused-update', topic: 'door', class: 'forward-only' });

/** An update in one direction, a replacement in the other. */
const replacing = awsRow({
  when: 'lowered',
  plans: 'replacement',
  topic: 'door',
  class: 'non-recoverable-without-restore',
});

const storage = 'The service never makes storage smaller.';
const engine = 'The service does not take an engine back to an earlier version.';

/** One-way doors of the AWS provider. */
export const awsDoors: readonly AttributeFact[] = [
  refused('aws_db_instance', 'allocated_storage', storage),
  refused('aws_db_instance', 'max_allocated_storage', 'Storage that has grown by itself stays.', said),
  refused('aws_db_instance', 'engine_version', engine, {
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html',
  }),
  refused('aws_rds_cluster', 'engine_version', engine),
  refused('aws_rds_global_cluster', 'engine_version', engine, said),
  refused('aws_docdb_cluster', 'engine_version', engine),
  refused('aws_neptune_cluster', 'engine_version', engine, said),
  refused('aws_memorydb_cluster', 'engine_version', engine, said),
  refused('aws_mq_broker', 'engine_version', engine, said),
  refused('aws_opensearch_domain', 'engine_version', engine),
  refused('aws_elasticsearch_domain', 'elasticsearch_version', engine, said),
  refused('aws_ebs_volume', 'size', 'A volume only grows.', {
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html',
  }),
  refused('aws_instance', 'root_block_device.volume_size', 'A volume only grows.', said),
  refused('aws_instance', 'ebs_block_device.volume_size', 'A volume only grows.', said),
  refused('aws_fsx_ontap_file_system', 'storage_capacity', storage, said),
  refused('aws_fsx_windows_file_system', 'storage_capacity', storage, said),
  refused('aws_fsx_openzfs_file_system', 'storage_capacity', storage, said),
  refused(
    'aws_msk_cluster',
    'broker_node_group_info.storage_info.ebs_storage_info.volume_size',
    'Broker storage only grows.',
    said,
  ),
  refused('aws_eks_cluster', 'version', 'A control plane does not go back to an earlier Kubernetes version.'),
  refused('aws_db_instance', 'replicate_source_db', 'A promoted replica cannot follow its source again.', {
    ...said,
    when: 'set',
  }),
  refused(
    'aws_s3_bucket_versioning',
    'versioning_configuration.status',
    'A bucket that has kept versions can only suspend that.',
    { ...said, when: { to: 'Disabled' } },
  ),
  refused(
    'aws_s3_bucket_object_lock_configuration',
    'rule.default_retention.days',
    'Versions locked in compliance mode keep their date, whatever is configured later.',
    { ...said, when: 'lowered' },
  ),
  refused(
    'aws_eks_cluster',
    'access_config.authentication_mode',
    'Once access entries are used, the mode does not go back to CONFIG_MAP.',
    { ...said, when: { to: 'CONFIG_MAP' } },
  ),
  replacing(
    'aws_elasticache_replication_group',
    'engine_version',
    'An earlier engine version is planned as a new, empty cache.',
  ),
  replacing('aws_elasticache_cluster', 'engine_version', 'An earlier engine version is planned as a new, empty cache.'),
  replacing('aws_elasticache_replication_group', 'engine', 'Valkey does not become Redis again in place.', {
    when: { from: 'valkey', to: 'redis' },
  }),
  replacing('aws_msk_cluster', 'kafka_version', 'An earlier Kafka version is planned as a new cluster without topics.'),
  replacing('aws_fsx_lustre_file_system', 'storage_capacity', 'Less capacity is planned as a new, empty file system.'),
  replacing('aws_vpc', 'instance_tenancy', 'Only dedicated to default is an update.', {
    when: { from: 'default', to: 'dedicated' },
  }),
  replacing('aws_opensearch_domain', 'encrypt_at_rest.enabled', 'Encryption at rest is not switched off in place.', {
    when: 'disabled',
  }),
  replacing(
    'aws_opensearch_domain',
    'node_to_node_encryption.enabled',
    'Encryption between nodes is not switched off in place.',
    { when: 'disabled' },
  ),
  replacing('aws_elasticsearch_domain', 'encrypt_at_rest.enabled', 'Encryption at rest is not switched off in place.', {
    when: 'disabled',
  }),
  replacing('aws_prometheus_workspace', 'alias', 'A workspace that has an alias keeps one.', { when: 'unset' }),
  replacing(
    'aws_organizations_organization',
    'feature_set',
    'An organization with all features does not go back to billing alone.',
    { when: { from: 'ALL', to: 'CONSOLIDATED_BILLING' } },
  ),
];
