import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Fault } from '#src/model/fault.ts';
import type { Instant } from '#src/model/ids.ts';
import { assess } from '#src/pipeline/assess.ts';
import { exampleState } from '#src/surfaces/state/example-state.ts';
import { state } from '#src/surfaces/state/index.ts';
import { stateIn } from '#src/surfaces/state/state-file.ts';

const now = '2027-01-01T00:00:00.000Z' as Instant;

const path = 'terraform.tfstate';
const vpc = { type: 'aws_vpc' };
const database = { type: 'aws_db_instance', name: 'orders', attributes: { password: 'canary-1f3870be' } };

const findingsOf = async (before: string | undefined, after: string | undefined) => {
  const versions = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  const { artifacts } = await assess({ state } as never, [{ path, ...versions }], now);
  return artifacts.flatMap(({ findings }) => findings);
};

test('[L14.2] an old state that is restored says what the next plan would make and destroy', async () => {
  const findings = await findingsOf(exampleState(36, [vpc, database]), exampleState(18, [vpc, { type: 'aws_eip' }]));
  expect(findings[0]).toMatchObject({
    rule: 'state/goes-back',
    class: 'non-recoverable-without-restore',
    at: { path, line: 4 },
  });
  expect(findings[0]?.message).toContain('36 to 18');
  expect(findings[0]?.message).toContain('a second one of aws_db_instance.orders');
  expect(findings[0]?.message).toContain('destroys aws_eip.main');
});

test('[L14.2] a raised serial hides nothing when the lineage is another', async () => {
  const findings = await findingsOf(exampleState(3, [vpc], 'a1'), exampleState(99, [vpc], 'b2'));
  expect(findings.map(({ rule }) => rule)).toEqual(['state/lineage-changed']);
});

test('[L14.2] the next serial with the same objects is nothing to say', async () => {
  expect(await findingsOf(exampleState(3, [vpc]), exampleState(4, [vpc]))).toEqual([]);
});

test('a state that is deleted is forgotten, and its objects are offered as imports', async () => {
  const findings = await findingsOf(exampleState(3, [vpc]), undefined);
  expect(findings).toMatchObject([
    { rule: 'state/objects-vanished', inverse: expect.stringContaining('to = aws_vpc.main') },
  ]);
});

test('secrets are named and never shown', async () => {
  const findings = await findingsOf(undefined, exampleState(1, [database]));
  expect(findings.map(({ rule }) => rule)).toContain('state/secrets-in-clear');
  expect(JSON.stringify(findings)).not.toContain('canary');
});

test('what is marked sensitive is a secret, whatever its name is, also in an output', () => {
  const instances = [
    {
      index_key: 'a',
      schema_version: 1,
      attributes: { phrase: 'x' },
      sensitive_attributes: [[{ type: 'get_attr', value: 'phrase' }]],
    },
  ];
  const text = JSON.stringify({
    version: 4,
    serial: 1,
    lineage: 'a',
    outputs: { key: { value: 'x', sensitive: true }, url: { value: 'y' } },
    resources: [{ module: 'module.m', mode: 'managed', type: 'x_y', name: 'z', instances }],
  });
  const { objects, sensitiveOutputs } = stateIn(text, path);
  expect([...objects.values()]).toMatchObject([
    { address: 'module.m.x_y.z["a"]', schemaVersion: 1, secrets: ['phrase'] },
  ]);
  expect(sensitiveOutputs).toEqual(['key']);
});

test.for([
  ['{"version": 3, "serial": 1, "lineage": "a"}', 'format 4'],
  ['{"meta": {}, "encrypted_data": "QQ==", "encryption_version": "v0"}', 'encrypted'],
  ['{"version": 4', 'cut off'],
] as const)('%s is refused, with the position', async ([text, why]) => {
  const [finding] = await findingsOf(undefined, text);
  expect(finding).toMatchObject({ rule: 'state/unread', message: expect.stringContaining(why), at: { path, line: 1 } });
});

test('whatever the JSON is, nothing but a fault is thrown', () => {
  const keys = fc.constantFrom(
    'version',
    'serial',
    'lineage',
    'resources',
    'outputs',
    'instances',
    'mode',
    'type',
    'name',
    'attributes',
    'sensitive_attributes',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(4, 'managed', null, true, -1),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(keys, tie('any'), { maxKeys: 6 }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(keys, value, { maxKeys: 8 }), (root) => {
      try {
        stateIn(JSON.stringify({ version: 4, ...root }), path);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    }),
    { numRuns: 500 },
  );
});
