import { expect, test } from 'vitest';

import type { Reading } from '#src/model/artifact.ts';
import type { Instant } from '#src/model/ids.ts';
import { assess } from '#src/pipeline/assess.ts';
import { exampleChange, examplePlan } from '#src/surfaces/plan/example-plan.ts';
import { plan } from '#src/surfaces/plan/index.ts';
import type { PlanArtifact } from '#src/surfaces/plan/read-plan.ts';

const now = '2027-01-01T00:00:00.000Z' as Instant;

const read = (text: string): Promise<readonly Reading<PlanArtifact>[]> =>
  Array.fromAsync(plan.read([{ path: 'plan.json', after: text }]));

const assessed = (text: string) => assess({ plan } as never, [{ path: 'plan.json', after: text }], now);

async function* inChunks(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function refused(text: string) {
  const readings = await read(text);
  const last = readings.at(-1);
  if (last === undefined || !('unread' in last)) throw new Error('it was read');
  return last.unread;
}

test('a resource that stays as it is is no artifact, one that changes is', async () => {
  const text = examplePlan([
    {
      type: 'aws_sns_topic',
      address: 'aws_sns_topic.same',
      before: { name: 'a' },
      after: { name: 'a' },
      actions: ['no-op'],
    },
    { type: 'aws_sns_topic', address: 'aws_sns_topic.new', after: { name: 'b' } },
  ]);
  expect((await read(text)).map(({ path }) => path)).toEqual(['aws_sns_topic.new']);
});

test('[L13.1] a deposed object has its own path, and the way back leaves it alone', async () => {
  const text = examplePlan([
    { type: 'aws_eip', address: 'aws_eip.a', before: { id: '1' }, more: { deposed: '8c1f2b3d' } },
  ]);
  expect(await read(text)).toMatchObject([{ path: 'aws_eip.a (deposed 8c1f2b3d)', returns: 'none' }]);
});

test('a stream is read like a text, cut anywhere', async () => {
  const text = examplePlan([{ type: 'aws_sns_topic', before: { name: 'ä' }, after: { name: 'öü€😀' } }]);
  const whole = await read(text);
  for (const size of [1, 2, 3, 7, 1000])
    expect(await Array.fromAsync(plan.read([{ path: 'plan.json', chunks: () => inChunks(text, size) }]))).toEqual(
      whole,
    );
});

test('an integer that no double holds is kept as it is written', async () => {
  const text = examplePlan([{ type: 'x_counter', before: { at: 1 }, after: { at: 2 } }])
    .replace('"at": 1', '"at": 9007199254740993')
    .replace('"at": 2', '"at": 9007199254740992');
  expect(await read(text)).toMatchObject([
    { after: { attributes: [{ path: 'at', before: 9007199254740993n, after: 9007199254740992n }] } },
  ]);
});

test('what was read before a fault stands, and the fault says where', async () => {
  const text = examplePlan([{ type: 'aws_eip', before: { id: '1' } }]);
  const cut = text.slice(0, text.lastIndexOf(']'));
  const readings = await read(cut.slice(0, cut.lastIndexOf('}') + 1));
  expect(readings).toHaveLength(1);
  expect(readings[0]).toMatchObject({ unread: { code: 'invalid-input', message: expect.stringContaining('cut off') } });
});

test('the advice of a fault is the command that makes a plan', async () => {
  expect((await refused('{"a": ')).advice).toContain('terraform show -json');
  expect((await refused('PK\u0003\u0004')).advice).toContain('terraform show -json');
  expect((await refused('{"values": {}}')).message).toContain('not a plan');
});

test('another major of the format is refused, and older ones are read', async () => {
  const text = examplePlan([{ type: 'aws_eip', before: { id: '1' } }]);
  expect((await refused(text.replace('"1.2"', '"2.0"'))).message).toContain('"2.0"');
  expect(await read(text.replace('"1.2"', '"0.2"'))).toHaveLength(1);
});

test('an element that is no change of a resource is refused at its line', async () => {
  const fault = await refused(
    '{"format_version":"1.2",\n"resource_changes":[\n{"address":"a","change":{"actions":["dance"]}}]}',
  );
  expect(fault).toMatchObject({ message: expect.stringContaining('"dance"'), at: 'plan.json:3:1' });
});

test('[L13.1] a plan that ended with an error, or covers a part, says so', async () => {
  const [errored] = (await assessed(examplePlan([], { errored: true }))).artifacts;
  expect(errored).toMatchObject({ path: 'plan.json', findings: [{ rule: 'plan/plan-incomplete' }] });
  expect((await assessed(examplePlan([], { complete: true, errored: false }))).artifacts).toEqual([]);
});

test('no value that is masked, and none that is not a setting, is in any finding', async () => {
  const secret = 'canary-5d41402a';
  const values = (extra: string) => ({
    password: `${secret}${extra}`,
    engine_version: `${secret}${extra}`,
    content: `${secret}${extra}`,
    tags: { [`${secret}-key${extra}`]: `${secret}${extra}` },
    policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: `${secret}${extra}`, Resource: secret }] }),
  });
  const types = [
    'aws_db_instance',
    'aws_s3_object',
    'aws_iam_policy',
    'random_password',
    'hcloud_volume',
    'aws_ssm_parameter',
  ];
  const masked = (element: ReturnType<typeof exampleChange>) => ({
    ...element,
    change: { ...(element['change'] as object), before_sensitive: true, after_sensitive: true },
  });
  const changes = types.flatMap((type) => [
    masked(exampleChange({ type, address: `${type}.a`, before: values('1'), after: values('2') })),
    masked(exampleChange({ type, address: `${type}.b`, before: values('1') })),
    masked(
      exampleChange({ type, address: `${type}.c`, before: values('1'), after: values('2'), replacedBy: ['password'] }),
    ),
  ]);
  const text = JSON.stringify({
    format_version: '1.2',
    variables: { password: { value: secret } },
    resource_drift: changes.slice(0, 3),
    resource_changes: changes,
    prior_state: { values: secret },
  });
  const assessment = await assessed(text);
  expect(assessment.artifacts.length).toBeGreaterThan(10);
  expect(JSON.stringify(assessment)).not.toContain('canary');
});

test('a password that nobody masked is not shown either', async () => {
  const text = examplePlan([
    { type: 'aws_db_instance', before: { password: 'hunter2' }, after: { password: 'hunter3' } },
  ]);
  expect(JSON.stringify(await assessed(text))).not.toContain('hunter');
});

test('a long plan is read as it comes, and says the same', async () => {
  const big = 'x'.repeat(200_000);
  const changes = Array.from({ length: 60 }, (_, i) => ({
    type: 'aws_msk_cluster',
    address: `aws_msk_cluster.c${i}`,
    before: { id: `c${i}`, kafka_version: '3.5.1', note: big },
    after: { id: `c${i}`, kafka_version: '3.6.0', note: big },
  }));
  const readings = await read(examplePlan(changes));
  expect(readings).toHaveLength(60);
  expect(readings.every((one) => 'returns' in one && one.returns === 'replace')).toBe(true);
  expect(readings.map(({ path }) => path)).toEqual(changes.map(({ address }) => address));
});
