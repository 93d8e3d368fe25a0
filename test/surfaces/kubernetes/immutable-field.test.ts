import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';

import { immutableClusterKinds } from '#src/surfaces/kubernetes/immutable-cluster-kinds.ts';
import type { ImmutableKind } from '#src/surfaces/kubernetes/immutable-kind.ts';
import { immutableKinds } from '#src/surfaces/kubernetes/immutable-kinds.ts';
import { kubernetes } from '#src/surfaces/kubernetes/index.ts';

import { findingsOf } from '../manifests/read.ts';

const rows = [...immutableKinds, ...immutableClusterKinds].flatMap((row) =>
  row.fields.map((field) => ({ row, field })),
);

/** An object with a value at a path that is written with dots; a number is a place in a list. */
function withField(object: object, path: string, value: unknown): object {
  const [key = '', ...rest] = path.split('.');
  if (key === '0') return [rest.length === 0 ? value : withField({}, rest.join('.'), value)];
  const inner = (object as Record<string, unknown>)[key];
  const isList = rest[0] === '0';
  const next =
    rest.length === 0 ? value : withField(isList ? [] : ((inner as object | undefined) ?? {}), rest.join('.'), value);
  return { ...object, [key]: next };
}

const manifest = ({ group, kind, onlyWhen }: ImmutableKind, field: string, value: unknown): string => {
  const bare = { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata: { name: 'it' } };
  const conditioned = onlyWhen && onlyWhen.field !== field ? withField(bare, onlyWhen.field, onlyWhen.is) : bare;
  return stringify(withField(conditioned, field.replace('.*', '.anything'), value));
};

const immutable = async (before: string, after: string) =>
  (await findingsOf(kubernetes, { path: 'x.yaml', before, after })).filter(
    ({ rule }) => rule === 'kubernetes/immutable-field',
  );

describe('[L3.3] every field of the table is found', () => {
  test.for(rows)('$row.kind $field', async ({ row, field }) => {
    const isFlag = field === 'immutable';
    const before = manifest(row, field, isFlag ? true : { a: 'one' });
    const after = manifest(row, field, isFlag ? false : { a: 'two' });
    const [there, back] = [await immutable(before, after), await immutable(after, before)];
    expect(there).toHaveLength(1);
    expect(there[0]?.class).toBeDefined();
    expect(there[0]?.instead).not.toBe('');
    expect(back.map(({ message }) => message)).toEqual(there.map(({ message }) => message));
  });
  test.for(rows)('$row.kind $field, set or unset', async ({ row, field }) => {
    const before = manifest({ ...row }, 'metadata.labels', { a: 'one' });
    const conditioned = row.onlyWhen ? manifest(row, row.onlyWhen.field, row.onlyWhen.is) : before;
    const after = manifest(row, field, field === 'immutable' ? true : { a: 'two' });
    const [there, back] = [await immutable(conditioned, after), await immutable(after, conditioned)];
    if (field !== 'immutable') expect(there).toHaveLength(1);
    expect(back.map(({ message }) => message)).toEqual(there.map(({ message }) => message));
  });
});

test('swapped versions have the same findings, and an object has none against itself', async () => {
  const kinds = immutableKinds.map(({ group, kind }) => ({ group, kind }));
  const value = fc.oneof(
    fc.constantFrom('a', 'b', 'None', 'Local'),
    fc.boolean(),
    fc.integer({ min: 0, max: 3 }),
    fc.constant(undefined),
  );
  const spec = fc.dictionary(
    fc.constantFrom(
      'selector',
      'type',
      'clusterIP',
      'clusterIPs',
      'template',
      'completions',
      'completionMode',
      'parallelism',
      'volumeName',
      'containers',
      'externalTrafficPolicy',
      'replicas',
      'serviceName',
    ),
    value,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      spec,
      spec,
      fc.boolean(),
      async ({ group, kind }, one, other, isFixed) => {
        const of = (fields: object): string =>
          stringify({
            apiVersion: `${group}/v1`.replace(/^\//, ''),
            kind,
            metadata: { name: 'it' },
            spec: fields,
            immutable: isFixed,
          });
        const [there, back] = [await immutable(of(one), of(other)), await immutable(of(other), of(one))];
        expect(back.map(({ message }) => message).toSorted()).toEqual(there.map(({ message }) => message).toSorted());
        expect(await findingsOf(kubernetes, { path: 'x.yaml', before: of(one), after: `# moved\n${of(one)}` })).toEqual(
          [],
        );
      },
    ),
    { numRuns: 300 },
  );
});

