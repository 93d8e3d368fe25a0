import { expect, test } from 'vitest';

import type { Instant } from '#src/model/ids.ts';
import { assess } from '#src/pipeline/assess.ts';
import { exampleChange, examplePlan } from '#src/surfaces/plan/example-plan.ts';
import { plan } from '#src/surfaces/plan/index.ts';

const now = '2027-01-01T00:00:00.000Z' as Instant;

type Change = Parameters<typeof examplePlan>[0][number];

async function artifactOf(...changes: readonly Change[]) {
  const { artifacts } = await assess({ plan } as never, [{ path: 'plan.json', after: examplePlan(changes) }], now);
  const [first] = artifacts;
  if (!first) throw new Error('no artifact');
  return first;
}
const rulesOf = async (...changes: readonly Change[]) =>
  (await artifactOf(...changes)).findings.map(({ rule }) => rule);

test('[L13.1] create before destroy keeps no data, and the finding says so', async () => {
  const change = {
    type: 'aws_db_instance',
    before: { engine: 'a' },
    after: { engine: 'b' },
    actions: ['create', 'delete'],
  };
  const artifact = await artifactOf(change);
  expect(artifact).toMatchObject({ class: 'non-recoverable-without-restore', returns: 'replace', known: 'plan' });
  expect(artifact.findings[0]?.message).toContain('keeps no data');
});

test('[N2] a new table goes back until something is written to it', async () => {
  expect(await artifactOf({ type: 'aws_dynamodb_table', after: { name: 'a' } })).toMatchObject({
    class: 'fully-reversible',
    classAfterWrites: 'non-recoverable-without-restore',
    findings: [{ probe: expect.any(String), closedBy: 'the first write to it' }],
  });
});

test('[N7] the revert of a harmless version bump is a destroy', async () => {
  const artifact = await artifactOf({
    type: 'aws_msk_cluster',
    before: { kafka_version: '3.5.1' },
    after: { kafka_version: '3.6.0' },
  });
  expect(artifact).toMatchObject({ class: 'forward-only', returns: 'replace' });
  expect(artifact.findings[0]).toMatchObject({ rule: 'plan/way-back-replaces', at: { path: 'plan.json', line: 5 } });
});

const undoing: readonly (readonly [string, string, unknown, unknown])[] = [
  ['aws_db_instance', 'backup_retention_period', 7, 0],
  ['aws_db_instance', 'deletion_protection', true, false],
  ['aws_db_instance', 'skip_final_snapshot', false, true],
  ['aws_s3_bucket', 'force_destroy', false, true],
  ['aws_secretsmanager_secret', 'recovery_window_in_days', 30, 0],
  ['aws_kms_key', 'deletion_window_in_days', 30, 7],
  ['aws_cloudwatch_log_group', 'retention_in_days', 365, 7],
  ['google_storage_bucket', 'force_destroy', false, true],
  ['hcloud_server', 'delete_protection', true, false],
  ['azurerm_postgresql_flexible_server', 'backup_retention_days', 35, 7],
];
test.for(undoing)('[N6] %s: %s from %j to %j destroys an undo', async ([type, name, before, after]) => {
  const change = { type, before: { [name]: before } as never, after: { [name]: after } as never };
  const back = { type, before: change.after, after: change.before };
  const isUndo = (rule: string) => rule === 'plan/history-dropped' || rule === 'plan/protection-removed';
  expect((await rulesOf(change)).some(isUndo)).toBe(true);
  expect((await rulesOf(back)).some(isUndo)).toBe(false);
});

test('[N6] what takes backups or keeps versions is missed when it goes', async () => {
  for (const type of ['aws_backup_plan', 'aws_s3_bucket_versioning', 'azurerm_management_lock'])
    expect(await rulesOf({ type, before: { id: 'a' } })).toContain('plan/protection-removed');
});

