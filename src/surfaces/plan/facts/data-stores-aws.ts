import { documented, registry, type DestroyFact } from './fact.ts';

const gone = 'non-recoverable-without-restore';
const snapshot = 'Take a final snapshot and read that it is available before the apply.';
const row = (page: string, loses: string, keep: string, more: Partial<DestroyFact> = {}): DestroyFact => ({
  class: gone,
  loses,
  keep,
  source: registry('aws', page),
  verified: documented,
  ...more,
});

/** Types of the AWS provider that hold data which nothing but a copy brings back. */
export const awsDataStores = {
  aws_db_instance: row(
    'db_instance',
    'its databases go, and with them the automated backups unless delete_automated_backups is false; with skip_final_snapshot nothing is left',
    snapshot,
    { source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html' },
  ),
  aws_rds_cluster: row('rds_cluster', 'the cluster volume goes; only a final snapshot would remain', snapshot),
  aws_rds_global_cluster: row('rds_global_cluster', 'the members stop following one another', snapshot),
  aws_docdb_cluster: row('docdb_cluster', 'its collections go; only a final snapshot would remain', snapshot),
  aws_neptune_cluster: row('neptune_cluster', 'its graph goes; only a final snapshot would remain', snapshot),
  aws_redshift_cluster: row('redshift_cluster', 'the warehouse goes; only a final snapshot would remain', snapshot),
  aws_redshiftserverless_namespace: row('redshiftserverless_namespace', 'its databases go', snapshot),
  aws_dynamodb_table: row(
    'dynamodb_table',
    'its items, indexes and point-in-time history go; a system backup is kept for 35 days only where point-in-time recovery was on',
    'Make an on-demand backup, or export the table, before the apply.',
  ),
  aws_keyspaces_table: row('keyspaces_table', 'its rows go', 'Copy the rows out, or have point-in-time recovery on.'),
  aws_keyspaces_keyspace: row('keyspaces_keyspace', 'its tables go', 'Copy the rows out before the apply.'),
  aws_timestreamwrite_database: row('timestreamwrite_database', 'its series go', 'Export the series before the apply.'),
  aws_timestreamwrite_table: row('timestreamwrite_table', 'its series go', 'Export the series before the apply.'),
  aws_elasticache_replication_group: row(
    'elasticache_replication_group',
    'what it holds in memory goes; a final snapshot is made only when final_snapshot_identifier is set',
    'Set final_snapshot_identifier, or be able to warm it again.',
  ),
  aws_elasticache_cluster: row('elasticache_cluster', 'what it holds in memory goes', 'Be able to warm it again.'),
  aws_memorydb_cluster: row('memorydb_cluster', 'its data goes unless final_snapshot_name is set', snapshot),
  aws_opensearch_domain: row(
    'opensearch_domain',
    'its indices go, and the automated snapshots with it',
    'Snapshot to a repository of your own bucket; only such snapshots survive the domain.',
  ),
  aws_elasticsearch_domain: row(
    'elasticsearch_domain',
    'its indices go, and the automated snapshots with it',
    'Snapshot to a repository of your own bucket; only such snapshots survive the domain.',
  ),
  aws_msk_cluster: row('msk_cluster', 'its topics and the offsets of their readers go', 'Mirror the topics first.'),
  aws_mq_broker: row('mq_broker', 'queued messages go', 'Drain the queues first.'),
  aws_kinesis_stream: row('kinesis_stream', 'records that nobody has read yet go', 'Drain the stream first.'),
  aws_sqs_queue: row('sqs_queue', 'queued messages go', 'Drain the queue first.', {
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html',
    nameIsHeld: 'a queue of this name cannot be made again for 60 seconds',
    nameIn: 'name',
  }),
  aws_s3_bucket: row(
    's3_bucket',
    'with force_destroy every object and version goes; without it the apply stops at the first object',
    'Copy the objects to another bucket first.',
    {
      nameIsHeld: 'the name becomes free for every AWS account, and may take hours to be free for yours',
      nameIn: 'bucket',
    },
  ),
  aws_s3_directory_bucket: row('s3_directory_bucket', 'its objects go', 'Copy the objects first.'),
  aws_s3_object: row(
    's3_object',
    'the object goes unless its bucket keeps versions',
    'Turn on versioning, or keep a copy.',
  ),
  aws_s3_object_copy: row('s3_object_copy', 'the object goes unless its bucket keeps versions', 'Keep a copy.'),
  aws_glacier_vault: row('glacier_vault', 'its archives go', 'Keep the vault.'),
  aws_ebs_volume: row('ebs_volume', 'its blocks go; only snapshots would remain', snapshot),
  aws_efs_file_system: row(
    'efs_file_system',
    'its files go; only recovery points in AWS Backup would remain',
    'Back it up first.',
  ),
  aws_fsx_lustre_file_system: row(
    'fsx_lustre_file_system',
    'its files go; scratch types have no backup',
    'Export the files.',
  ),
  aws_fsx_ontap_file_system: row('fsx_ontap_file_system', 'its volumes go', 'Back the volumes up first.'),
  aws_fsx_openzfs_file_system: row('fsx_openzfs_file_system', 'its files go', 'Back it up first.'),
  aws_fsx_windows_file_system: row('fsx_windows_file_system', 'its files go', 'Back it up first.'),
  aws_cloudwatch_log_group: row(
    'cloudwatch_log_group',
    'its log history goes, unless skip_destroy is set',
    'Export the logs, or set skip_destroy.',
  ),
  aws_ecr_repository: row(
    'ecr_repository',
    'with force_delete its images go, which are what every rollback of an application needs',
    'Copy the images that may be rolled back to.',
  ),
  aws_kms_key: row(
    'kms_key',
    'the key cannot be used from then on, and after its deletion window (7 to 30 days) nothing encrypted with it can be read',
    'Disable the key instead, and watch who still asks for it.',
    { source: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html' },
  ),
  aws_kms_external_key: row('kms_external_key', 'nothing encrypted with it can be read', 'Disable the key instead.'),
  aws_secretsmanager_secret: row(
    'secretsmanager_secret',
    'it can be restored only inside its recovery window, and not at all when that is 0',
    'Keep recovery_window_in_days above 0.',
    {
      source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
      nameIsHeld: 'the name stays taken until the recovery window of the deleted secret ends',
      nameIn: 'name',
    },
  ),
  aws_ssm_parameter: row('ssm_parameter', 'its value and all earlier versions go at once', 'Keep a copy of the value.'),
  aws_cognito_user_pool: row(
    'cognito_user_pool',
    'its users go, and their passwords cannot be exported',
    'Migrate the users to another pool first.',
  ),
  aws_directory_service_directory: row(
    'directory_service_directory',
    'its users and computers go',
    'Snapshot it first.',
  ),
  aws_backup_vault: row(
    'backup_vault',
    'with force_destroy the recovery points in it go',
    'Copy them to another vault.',
  ),
  aws_db_snapshot: row('db_snapshot', 'this is itself what a restore would start from', 'Keep another snapshot.'),
  aws_db_cluster_snapshot: row(
    'db_cluster_snapshot',
    'this is itself what a restore would start from',
    'Keep another snapshot.',
  ),
  aws_ebs_snapshot: row('ebs_snapshot', 'this is itself what a restore would start from', 'Keep another snapshot.'),
  aws_qldb_ledger: row('qldb_ledger', 'its journal goes', 'Export the journal first.'),
  aws_workspaces_workspace: row('workspaces_workspace', 'its user volume goes', 'Copy the volume first.'),
} satisfies Record<string, DestroyFact>;
