import { awsRow, said } from './aws-row.ts';
import type { AttributeFact } from './fact.ts';

/** An update that throws away what a recovery would need. */
const history = awsRow({
  when: 'lowered',
  plans: 'update',
  topic: 'history',
  class: 'non-recoverable-without-restore',
});

/** What destroys the means of a recovery. */
export const awsHistory: readonly AttributeFact[] = [
  history(
    'aws_db_instance',
    'backup_retention_period',
    'Automated backups older than the new period are deleted; 0 deletes all of them.',
  ),
  history(
    'aws_rds_cluster',
    'backup_retention_period',
    'Automated backups older than the new period are deleted.',
    said,
  ),
  history(
    'aws_docdb_cluster',
    'backup_retention_period',
    'Automated backups older than the new period are deleted.',
    said,
  ),
  history(
    'aws_neptune_cluster',
    'backup_retention_period',
    'Automated backups older than the new period are deleted.',
    said,
  ),
  history(
    'aws_redshift_cluster',
    'automated_snapshot_retention_period',
    'Older automated snapshots are deleted; 0 deletes all of them.',
    said,
  ),
  history(
    'aws_elasticache_replication_group',
    'snapshot_retention_limit',
    'Older snapshots are deleted; 0 deletes all of them.',
    said,
  ),
  history('aws_memorydb_cluster', 'snapshot_retention_limit', 'Older snapshots are deleted.', said),
  history(
    'aws_dynamodb_table',
    'point_in_time_recovery.enabled',
    'The continuous backups of the last 35 days are deleted.',
    { ...said, when: 'disabled' },
  ),
  history(
    'aws_dynamodb_table',
    'stream_enabled',
    'Stream records of the last day go; switching it on again makes another stream, with another ARN.',
    { when: 'disabled', source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html' },
  ),
  history('aws_s3_object', 'content', 'Without versioning of the bucket the object that was there is gone.', {
    when: 'changed',
  }),
  history('aws_s3_object', 'etag', 'Without versioning of the bucket the object that was there is gone.', {
    ...said,
    when: 'changed',
  }),
  history(
    'aws_s3_bucket_lifecycle_configuration',
    'rule.expiration.days',
    'Objects older than that are deleted.',
    said,
  ),
  history(
    'aws_s3_bucket_lifecycle_configuration',
    'rule.noncurrent_version_expiration.noncurrent_days',
    'Older versions are deleted, which is what a restore would read.',
    said,
  ),
  history('aws_kinesis_stream', 'retention_period', 'Records older than the new period cannot be read from then on.'),
  history(
    'aws_cloudwatch_log_group',
    'retention_in_days',
    'Older events are deleted; a longer period does not bring them back.',
  ),
  history('aws_sqs_queue', 'message_retention_seconds', 'Messages older than the new period are deleted.'),
  history(
    'aws_ecr_lifecycle_policy',
    'policy',
    'Images that the new rules expire are deleted, and they are what a rollback would run.',
    { ...said, when: 'changed' },
  ),
  history('aws_backup_plan', 'rule.lifecycle.delete_after', 'New recovery points are kept for a shorter time.', said),
  history(
    'aws_s3_bucket_versioning',
    'versioning_configuration.status',
    'While versioning is suspended an overwritten or deleted object is gone.',
    { ...said, when: { from: 'Enabled' } },
  ),
];
