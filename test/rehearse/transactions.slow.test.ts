import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ScratchServer } from '#src/model/scratch.ts';

import { embedded, lastRehearsed, type Pair, rehearsed, rulesOf } from './rehearsed.ts';

let server: ScratchServer;
beforeAll(async () => {
  server = await embedded(['create extension citext;'], 3000);
});
afterAll(() => server.close());

const moods: Pair = [
  "create type mood as enum ('good', 'bad'); create table days (id int primary key, mood mood not null);",
  'drop table days; drop type mood;',
];

test('a label that is added can be used by the rows written in between', async () => {
  const labels = await lastRehearsed(server, [moods, ["alter type mood add value 'so so';", '']]);
  expect(labels.rehearsal).toMatchObject({ up: 'ran', down: 'ran', afterWrites: { down: 'ran', rows: 2 } });
  expect(labels.findings[0]?.message).toMatch(
    /^After the down type public.mood is not what it was: e 'good', 'bad' owner/,
  );
});

test('every label of an enum is in some row', async () => {
  const deleted = await lastRehearsed(server, [moods, ["delete from days where mood = 'bad';", '']]);
  expect(deleted.rehearsal?.data).toEqual([{ table: 'public.days', kind: 'rows', count: 2, of: 4 }]);
});

test('an index is made and dropped concurrently, outside of a transaction', async () => {
  const all = await rehearsed(
    server,
    [moods, ['create index concurrently by_mood on days (mood);', 'drop index concurrently by_mood;']],
    '.autocommit',
  );
  expect(all.map((one) => one.class)).toEqual(['fully-reversible', 'fully-reversible']);
});

test('what cannot run in the transaction that its tool opens is found to fail', async () => {
  const fails = await lastRehearsed(server, [moods, ['create index concurrently by_mood on days (mood);', '']]);
  expect(rulesOf(fails)).toContain('rehearsal/up-fails');
  expect(fails.findings[0]?.message).toMatch(/cannot run inside a transaction block/);
});

test('a text with its own BEGIN and COMMIT commits nothing of the rehearsal', async () => {
  const all = await rehearsed(server, [
    moods,
    ['begin; alter table days add column note text; commit;', 'begin; alter table days drop column note; commit;'],
    ['alter table days add column extra text;', 'alter table days drop column extra;'],
  ]);
  expect(all.map((one) => one.class)).toEqual(['fully-reversible', 'fully-reversible', 'fully-reversible']);
});

test('what is put off until the end of a transaction is checked there', async () => {
  const deferred = await lastRehearsed(server, [
    [
      'create table a (id int primary key); create table b (id int primary key, a int not null references a deferrable initially deferred);',
    ],
    ['insert into b values (1, 999);', 'delete from b where id = 1;'],
  ]);
  expect(deferred.findings[0]?.message).toMatch(/violates foreign key constraint/);
});

test('a setting, a role or a temporary table of one text is gone in the next', async () => {
  const session = await lastRehearsed(server, [
    moods,
    [
      'create temp table kept (id int); set search_path = pg_catalog; create table public.more (id int);',
      'create temp table kept (id int); drop table more;',
    ],
  ]);
  expect(session.class).toBe('fully-reversible');
});

test('a statement that does not end is stopped, and what comes after it is rehearsed all the same', async () => {
  const all = await rehearsed(server, [
    moods,
    ['do $$ begin loop end loop; end $$;', ''],
    ['alter table days add column note text;', 'alter table days drop column note;'],
  ]);
  expect(all.map((one) => one.class)).toEqual([
    'fully-reversible',
    'reversible-with-manual-repair',
    'fully-reversible',
  ]);
  expect(all[1]?.findings[0]?.message).toMatch(/it took longer than 3 s/);
}, 30_000);

test('an extension that the texts use and a role that they speak of are made before them, and that is said', async () => {
  const made = await lastRehearsed(server, [
    ['create table t (id int primary key, name citext); grant select on t to reader;', 'drop table t;'],
  ]);
  expect(made.class).toBe('fully-reversible');
  expect(made.findings.filter((one) => one.rule === 'rehearsal/made-before').map((one) => one.message)).toEqual([
    'No migration makes the extension "citext": it was made before this one, as somebody has to.',
    'No migration makes the role "reader": it was made before this one, as somebody has to.',
  ]);
});

test('nothing of the host can be reached', async () => {
  const reach = await lastRehearsed(server, [["copy (select 1) to program 'id';", '']]);
  expect(reach.findings[0]?.message).toMatch(/ended the embedded PostgreSQL/);
  const [read] = await rehearsed(server, [["create table lines (line text); copy lines from '/etc/passwd';", '']]);
  expect(read?.findings[0]?.message).toMatch(/could not open file/);
});
