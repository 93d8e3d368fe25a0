import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import type { SourceFile } from '#src/model/artifact.ts';
import { Fault } from '#src/model/fault.ts';
import type { RuleFinding } from '#src/model/surface.ts';
import { migrationsOf } from '#src/surfaces/migrations.ts';
import { Catalog } from '#src/surfaces/postgres/catalog/catalog.ts';
import type { Language } from '#src/surfaces/postgres/catalog/language.ts';
import { roundTrip, type RoundTrip } from '#src/surfaces/postgres/catalog/round-trip.ts';
import { postgres } from '#src/surfaces/postgres/index.ts';
import { loadLanguage } from '#src/surfaces/postgres/language.ts';
import { noDown } from '#src/surfaces/postgres/no-down.ts';

let language: Language;
beforeAll(async () => {
  language = await loadLanguage();
});

const earlier = `
  create type mood as enum ('sad', 'glad');
  create table a (id serial primary key, name varchar(20) not null default 'x', n int, at timestamptz default now(), m mood);
  create table b (id bigint generated always as identity primary key, a_id int references a (id) on delete cascade, t text);
  create index b_t_idx on b (t);
  create unique index a_name_idx on a (lower(name)) where n > 0;
  alter table a add constraint positive check (n > 0);
  create view v as select id, name from a;
  create function f() returns trigger language plpgsql as $$ begin return new; end $$;
  create trigger tr before insert on a for each row execute function f();
`;

function trip(up: string, down: string): RoundTrip {
  const files: SourceFile[] = [
    { path: '1_earlier.up.sql', after: earlier },
    { path: '2_now.up.sql', after: up },
    { path: '2_now.down.sql', after: down },
  ];
  const catalog = new Catalog();
  const [first, second] = migrationsOf(files);
  if (!first || !second) throw new Error('no migrations');
  roundTrip(language, catalog, first, false);
  return roundTrip(language, catalog, second, true);
}

/** Each undoes what can be undone without losing anything. */
const statements = [
  'create table c (id serial primary key, a_id int references a, check (id > 0))',
  'alter table a add column extra text default 1',
  'alter table a add column other int not null default 0',
  'alter table b rename column t to u',
  'alter table b rename to bb',
  'alter table a alter column n set not null',
  'alter table a alter column name drop not null',
  'alter table a alter column name drop default',
  "alter table a alter column name set default 'y'",
  'alter table a alter column at drop default',
  'alter table a alter column n type bigint',
  'alter table b alter column t type varchar',
  'alter table a drop constraint positive',
  'alter table a add constraint small check (n < 100) not valid',
  'alter table a add constraint named unique (name, n)',
  'alter table b drop constraint b_a_id_fkey',
  'drop index b_t_idx',
  'drop index a_name_idx',
  'create index on a (n)',
  'create unique index on b (t)',
  'create view w as select * from b',
  'drop view v',
  'drop trigger tr on a',
  'create trigger tr2 after update on b for each row execute function f()',
  'create sequence s',
  "create type colour as enum ('red')",
  'alter table a enable row level security',
  'create policy p on a using (n > 0)',
  'alter table a set unlogged',
  'create extension pg_trgm',
  'create function g(x int) returns int language sql as $$ select x $$',
  'create or replace function f() returns trigger language plpgsql as $$ begin return old; end $$',
  'alter index b_t_idx rename to b_u_idx',
];

describe('the way back that is offered', () => {
  test.for(statements)('undoes exactly: %s', (up) => {
    expect(trip(up, inverseOf(up)).differences.map(({ what, name, facts }) => [what, name, facts])).toEqual([]);
  });

  test('[N1] of several statements undoes all of them, whatever their order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(statements, { maxLength: 6 }), (some) => {
        const up = some.join(';\n');
        // One that the server would refuse has no way back.
        fc.pre(trip('select 1', up).failure === undefined);
        const inverse = offered(up);
        if (inverse === undefined) return;
        const { differences, failure } = trip(up, inverse);
        expect({
          failure: failure?.why,
          differences: differences.map(({ what, name }) => `${what} ${name}`),
          up,
          inverse,
        }).toMatchObject({ failure: undefined, differences: [] });
      }),
      { numRuns: 300 },
    );
  });
});

