import { describe, expect, test } from 'vitest';

import { containersOf, podLabelsOf } from '#src/surfaces/manifest-pods.ts';
import { holdsManifests } from '#src/surfaces/manifests.ts';

import { pairsIn, readAll } from './read.ts';

const object = (kind: string, name: string, more = ''): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;

describe('objects are paired', () => {
  test('with what they were in the same file, whatever their order', async () => {
    const [a, b] = [object('Secret', 'a'), object('Secret', 'b')];
    const pairs = await pairsIn({ path: 'x.yaml', before: `${a}type: x\n---\n${b}`, after: `${b}type: y\n---\n${a}` });
    expect(pairs.map(({ before, after }) => [before?.name, after?.name])).toEqual([
      ['b', 'b'],
      ['a', 'a'],
    ]);
  });
  test('with what they were in another file of the change', async () => {
    const secret = object('Secret', 'a');
    const pairs = await pairsIn(
      { path: 'old.yaml', before: secret },
      { path: 'new.yaml', after: `${secret}type: x\n` },
    );
    expect(pairs).toHaveLength(1);
    expect([pairs[0]?.before?.path, pairs[0]?.after?.path]).toEqual(['old.yaml', 'new.yaml']);
  });
  test('when a kind moved to another group, or a namespace is written down', async () => {
    const of = (apiVersion: string, namespace: string): string =>
      `apiVersion: ${apiVersion}\nkind: Deployment\nmetadata: {name: web${namespace}}\n`;
    const pairs = await pairsIn({
      path: 'x.yaml',
      before: of('extensions/v1beta1', ''),
      after: of('apps/v1', ', namespace: shop'),
    });
    expect(pairs.map(({ before, after }) => [before?.group, after?.group])).toEqual([['apps', 'apps']]);
  });
  test('never across kinds, groups, or two namespaces that are written down', async () => {
    const pairs = await pairsIn({
      path: 'x.yaml',
      before: 'apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: one}\n',
      after: 'apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: two}\n',
    });
    expect(pairs.map(({ before, after }) => [before?.namespace, after?.namespace])).toEqual([
      [undefined, 'two'],
      ['one', undefined],
    ]);
  });
  test('one by one out of a list', async () => {
    const list = (type: string): string =>
      `apiVersion: v1\nkind: List\nitems:\n- ${object('Secret', 'a').replaceAll('\n', '\n  ')}\n- ${object('Secret', 'b', `type: ${type}\n`).replaceAll('\n', '\n  ')}\n`;
    const pairs = await pairsIn({ path: 'x.yaml', before: list('x'), after: list('y') });
    const last = pairs.find(({ after }) => after?.name === 'b')?.after;
    expect(last?.at('type')).toEqual({ path: 'x.yaml', line: 13, column: 3 });
  });
});

describe('only what changed is read', () => {
  test('a file that is the same yields nothing', async () => {
    expect((await readAll([{ path: 'x.yaml', before: 'a: [', after: 'a: [' }])).read.size).toBe(0);
  });
  test('a document that is the same is not parsed, even when it cannot be', async () => {
    const broken = 'kind: [\n---\n';
    const { read, faults } = await readAll([
      { path: 'x.yaml', before: broken + object('Secret', 'a'), after: broken + object('Secret', 'b') },
    ]);
    expect(faults).toEqual([]);
    expect(read.get('x.yaml')?.after?.manifests.map(({ name }) => name)).toEqual(['b']);
  });
  test('what else is there answers when it is asked', async () => {
    const { read } = await readAll([
      { path: 'a.yaml', before: object('Secret', 'a'), after: object('Secret', 'b') },
      { path: 'b.yaml', before: object('ConfigMap', 'c'), after: object('ConfigMap', 'c') },
    ]);
    const { tree } = read.get('a.yaml')?.after ?? {};
    expect(tree?.ofKind('ConfigMap').map(({ name }) => name)).toEqual(['c']);
    expect(tree?.textsWith('nothing')).toEqual([]);
  });
});

