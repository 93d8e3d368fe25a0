import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Json } from '#src/model/json.ts';
import { crd } from '#src/surfaces/crd/index.ts';
import { fieldsOnlyIn } from '#src/surfaces/crd/schema.ts';
import { demandsOf, limitsOf } from '#src/surfaces/crd/stricter.ts';
import type { Fields } from '#src/surfaces/manifest.ts';

import { findingsOf } from '../manifests/read.ts';

const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const schema = fc.letrec<{ schema: Fields }>((tie) => ({
  schema: fc.record(
    {
      type: fc.constantFrom('object', 'string', 'integer', 'array'),
      maximum: fc.integer({ min: 0, max: 9 }),
      minLength: fc.integer({ min: 0, max: 9 }),
      enum: fc.array(fc.constantFrom<Json>('x', 'y', 1, null), { maxLength: 3 }),
      required: fc.uniqueArray(key),
      nullable: fc.boolean(),
      pattern: fc.constantFrom('^a', '^b'),
      'x-kubernetes-preserve-unknown-fields': fc.boolean(),
      properties: fc.dictionary(key, tie('schema'), { maxKeys: 3, depthIdentifier: 'schema' }),
      items: fc.oneof({ depthSize: 'small', depthIdentifier: 'schema' }, fc.constant({}), tie('schema')),
    },
    { requiredKeys: [] },
  ),
})).schema;

test('[L19.1] a schema has no field more than itself, and refuses nothing that it lets through', () => {
  fc.assert(
    fc.property(schema, (one) => {
      expect([...fieldsOnlyIn(one, one)]).toEqual([]);
      expect([...demandsOf(one, one, 'it'), ...limitsOf(one, one, 'it')]).toEqual([]);
    }),
  );
});

test('[L19.1] every field that is added to a closed schema is found once, where it was added', () => {
  const closed = fc.constantFrom<readonly string[]>([], ['a'], ['a', 'b'], ['b', 'c', 'a']);
  fc.assert(
    fc.property(closed, (path) => {
      const around = (inner: Fields): Fields =>
        path.reduceRight<Fields>((within, step) => ({ type: 'object', properties: { [step]: within } }), inner);
      const before = around({ type: 'object', properties: { old: { type: 'string' } } });
      const after = around({
        type: 'object',
        properties: { old: { type: 'string' }, new: { type: 'object', properties: { deep: {} } } },
      });
      expect([...fieldsOnlyIn(before, after)].map(({ field }) => field)).toEqual([`.${[...path, 'new'].join('.')}`]);
      expect([...fieldsOnlyIn(after, before)]).toEqual([]);
    }),
  );
});

const version = (name: string, isStored: boolean, fields = ''): string =>
  `  - {name: ${name}, served: true, storage: ${String(isStored)}, schema: {openAPIV3Schema: {type: object, properties: {${fields}}}}}\n`;
const definition = (...versions: readonly string[]): string =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Widget, plural: widgets}\n  versions:\n${versions.join('')}`;
const rules = async (before: string, after: string) =>
  new Set((await findingsOf(crd, { path: 'crd.yaml', before, after })).map(({ rule }) => rule));

describe('[L19.1] the steps that are safe are told apart from those that are not', () => {
  const [one, both, moved, two] = [
    definition(version('v1', true)),
    definition(version('v1', true), version('v2', false)),
    definition(version('v1', false), version('v2', true)),
    definition(version('v2', true)),
  ];
  test('a version that is added and not stored can go again', async () =>
    expect([...(await rules(one, both))]).toEqual([]));
  test('moving the storage to a version that is already there has a window', async () =>
    expect([...(await rules(both, moved))]).toEqual(['crd/storage-moves']));
  test('moving it to one that is new has no way back', async () =>
    expect(await rules(one, moved)).toContain('crd/stored-version-missing'));
  test('taking the old one away closes the window', async () =>
    expect([...(await rules(moved, two))]).toEqual(['crd/version-withdrawn']));
});

test('a definition that keeps unknown fields prunes nothing: the class is milder, and it says so', async () => {
  const first = (fields: string): string =>
    `apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nmetadata: {name: a.example.com}\nspec: {version: v1, validation: {openAPIV3Schema: {properties: {${fields}}}}}\n`;
  const found = async (before: string, after: string) =>
    (await findingsOf(crd, { path: 'crd.yaml', before, after })).find(
      ({ rule }) => rule === 'crd/rollback-prunes-fields',
    );
  const kept = await found(first('a: {}'), first('a: {}, b: {}'));
  const pruned = await found(definition(version('v1', true, 'a: {}')), definition(version('v1', true, 'a: {}, b: {}')));
  expect([kept?.classAfterWrites, pruned?.classAfterWrites]).toEqual([
    'reversible-with-manual-repair',
    'non-recoverable-without-restore',
  ]);
  const column = version('v1', true, 'a: {}, b: {}').indexOf('b: {}') + 1;
  expect(pruned?.at).toEqual({ path: 'crd.yaml', line: 9, column });
});
