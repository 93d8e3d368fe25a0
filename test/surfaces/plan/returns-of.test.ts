import { expect, test } from 'vitest';

import type { Instant } from '#src/model/ids.ts';
import { assess } from '#src/pipeline/assess.ts';
import { exampleChange, examplePlan } from '#src/surfaces/plan/example-plan.ts';
import { plan } from '#src/surfaces/plan/index.ts';

async function returnsOf(text: string): Promise<Readonly<Record<string, string | undefined>>> {
  const readings = await Array.fromAsync(plan.read([{ path: 'plan.json', after: text }]));
  return Object.fromEntries(readings.map((one) => [one.path, 'returns' in one ? one.returns : undefined]));
}

type Change = Parameters<typeof examplePlan>[0][number];
const topic = { type: 'aws_sns_topic' };
const inPlace = (type: string, name: string, before: unknown, after: unknown): Change => ({
  type,
  before: { [name]: before } as never,
  after: { [name]: after } as never,
});

const cases: readonly (readonly [string, Change, string])[] = [
  ['what is created is deleted', { ...topic, after: { name: 'a' } }, 'delete'],
  ['what is deleted is created', { ...topic, before: { name: 'a' } }, 'create'],
  ['what is updated is updated', inPlace('aws_sns_topic', 'display_name', 'a', 'b'), 'update'],
  ['what is replaced is replaced', { ...inPlace('aws_sns_topic', 'name', 'a', 'b'), replacedBy: ['name'] }, 'replace'],
  ['what is forgotten is created', { ...topic, before: { name: 'a' }, actions: ['forget'] }, 'create'],
  [
    'what is moved is deleted under its new address',
    {
      ...inPlace('aws_sns_topic', 'name', 'a', 'a'),
      actions: ['no-op'],
      more: { previous_address: 'aws_sns_topic.old' },
    },
    'delete',
  ],
  [
    'what Terraform moves by itself it moves back by itself',
    {
      ...inPlace('aws_sns_topic', 'name', 'a', 'a'),
      address: 'aws_sns_topic.a[0]',
      actions: ['no-op'],
      more: { previous_address: 'aws_sns_topic.a' },
    },
    'none',
  ],
  ['a data source is only read', { ...topic, after: { a: 'b' }, actions: ['read'], more: { mode: 'data' } }, 'none'],
  ['a later Kafka goes back by replacement', inPlace('aws_msk_cluster', 'kafka_version', '3.5.1', '3.6.0'), 'replace'],
  [
    'an earlier Kafka, which replaces, goes back in place',
    { ...inPlace('aws_msk_cluster', 'kafka_version', '3.6.0', '3.5.1'), replacedBy: ['kafka_version'] },
    'update',
  ],
  [
    'a cache of an earlier engine is a new cache',
    inPlace('aws_elasticache_replication_group', 'engine_version', '6.2', '7.0'),
    'replace',
  ],
  [
    'less of a Lustre file system is a new one',
    inPlace('aws_fsx_lustre_file_system', 'storage_capacity', 1200, 2400),
    'replace',
  ],
  [
    'dedicated tenancy goes back in place',
    { ...inPlace('aws_vpc', 'instance_tenancy', 'default', 'dedicated'), replacedBy: ['instance_tenancy'] },
    'update',
  ],
  [
    'the numbers of versions are compared as numbers',
    inPlace('aws_msk_cluster', 'kafka_version', '3.9.0', '3.10.0'),
    'replace',
  ],
  [
    'what was never set, and is kept when unset, stays',
    inPlace('aws_db_instance', 'parameter_group_name', 'default.postgres16', 'tuned'),
    'none',
  ],
  ['what was set before is set back', inPlace('aws_db_instance', 'parameter_group_name', 'old', 'tuned'), 'update'],
  [
    'what a provider does not choose by itself is unset again',
    inPlace('aws_sns_topic', 'display_name', '', 'b'),
    'update',
  ],
  [
    'what is tainted is replaced this once',
    {
      ...inPlace('aws_sns_topic', 'name', 'a', 'a'),
      actions: ['delete', 'create'],
      more: { action_reason: 'replace_because_tainted' },
    },
    'none',
  ],
];

test.for(cases)('[L13.1] %s', async ([, change, expected]) => {
  expect(Object.values(await returnsOf(examplePlan([change])))).toEqual([expected]);
});

test('[L13.1] an import is undone by a destroy', async () => {
  const element = exampleChange({ ...inPlace('aws_s3_bucket', 'bucket', 'a', 'a'), actions: ['no-op'] });
  const change = { ...(element['change'] as object), importing: { id: 'a' } };
  const text = JSON.stringify({ format_version: '1.2', resource_changes: [{ ...element, change }] });
  expect(await returnsOf(text)).toEqual({ 'aws_s3_bucket.main': 'delete' });
});

const now = '2027-01-01T00:00:00.000Z' as Instant;

test('[L3.2] what was deleted outside of Terraform is made again by either configuration', async () => {
  const text = examplePlan([{ ...topic, after: { name: 'a' } }], {
    resource_drift: [exampleChange({ ...topic, before: { name: 'a' } })],
  });
  const { artifacts } = await assess({ plan } as never, [{ path: 'plan.json', after: text }], now);
  expect(artifacts).toMatchObject([{ returns: 'none', findings: [{ rule: 'plan/drift-undone' }] }]);
});

test('[L13.1] what refers to an object that only the way back replaces follows it, although the plan leaves it alone', async () => {
  const text = examplePlan([
    {
      type: 'aws_msk_cluster',
      before: { arn: 'arn:c', kafka_version: '3.5.1' },
      after: { arn: 'arn:c', kafka_version: '3.6.0' },
    },
    {
      type: 'aws_msk_scram_secret_association',
      before: { cluster_arn: 'arn:c' },
      after: { cluster_arn: 'arn:c' },
      actions: ['no-op'],
    },
    { type: 'aws_sns_topic', before: { name: 'a' }, after: { name: 'a' }, actions: ['no-op'] },
  ]);
  expect(await returnsOf(text)).toEqual({
    'aws_msk_cluster.main': 'replace',
    'aws_msk_scram_secret_association.main': 'unknown',
  });
});

test('[L13.1] what is replaced with a tainted object stays with it', async () => {
  const text = examplePlan([
    {
      type: 'aws_instance',
      before: { id: 'i-1' },
      after: {},
      unknown: { id: true },
      actions: ['delete', 'create'],
      more: { action_reason: 'replace_because_tainted' },
    },
    {
      type: 'aws_lb_target_group_attachment',
      before: { target_id: 'i-1' },
      after: {},
      unknown: { target_id: true },
      replacedBy: ['target_id'],
    },
  ]);
  expect(await returnsOf(text)).toEqual({ 'aws_instance.main': 'none', 'aws_lb_target_group_attachment.main': 'none' });
});
