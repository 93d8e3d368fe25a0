import { awsRow, said } from './aws-row.ts';
import type { AttributeFact } from './fact.ts';

const later = awsRow({
  when: 'changed',
  plans: 'update',
  topic: 'repair',
  class: 'reversible-with-compatibility-window',
});
const byHand = awsRow({ when: 'changed', plans: 'update', topic: 'repair', class: 'reversible-with-manual-repair' });
const exposure = awsRow({ when: 'enabled', plans: 'update', topic: 'exposure', class: 'compensatable' });

/** What goes back, but later, with other names, or not by itself. */
export const awsRepairs: readonly AttributeFact[] = [
  later(
    'aws_db_instance',
    'identifier',
    'The endpoint gets another host name at once; the old name comes back while nobody else took it.',
  ),
  byHand('aws_db_instance', 'db_subnet_group_name', 'It moves with an outage, and not every move is allowed.'),
  byHand(
    'aws_db_instance',
    'storage_type',
    'Storage can be changed again only after six hours, or when it has been optimised.',
  ),
  byHand(
    'aws_db_instance',
    'allocated_storage',
    'Storage can be changed again only after six hours, or when it has been optimised.',
    { when: 'raised' },
  ),
  byHand('aws_db_instance', 'password', 'AWS does not give the old password back; it must be kept elsewhere.'),
  byHand(
    'aws_rds_cluster',
    'master_password',
    'AWS does not give the old password back; it must be kept elsewhere.',
    said,
  ),
  later('aws_db_instance', 'multi_az', 'A new standby takes minutes to hours.', { when: 'disabled' }),
  byHand(
    'aws_dynamodb_table',
    'billing_mode',
    'The mode can be switched only a few times a day, so switching back at once may be refused.',
    {
      source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
    },
  ),
  byHand('aws_ebs_volume', 'type', 'A volume can be modified again only after six hours.'),
  byHand('aws_efs_file_system', 'throughput_mode', 'The mode can be lowered or switched once a day.'),
  byHand('aws_msk_cluster', 'number_of_broker_nodes', 'Partitions must be moved off the brokers first.', {
    when: 'lowered',
  }),
  byHand('aws_redshift_cluster', 'encrypted', 'The cluster is read-only for the hours that this takes.'),
  later('aws_kinesis_stream', 'shard_count', 'Shards can be split and merged only so often a day.'),
  later(
    'aws_kms_alias',
    'target_key_id',
    'What was written meanwhile is encrypted with the other key, so both must be kept.',
  ),
  byHand(
    'aws_ssm_parameter',
    'value',
    'The old value is one of at most 100 kept versions, and is written back as a new one.',
  ),
  byHand('aws_eks_node_group', 'version', 'A node group does not go back in place; a new one must take the load.', {
    when: 'lowered',
  }),
  later('aws_iam_user', 'name', 'The ARN changes, and with it every policy that names it.'),
  later('aws_route53_record', 'ttl', 'Resolvers keep an answer for the time-to-live that was in force before.'),
  later('aws_route53_record', 'records', 'Resolvers keep the old answer for its time-to-live.', said),
  later('aws_lambda_function', 'image_uri', 'The old image must still be in the registry.'),
];

/** What can be taken back although what happened meanwhile cannot. */
export const awsExposures: readonly AttributeFact[] = [
  exposure('aws_db_instance', 'publicly_accessible', 'Who reached it meanwhile has reached it.'),
  exposure('aws_redshift_cluster', 'publicly_accessible', 'Who reached it meanwhile has reached it.', said),
  exposure('aws_dms_replication_instance', 'publicly_accessible', 'Who reached it meanwhile has reached it.', said),
  exposure(
    'aws_ecr_repository',
    'image_tag_mutability',
    'A tag that was moved meanwhile looks like one that was not.',
    { when: { to: 'MUTABLE' } },
  ),
  exposure('aws_s3_bucket_public_access_block', 'block_public_acls', 'What was read meanwhile has been read.', {
    ...said,
    when: 'disabled',
  }),
  exposure('aws_s3_bucket_public_access_block', 'block_public_policy', 'What was read meanwhile has been read.', {
    ...said,
    when: 'disabled',
  }),
  exposure('aws_s3_bucket_public_access_block', 'restrict_public_buckets', 'What was read meanwhile has been read.', {
    ...said,
    when: 'disabled',
  }),
  exposure(
    'aws_eks_cluster',
    'vpc_config.endpoint_public_access',
    'Who reached the control plane meanwhile has reached it.',
    { ...said, when: { from: false } },
  ),
  exposure('aws_cloudtrail', 'enable_logging', 'What happens meanwhile is not recorded.', {
    ...said,
    when: 'disabled',
  }),
  exposure('aws_cloudtrail', 'is_multi_region_trail', 'What happens in other regions meanwhile is not recorded.', {
    ...said,
    when: 'disabled',
  }),
];