test('[L29] a path to everybody is told from one to a neighbour', async () => {
  const rule = (cidr: string) => ({
    type: 'aws_vpc_security_group_ingress_rule',
    after: { cidr_ipv4: cidr, ip_protocol: 'tcp', from_port: 22, to_port: 22 },
  });
  expect(await artifactOf(rule('0.0.0.0/0'))).toMatchObject({ classAfterWrites: 'compensatable' });
  expect(await artifactOf(rule('10.1.0.0/16'))).toMatchObject({ classAfterWrites: 'fully-reversible' });
});

test('[L29] a group with inline rules is compared rule by rule', async () => {
  const rule = (cidr: string) => ({
    cidr_blocks: [cidr],
    from_port: 443,
    to_port: 443,
    protocol: 'tcp',
    description: '',
  });
  const artifact = await artifactOf({
    type: 'aws_security_group',
    before: { ingress: [rule('10.0.0.0/8'), rule('10.9.0.0/16')] },
    after: { ingress: [rule('10.0.0.0/8'), rule('::/0')] },
  });
  expect(artifact.findings.map(({ rule: id, message }) => `${id} ${message}`)).toEqual([
    'plan/network-opened aws_security_group.main opens a path to everybody: ::/0 to tcp 443.',
    expect.stringContaining('plan/network-cut aws_security_group.main cuts a path: 10.9.0.0/16 to tcp 443.'),
  ]);
});

test('[L28] a managed policy that goes is named', async () => {
  const artifact = await artifactOf({
    type: 'aws_iam_role_policy_attachment',
    before: { role: 'ci', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  });
  expect(artifact.findings[0]?.message).toContain('AdministratorAccess');
});

test('[L27] an object that changes its shape is offered the moved block', async () => {
  const bucket = { bucket: 'a', force_destroy: true };
  const text = examplePlan([
    {
      type: 'aws_s3_bucket',
      address: 'aws_s3_bucket.b',
      before: bucket,
      more: { action_reason: 'delete_because_wrong_repetition' },
    },
    { type: 'aws_s3_bucket', address: 'aws_s3_bucket.b["x"]', after: bucket },
  ]);
  const { artifacts } = await assess({ plan } as never, [{ path: 'plan.json', after: text }], now);
  const found = artifacts.flatMap(({ findings }) => findings).find(({ rule }) => rule === 'plan/moved-missing');
  expect(found?.instead).toContain('from = aws_s3_bucket.b, to = aws_s3_bucket.b["x"]');
});

test('what is judged by its name only says so', async () => {
  const artifact = await artifactOf({ type: 'scaleway_rdb_database', before: { id: 'a' } });
  expect(artifact).toMatchObject({ class: 'non-recoverable-without-restore', known: 'rule' });
  expect(artifact.findings[0]?.message).toContain('Judged by its name only');
});

test('what only the apply will tell is not said to be taken away, nor to be drift that is undone', async () => {
  const attachment = { policy_arn: 'arn:aws:iam::1:policy/read', attachment_count: 1 };
  const change = {
    type: 'aws_iam_role_policy_attachment',
    before: attachment,
    after: {},
    unknown: { policy_arn: true, attachment_count: true },
    replacedBy: ['policy_arn'],
  };
  const resource_drift = [
    exampleChange({ ...change, before: { ...attachment, attachment_count: 0 }, after: attachment }),
  ];
  const text = examplePlan([change], { resource_drift });
  const { artifacts } = await assess({ plan } as never, [{ path: 'plan.json', after: text }], now);
  expect(artifacts).toMatchObject([{ returns: 'replace', findings: [] }]);
});

test('long words that are no version are read in no time', async () => {
  const start = process.cpuUsage();
  await artifactOf({
    type: 'acme_thing',
    before: { text: 'a'.repeat(100_000) },
    after: { text: 'b'.repeat(100_000) },
    actions: ['update'],
  });
  expect(process.cpuUsage(start).user).toBeLessThan(3e6); // thirty letters took seconds before, and each one more twice as long
});
