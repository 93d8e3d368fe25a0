import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Scratch, ScratchServer } from '#src/model/scratch.ts';
import { type Filled, filler, type Wanted } from '#src/pipeline/rehearse-rows.ts';

import { embedded, lastRehearsed } from './rehearsed.ts';

let server: ScratchServer;
let scratch: Scratch;
beforeAll(async () => {
  server = await embedded(['select null::citext, null::hstore, null::ltree;']);
  scratch = await server.open();
});
afterAll(() => server.close());

/** Fills the tables of a schema that is made for this, and answers what came of it and the rows. */
async function filled(schema: string, style: Wanted['style'] = 'varied') {
  const made = await scratch.run(`begin; ${schema}`);
  if ('failed' in made) throw new Error(made.failed.message);
  try {
    const tables = await scratch.tables();
    const result: Filled = await filler()(scratch, tables, { style, first: 1, count: 3, how: 'loaded' });
    return { result, rows: await scratch.rows(tables) };
  } finally {
    await scratch.run('rollback');
  }
}

const types =
  `bit(3) bool box bytea char(4) varchar(2) text name cidr circle date float4 float8 inet int2 int4 int8 interval
  json jsonb line lseg macaddr macaddr8 money numeric numeric(3,2) numeric(2,0) path pg_lsn point polygon time timetz timestamp
  timestamptz tsquery tsvector uuid varbit(5) int4range int8range numrange daterange tsrange tstzrange int4multirange
  datemultirange text[] int[] numeric(4,1)[] oid "char"`.split(/\s+/);

test('a row can be made for every type, alone and in an array', async () => {
  const columns = types.map((type, i) => `c${i} ${type} not null, a${i} ${type.replace('[]', '')}[] not null`);
  const { result } = await filled(`create table every (id serial primary key, ${columns.join(', ')});`);
  expect(result).toEqual({ tables: 1, rows: 3, empty: {}, refused: {} });
});

test('types of extensions, domains, enums and ranges of its own are filled, a composite type is said to be impossible', async () => {
  const { result } = await filled(`create extension citext; create extension hstore; create extension ltree;
    create domain short as varchar(5) not null check (length(value) > 3); create type kind as enum ('x', 'y');
    create type pair as (a int, b int);
    create table a (id int primary key, c citext not null, h hstore not null, l ltree not null, s short, k kind[] not null);
    create table b (id int primary key, p pair not null);`);
  expect(result.empty).toEqual({ 'public.b': 'no value can be made for column p of type public.pair' });
  expect(result.rows).toBe(4); // every label twice
});

test('conditions are satisfied together: one column or the other, a length, a pattern, one of a list, an order', async () => {
  const { result, rows } = await filled(`create table c (
      id int primary key, a text, b text, hash text not null check (length(hash) = 32), mail text not null check (mail like '%@%'),
      state text not null check (state in ('open', 'closed')), low int not null, high int not null, share numeric not null check (share between 0 and 1),
      check (num_nonnulls(a, b) = 1), check (low < high));`);
  expect(result).toEqual({ tables: 1, rows: 3, empty: {}, refused: {} });
  expect(new Set(rows.get('public.c')?.map((row) => row['state']))).toEqual(new Set(['open', 'closed']));
});

test('references hold: to itself, in a circle, over two columns, and to a partitioned table', async () => {
  const { result, rows } = await filled(`
    create table tree (id int primary key, parent int not null references tree);
    create table x (id int primary key); create table y (id int primary key, x int not null references x);
    alter table x add y int not null references y;
    create table parts (at date not null, n int not null, primary key (at, n)) partition by range (at);
    create table parts_2031 partition of parts for values from ('2031-01-01') to ('2032-01-01');
    create table wide (id int primary key, at date not null, n int not null, foreign key (at, n) references parts);`);
  expect(result.empty).toEqual({});
  expect(rows.get('public.x')?.map((row) => row['y'])).toEqual(rows.get('public.y')?.map((row) => row['id']));
  expect(rows.get('public.wide')?.map((row) => row['at'])).toEqual(rows.get('public.parts')?.map((row) => row['at']));
});

test('what a trigger refuses, and what then has no parent, is said', async () => {
  const { result } =
    await filled(`create table p (id int primary key); create table q (id int primary key, p int not null references p);
    create function no() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$;
    create trigger no before insert on p for each row execute function no();`);
  expect(result.empty).toEqual({
    'public.p': 'not today',
    'public.q': 'the table public.p, to which it refers, has no row',
  });
});

test.each(['varied', 'varied-filled', 'coherent', 'coherent-filled', 'sparse'] as const)(
  'rows that are %s hold NULL where they may, and nowhere else',
  async (style) => {
    const { rows } = await filled('create table n (id int primary key, a text, b int not null);', style);
    const nulls = rows.get('public.n')?.filter((row) => row['a'] === null).length;
    expect(nulls).toBe({ varied: 1, 'varied-filled': 0, coherent: 1, 'coherent-filled': 0, sparse: 3 }[style]);
    expect(rows.get('public.n')?.every((row) => row['b'] !== null)).toBe(true);
  },
);

const name = fc.constantFrom('a', 'b c', 'Große', 'select', 'd"e', 'x.y');
const type = fc.constantFrom('int', 'text', 'varchar(7)', 'jsonb', 'timestamptz', 'uuid', 'bool[]', 'numeric(6,2)');
const quoted = (one: string): string => `"${one.replaceAll('"', '""')}"`;

test('[N1] what only adds, with a down that takes exactly that away, comes back whatever the names and types are', async () => {
  const arbitrary = fc.uniqueArray(fc.tuple(name, type), { selector: ([one]) => one, minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(name, arbitrary, async (table, [key, ...columns]) => {
      const [old, ...added] = columns;
      const of = quoted(table);
      const back = await lastRehearsed(server, [
        [`create table ${of} (${quoted(key?.[0] ?? '')} int primary key, ${quoted(old?.[0] ?? '')} ${old?.[1]});`],
        [
          `${added.map(([one, its]) => `alter table ${of} add ${quoted(one)} ${its};`).join('\n')} create table added (id int);`,
          `${added.map(([one]) => `alter table ${of} drop ${quoted(one)};`).join('\n')} drop table added;`,
        ],
      ]);
      expect(back.class).toBe('fully-reversible');
    }),
    { numRuns: 12 },
  );
}, 60_000);
