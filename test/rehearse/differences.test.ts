import { expect, test } from 'vitest';

import { lossesBetween } from '#src/decide/rehearsed-data.ts';
import { differencesBetween } from '#src/decide/rehearsed.ts';
import type { Column, Row, Table } from '#src/model/scratch.ts';

const column = (name: string, number: number): Column => ({
  name,
  number,
  type: 'text',
  base: 'text',
  isArray: false,
  isNotNull: false,
  hasDefault: false,
  isGenerated: false,
  domainChecks: [],
});
const table = (name: string, columns: readonly string[], primaryKey: readonly string[] = [], id = name): Table => ({
  name,
  id,
  isPartitioned: false,
  columns: columns.map((one, i) => column(one, i + 1)),
  primaryKey,
  unique: [],
  references: [],
  checks: [],
  triggers: [],
});
const contents = (one: Table, rows: readonly Row[]) => ({ tables: [one], rows: new Map([[one.name, rows]]) });
const nothing = { tables: [], rows: new Map() };

const before = contents(table('t', ['id', 'a'], ['id']), [
  { id: '1', a: 'x' },
  { id: '2', a: null },
]);

test('the same is no loss, in whatever order, with whatever is new', () => {
  const now = contents(table('t', ['new', 'a', 'id'], ['id'], 't2'), [
    { id: '3', a: null, new: '' },
    { id: '2', a: null, new: '' },
    { id: '1', a: 'x', new: '' },
  ]);
  expect(lossesBetween(before, now)).toEqual([]);
});

test('tables, columns, rows and values are each looked for', () => {
  expect(lossesBetween(before, nothing)).toEqual([{ table: 't', kind: 'table', count: 2, of: 2 }]);
  expect(lossesBetween(before, contents(table('t', ['id'], ['id'], 'other'), [{ id: '1' }, { id: '2' }]))).toEqual([
    { table: 't', kind: 'column', column: 'a', count: 1, of: 2 },
  ]);
  expect(lossesBetween(before, contents(table('t', ['id', 'a'], ['id']), [{ id: '2', a: 'y' }]))).toEqual([
    { table: 't', kind: 'rows', count: 1, of: 2 },
    expect.objectContaining({ kind: 'values', column: 'a', count: 1, of: 1, sample: { before: null, after: 'y' } }),
  ]);
});

test('what was empty cannot be lost', () => {
  expect(lossesBetween(contents(table('t', ['a']), []), nothing)).toEqual([]);
  const dropped = contents(table('t', ['a'], [], 'o'), [{ a: '1' }]);
  expect(lossesBetween(contents(table('t', ['a', 'b']), [{ a: '1', b: null }]), dropped)).toEqual([]);
});

test('by its number a table or a column is known under another name', () => {
  const renamed = contents({ ...table('u', ['id', 'b'], ['id']), id: 't' }, [
    { id: '1', b: 'x' },
    { id: '2', b: null },
  ]);
  expect(lossesBetween(before, renamed)).toEqual([]);
});

test('rows with a new key are told by all the rest: the key is lost, not the rows', () => {
  const rekeyed = contents(table('t', ['id', 'a'], ['id']), [
    { id: '11', a: 'x' },
    { id: '12', a: null },
  ]);
  expect(lossesBetween(before, rekeyed)).toEqual([
    expect.objectContaining({ kind: 'values', column: 'id', count: 2, of: 2 }),
  ]);
});

test('without a key, as many equal rows must be there as there were', () => {
  const two = contents(table('t', ['a']), [{ a: 'x' }, { a: 'x' }]);
  expect(lossesBetween(two, contents(table('t', ['a']), [{ a: 'x' }]))).toEqual([
    { table: 't', kind: 'rows', count: 1, of: 2 },
  ]);
});

test('a value that may be a secret is not shown', () => {
  const secret = contents(table('t', ['id', 'api_token'], ['id']), [{ id: '1', api_token: 'abc' }]);
  const changed = contents(table('t', ['id', 'api_token'], ['id']), [{ id: '1', api_token: 'def' }]);
  expect(lossesBetween(secret, changed)).toHaveLength(1);
  expect(JSON.stringify(lossesBetween(secret, changed))).not.toMatch(/abc|def/);
});

test('the parts of a table that is missing are not said one by one', () => {
  const was = {
    'table public.t': 'r',
    'column public.t.id': 'integer',
    'index public.t_i': 'CREATE INDEX t_i ON public.t USING btree (id)',
    'sequence public.t_id_seq': 'integer owned by public.t.id',
    'view public.v': 'v SELECT 1',
  };
  expect(differencesBetween(was, { 'view public.v': 'v SELECT 2', 'type public.e': 'e' })).toEqual([
    { what: 'table public.t', problem: 'missing', before: 'r' },
    { what: 'type public.e', problem: 'left-over', after: 'e' },
    { what: 'view public.v', problem: 'changed', before: 'v SELECT 1', after: 'v SELECT 2' },
  ]);
});