function offered(up: string): string | undefined {
  const files = [
    { path: '1_earlier.up.sql', before: earlier, after: earlier },
    { path: '2_now.up.sql', after: up },
  ];
  const migrations = migrationsOf(files);
  const catalog = new Catalog();
  const [first, second] = migrations;
  if (!first || !second) throw new Error('no migrations');
  roundTrip(language, catalog, first, false);
  const gone = roundTrip(language, catalog, second, true);
  const places = { offsetAt: () => 0, positionAt: () => ({ line: 1, column: 1 }) };
  const [found] = [
    ...noDown.find({
      after: { ...gone, migration: second, isAfterOthers: true, places: { up: places, down: places } },
    }),
  ];
  return found?.inverse;
}
function inverseOf(up: string): string {
  const inverse = offered(up);
  if (inverse === undefined) throw new Error(`no inverse of ${up}`);
  return inverse;
}

/** What is wrong with a finding: words that are none, no place, or a place outside of its file. */
function faultsOf({ message, class: decides, at }: RuleFinding, files: readonly SourceFile[]): readonly string[] {
  const lines = files.find(({ path }) => path === at?.path)?.after?.split('\n') ?? [];
  const isInside = at === undefined || (at.line <= lines.length && at.column <= (lines[at.line - 1]?.length ?? 0) + 1);
  return [
    ...(/[\uE000\uE001]|undefined|\[object/.test(message) ? [message] : []),
    ...(decides !== undefined && !at ? ['no place'] : []),
    ...(isInside ? [] : [`${at?.path}:${at?.line}:${at?.column}`]),
  ];
}

describe('hostile input', () => {
  const words = fc.constantFrom(
    'alter table a ',
    'drop column n',
    'add column n int',
    'create table ',
    'drop table if exists a cascade',
    'x',
    '(',
    ')',
    ',',
    ';',
    "'",
    '"',
    '$$',
    '--',
    '/*',
    '\n',
    '\0',
    'é',
    '😀',
    'select ',
    'insert into a values ',
    'update a set n = ',
    'delete from a where ',
    ' or ',
    ' 1 ',
    'null',
    'do $$ begin ',
    'end $$',
    'create view v as ',
    'with q as (',
    'default ',
    'references ',
    'begin atomic ',
    'case ',
    'end',
    '-- migrate:up\n',
    '-- migrate:down\n',
    '\\set x\n',
    ':y',
    '{{ z }}',
    ...statements,
  );
  test('every finding stands in its file, and nothing but a fault comes out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 25 }), fc.array(words, { maxLength: 12 }), async (up, down) => {
        const files = [
          { path: 'm/1_a.up.sql', before: earlier, after: earlier },
          { path: 'm/2_b.up.sql', after: up.join('') },
          { path: 'm/2_b.down.sql', after: down.join('') },
        ];
        for await (const reading of postgres.read(files)) {
          if ('unread' in reading) {
            expect(reading.unread).toBeInstanceOf(Fault);
            continue;
          }
          for (const rule of postgres.rules)
            for (const finding of rule.find(reading)) expect(faultsOf(finding, files)).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });

  test.for([
    ['deep brackets', `select ${'('.repeat(20_000)}1${')'.repeat(20_000)};`],
    ['a long expression', `select ${'1+'.repeat(64_000)}1;`],
    [
      'a long line',
      `create table t (${Array.from({ length: 1000 }, (_, at) => `c${at} text default '${'x'.repeat(100)}'`).join(', ')});`,
    ],
    ['a query in a query', `create view v as ${'select x from ('.repeat(60)}select 1 as x${') q'.repeat(60)};`],
    ['many alternatives', 'update a set name = name || name;\n'.repeat(300)],
  ])('%s is answered in time', async ([, text = '']) => {
    const started = performance.now();
    for await (const reading of postgres.read([{ path: '1_a.sql', after: text }])) {
      if ('unread' in reading) continue;
      for (const rule of postgres.rules) expect([...rule.find(reading)].length).toBeLessThan(2000);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