describe('positions', () => {
  const text = `# a comment\n---\n${object('Service', 'web', 'spec:\n  ports:\n    - port: 80\n      name: "http"\n')}`;
  test.for([
    [['kind'], 4, 1],
    [['metadata', 'name'], 6, 3],
    [['spec', 'ports', 0, 'name'], 10, 7],
    [['spec', 'ports', 0], 9, 7],
  ] as const)('%j stands at line %i, column %i', async ([steps, line, column]) => {
    const { read } = await readAll([{ path: 'x.yaml', after: text }]);
    expect(read.get('x.yaml')?.after?.manifests[0]?.at(...steps)).toEqual({ path: 'x.yaml', line, column });
  });
  test('what is not there stands where the nearest thing around it does', async () => {
    const { read } = await readAll([{ path: 'x.yaml', after: text }]);
    const at = (...steps: readonly (string | number)[]) => read.get('x.yaml')?.after?.manifests[0]?.at(...steps);
    expect(at('spec', 'selector', 'app')).toEqual(at('spec'));
    expect(at('spec', 'ports', 7, 'port')).toEqual(at('spec', 'ports'));
    expect(at('status')).toEqual({ path: 'x.yaml', line: 3, column: 1 });
  });
});

describe('what cannot be read is said, and the rest is read', () => {
  const valid = object('Secret', 'a');
  const laughs = Array.from({ length: 10 }, (_, n) => `a${n}: &a${n} [${`*a${n - 1}, `.repeat(10)}]`).slice(1);
  test.for([
    ['a key twice', 'apiVersion: v1\nkind: Secret\nkind: Secret\n', /duplicated/, 'x.yaml:3:1'],
    ['text that is not UTF-8', 'apiVersion: v1\nkind: \uFFFD\n', /UTF-8/, 'x.yaml:2:7'],
    ['a billion laughs', `a0: &a0 [x]\n${laughs.join('\n')}\n`, /aliases/, 'x.yaml:1:1'],
    ['nesting without end', `a: ${'['.repeat(5000)}`, /nesting/, /x.yaml:1:/],
    ['a value in itself', 'a: &a [*a]\n', /./, /x.yaml:1:/],
    ['a tag of somebody else', 'apiVersion: v1\nkind: !Ref x\n', /tag/, /x.yaml:2:/],
  ] as const)('%s', async ([, text, why, at]) => {
    const { read, faults } = await readAll([{ path: 'x.yaml', after: `${text}\n---\n${valid}` }]);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.code).toBe('invalid-input');
    expect(faults[0]?.message).toMatch(why);
    if (typeof at === 'string') expect(faults[0]?.at).toBe(at);
    else expect(faults[0]?.at).toMatch(at);
    expect(read.get('x.yaml')?.after?.manifests.map(({ name }) => name)).toEqual(['a']);
  });
  test('a template is no YAML, and no fault', async () => {
    const { read, faults } = await readAll([{ path: 'x.yaml', after: object('Service', '{{ .Release.Name }}') }]);
    expect(faults).toEqual([]);
    expect(read.get('x.yaml')?.after?.isTemplate).toBe(true);
  });
  test('braces in a text are no template', async () => {
    const { read } = await readAll([{ path: 'x.yaml', after: object('ConfigMap', 'a', 'data: {a: "{{ b }}"}\n') }]);
    expect(read.get('x.yaml')?.after).toMatchObject({ isTemplate: false, manifests: [{ name: 'a' }] });
  });
  test('a name such as __proto__ is a name like any other', async () => {
    const { read } = await readAll([
      { path: 'x.yaml', after: object('ConfigMap', 'a', 'data: {__proto__: {b: c}}\n') },
    ]);
    const manifest = read.get('x.yaml')?.after?.manifests[0];
    expect(manifest?.field('data', '__proto__', 'b')).toBe('c');
    expect(manifest?.field('data', 'constructor')).toBeUndefined();
    expect(({} as Record<string, unknown>)['b']).toBeUndefined();
  });
});

test('pods are found in workloads of every kind', async () => {
  const pod = '{metadata: {labels: {app: web}}, spec: {initContainers: [{name: a}], containers: [{name: b}]}}';
  for (const [kind, spec] of [
    ['Deployment', `{template: ${pod}}`],
    ['CronJob', `{jobTemplate: {spec: {template: ${pod}}}}`],
  ] as const) {
    const [pair] = await pairsIn({ path: 'x.yaml', after: object(kind, 'web', `spec: ${spec}\n`) });
    if (!pair?.after) throw new Error(kind);
    expect(containersOf(pair.after).map(({ value }) => value['name'])).toEqual(['a', 'b']);
    expect(podLabelsOf(pair.after)).toEqual({ app: 'web' });
  }
});

test('a file is recognised by its name and a look at it', () => {
  expect(holdsManifests('a.yaml', object('Secret', 'a'))).toBe(true);
  expect(holdsManifests('a.txt', object('Secret', 'a'))).toBe(false);
  expect(holdsManifests('a.yaml', 'a: b\n')).toBe(false);
});