const change = (kind: string, apiVersion: string, before: string, after: string) => {
  const of = (spec: string): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: it, namespace: shop}\nspec: {${spec}}\n`;
  return immutable(of(before), of(after));
};

describe('what the server allows is not found', () => {
  test.for([
    [
      'a default that is written down',
      'StatefulSet',
      'apps/v1',
      'serviceName: a',
      'serviceName: a, podManagementPolicy: OrderedReady',
    ],
    [
      'a claim that grows',
      'PersistentVolumeClaim',
      'v1',
      'resources: {requests: {storage: 1Gi}}',
      'resources: {requests: {storage: 2Gi}}',
    ],
    ['another image in a pod', 'Pod', 'v1', 'containers: [{name: a, image: b}]', 'containers: [{name: a, image: c}]'],
    [
      'an indexed job that scales',
      'Job',
      'batch/v1',
      'completionMode: Indexed, completions: 2, parallelism: 2',
      'completionMode: Indexed, completions: 4, parallelism: 4',
    ],
    ['an address that goes with ExternalName', 'Service', 'v1', 'clusterIP: 10.0.0.1', 'type: ExternalName'],
    ['a class of a service that is no load balancer', 'Service', 'v1', 'loadBalancerClass: a', 'loadBalancerClass: b'],
  ] as const)('%s', async ([, kind, apiVersion, before, after]) =>
    expect(await change(kind, apiVersion, before, after)).toEqual([]),
  );
});

test('a selector that the server had filled in is a question, another one is a refusal', async () => {
  const of = (apiVersion: string, selector: string): string =>
    `apiVersion: ${apiVersion}\nkind: Deployment\nmetadata: {name: web}\nspec: {${selector}template: {metadata: {labels: {app: web}}}}\n`;
  const before = of('extensions/v1beta1', '');
  const [same] = await immutable(before, of('apps/v1', 'selector: {matchLabels: {app: web}}, '));
  const [other] = await immutable(before, of('apps/v1', 'selector: {matchLabels: {app: shop}}, '));
  expect([same?.class, other?.class]).toEqual([undefined, 'reversible-with-manual-repair']);
  expect(same?.message).toContain('spec.selector');
});

test('[L5.1] what is lost when it is made anew depends on the kind', async () => {
  const classes = async (kind: string, apiVersion: string, before: string, after: string) =>
    (await change(kind, apiVersion, before, after)).map((one) => [one.class, one.classAfterWrites]);
  expect(await classes('PersistentVolumeClaim', 'v1', 'storageClassName: a', 'storageClassName: b')).toEqual([
    ['reversible-with-manual-repair', 'non-recoverable-without-restore'],
  ]);
  expect(await classes('Job', 'batch/v1', 'template: {a: 1}', 'template: {a: 2}')).toEqual([
    ['reversible-with-manual-repair', 'compensatable'],
  ]);
  const [set] = await change('StatefulSet', 'apps/v1', 'volumeClaimTemplates: [a]', 'volumeClaimTemplates: [b]');
  expect(set?.inverse).toBe('kubectl delete statefulset it -n shop --cascade=orphan, then apply the previous manifest');
  expect(set?.at).toEqual({ path: 'x.yaml', line: 4, column: 8 });
});
