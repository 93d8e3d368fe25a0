import type { Direction } from './fact.ts';

/** Attributes, of whatever type, that stand between an object and its end; in which direction they stop doing so. */
export const protections = {
  deletion_protection: { when: 'disabled', because: 'nothing then refuses to delete it' },
  deletion_protection_enabled: { when: 'disabled', because: 'nothing then refuses to delete it' },
  enable_deletion_protection: { when: 'disabled', because: 'nothing then refuses to delete it' },
  delete_protection: { when: 'disabled', because: 'nothing then refuses to delete it' },
  disable_api_termination: { when: 'disabled', because: 'nothing then refuses to terminate it' },
  termination_protection: { when: 'disabled', because: 'nothing then refuses to terminate it' },
  purge_protection_enabled: { when: 'disabled', because: 'what is deleted can then be purged at once' },
  force_destroy: { when: 'enabled', because: 'a later destroy then takes its contents too' },
  force_delete: { when: 'enabled', because: 'a later destroy then takes its contents too' },
  delete_contents_on_destroy: { when: 'enabled', because: 'a later destroy then takes its contents too' },
  skip_final_snapshot: { when: 'enabled', because: 'a later destroy then leaves no snapshot' },
  delete_automated_backups: {
    when: 'enabled',
    isOnByDefault: true,
    because: 'a later destroy then takes the automated backups too',
  },
  final_snapshot_identifier: { when: 'unset', because: 'a later destroy then leaves no snapshot' },
  recovery_window_in_days: {
    when: 'lowered',
    because: 'after a later destroy there is less time to restore it, at 0 none',
  },
  deletion_window_in_days: { when: 'lowered', because: 'after a later destroy there is less time to cancel it' },
  skip_destroy: { when: 'disabled', because: 'a later destroy then really deletes it' },
} as const satisfies Record<
  string,
  { readonly when: Direction; readonly isOnByDefault?: true; readonly because: string }
>;

/** Types whose whole purpose is that something can be recovered: without them no further copy is made or kept. */
export const safetyNets = {
  aws_backup_plan: 'no further backups are made by it',
  aws_backup_selection: 'what it selected is not backed up any more',
  aws_backup_vault_lock_configuration: 'the recovery points can be deleted by whoever has the rights',
  aws_backup_vault_policy: 'the recovery points lose the rules of the vault',
  aws_dlm_lifecycle_policy: 'no further snapshots are made by it',
  aws_s3_bucket_versioning: 'versioning is suspended, so what is overwritten from then on is gone',
  aws_s3_bucket_object_lock_configuration: 'new objects are not locked any more',
  aws_s3_bucket_replication_configuration: 'nothing is copied to the other bucket any more',
  aws_s3_bucket_public_access_block: 'nothing then refuses to make the bucket public',
  aws_dynamodb_table_replica: 'the other region has no copy any more',
  aws_db_instance_automated_backups_replication: 'the other region gets no backups any more',
  aws_cloudtrail: 'what happens from then on is not recorded',
  aws_config_configuration_recorder: 'what changes from then on is not recorded',
  aws_flow_log: 'traffic from then on is not recorded',
  google_compute_resource_policy: 'no further snapshots are made by it',
  google_compute_disk_resource_policy_attachment: 'no further snapshots are made of the disk',
  google_resource_manager_lien: 'nothing then refuses to delete the project',
  azurerm_management_lock: 'nothing then refuses to delete what it locked',
  azurerm_backup_policy_vm: 'no further backups are made by it',
  azurerm_backup_protected_vm: 'the machine is not backed up any more',
  azurerm_data_protection_backup_vault: 'the backups in it go',
  azurerm_recovery_services_vault: 'the backups in it go',
} as const satisfies Record<string, string>;
