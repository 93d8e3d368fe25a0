/**
 * AWS types (without their prefix) and those of their blocks that stay as they are when the configuration no longer has
 * them. Planned with terraform 1.11.4, hashicorp/aws 5.100.0: a state with the block, a configuration without it, no
 * change. The last three lines were not planned: they are from the provider's documentation.
 */
export const keptBlocks = `
api_gateway_rest_api: endpoint_configuration
autoscaling_group: availability_zone_distribution capacity_reservation_specification launch_template
 mixed_instances_policy traffic_source
codebuild_project: logs_config
cognito_user_pool: account_recovery_setting admin_create_user_config password_policy sign_in_policy sms_configuration
 username_configuration verification_message_template
dynamodb_table: point_in_time_recovery server_side_encryption ttl
ecs_cluster: setting
efs_file_system: protection
elasticsearch_domain: advanced_security_options auto_tune_options cluster_config domain_endpoint_options ebs_options
 encrypt_at_rest node_to_node_encryption snapshot_options
elb: health_check
kinesis_stream: stream_mode_details
lambda_function: ephemeral_storage logging_config tracing_config
launch_template: metadata_options
lb_listener: mutual_authentication
opensearch_domain: advanced_security_options auto_tune_options cluster_config domain_endpoint_options ebs_options
 encrypt_at_rest node_to_node_encryption off_peak_window_options snapshot_options software_update_options
redshift_cluster: logging snapshot_copy
s3_bucket: cors_rule grant lifecycle_rule logging object_lock_configuration replication_configuration
 server_side_encryption_configuration versioning website
s3_bucket_website_configuration: routing_rule
vpc_peering_connection: accepter requester
eks_cluster: access_config kubernetes_network_config upgrade_policy
instance: capacity_reservation_specification cpu_options enclave_options maintenance_options metadata_options
 private_dns_name_options root_block_device
lb_target_group: health_check stickiness target_failover target_health_state
`;
