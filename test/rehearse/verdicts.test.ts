import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ScratchServer } from '#src/model/scratch.ts';
import { rehearse } from '#src/pipeline/rehearse.ts';
import { migrationsOf } from '#src/surfaces/migrations.ts';

import { embedded, lastRehearsed, type Pair, rulesOf } from './rehearsed.ts';

let server: ScratchServer;
beforeAll(async () => {
  server = await embedded();
});
afterAll(() => server.close());

const users: Pair = [
  'create table users (id serial primary key, email text not null, nick varchar(20), unique (email));',
  'drop table users;',
];

test('[N1] what comes back whole is fully reversible, and known by rehearsal', async () => {
  const back = await lastRehearsed(server, [users, ['create index on users (nick);', 'drop index users_nick_idx;']]);
  expect(back).toMatchObject({
    class: 'fully-reversible',
    classAfterWrites: 'fully-reversible',
    known: 'rehearsal',
    findings: [],
    rehearsal: { up: 'ran', down: 'ran', upAgain: 'ran', schema: [], data: [], rows: { tables: 1, rows: 3 } },
  });
});

test('[N1] a column that the up drops is lost with its values, and the finding says in how many rows', async () => {
  const lost = await lastRehearsed(server, [
    users,
    ['alter table users drop column nick;', 'alter table users add column nick varchar(20);'],
  ]);
  expect(lost.class).toBe('non-recoverable-without-restore');
  expect(lost.rehearsal?.data).toEqual([
    expect.objectContaining({ table: 'public.users', column: 'nick', kind: 'values', count: 2, of: 3, toNull: 2 }),
  ]);
  expect(lost.findings[0]).toMatchObject({
    rule: 'rehearsal/data-lost',
    at: { path: '2_step.up.sql', line: 1, column: 1 },
  });
});

test('[N1] a renamed table or column is not lost, only not brought back', async () => {
  const renamed = await lastRehearsed(server, [users, ['alter table users rename column nick to name;', 'select 1;']]);
  expect(renamed.class).toBe('reversible-with-manual-repair');
  expect(renamed.rehearsal?.data).toEqual([]);
  expect(rulesOf(renamed)).toEqual(
    expect.arrayContaining(['rehearsal/schema-missing', 'rehearsal/schema-left-over', 'rehearsal/old-application']),
  );
});

test('[N1] what the down leaves behind or forgets is named, with the statement that makes up for it', async () => {
  const left = await lastRehearsed(server, [
    [`${users[0]} create index nicks on users (nick);`, 'drop table users;'],
    ['drop index nicks; create table extra (id int);', 'select 1;'],
  ]);
  expect(left.class).toBe('reversible-with-manual-repair');
  expect(left.findings.map(({ rule, inverse }) => [rule, inverse])).toEqual([
    ['rehearsal/schema-missing', 'CREATE INDEX nicks ON public.users USING btree (nick);'],
    ['rehearsal/schema-left-over', 'DROP TABLE public.extra;'],
    ['rehearsal/up-fails-again', undefined],
  ]);
});

test('[N1] a down that fails says why and where; it is worse when the up destroyed data', async () => {
  const fails = await lastRehearsed(server, [users, ['select 1;', 'select 1;\n  drop table nobody;']]);
  expect(fails.class).toBe('reversible-with-manual-repair');
  expect(fails.findings[0]).toMatchObject({ rule: 'rehearsal/down-fails', at: { path: '2_step.down.sql', line: 1 } });
  const worse = await lastRehearsed(server, [users, ['delete from users;', 'drop table nobody;']]);
  expect(worse.class).toBe('non-recoverable-without-restore');
});

test('[N1] without a down it is judged by what the up destroyed', async () => {
  expect((await lastRehearsed(server, [users, ['create table more (id int);']])).class).toBe(
    'reversible-with-manual-repair',
  );
  const gone = await lastRehearsed(server, [users, ['drop table users;']]);
  expect(gone.class).toBe('non-recoverable-without-restore');
  expect(rulesOf(gone)).toContain('rehearsal/data-destroyed');
});

test('[N1] rows written into the new schema are discarded by the down: a window, with its probe', async () => {
  const window = await lastRehearsed(server, [
    users,
    ['alter table users add column phone text;', 'alter table users drop column phone;'],
  ]);
  expect(window).toMatchObject({
    class: 'fully-reversible',
    classAfterWrites: 'reversible-with-compatibility-window',
    rehearsal: {
      afterWrites: { down: 'ran', discarded: [{ table: 'public.users', column: 'phone', count: 1, of: 2 }] },
    },
  });
  expect(window.findings[0]?.probe).toBe('SELECT count(*) FROM public.users WHERE "phone" IS NOT NULL;');
});

test('[N1] a wider type closes the door once the new version has used it', async () => {
  const wider = await lastRehearsed(server, [
    ['create table orders (id int primary key, amount int not null);', 'drop table orders;'],
    ['alter table orders alter amount type bigint;', 'alter table orders alter amount type int;'],
  ]);
  expect(wider.class).toBe('fully-reversible');
  expect(wider.classAfterWrites).toBe('reversible-with-manual-repair');
  expect(rulesOf(wider)).toEqual(['rehearsal/down-fails-after-writes']);
});

test('[L15.2] what the application of before cannot do on the new schema is said, and does not change the class', async () => {
  const refused = await lastRehearsed(server, [
    users,
    [
      "alter table users add column phone text not null default ''; alter table users alter phone drop default;",
      'alter table users drop column phone;',
    ],
  ]);
  expect(refused.class).toBe('fully-reversible');
  expect(refused.rehearsal?.oldApplication).toEqual([
    expect.stringMatching(/refused by table public.users: null value in column "phone"/),
  ]);
  const same = await lastRehearsed(server, [
    users,
    ['alter table users add column phone text;', 'alter table users drop column phone;'],
  ]);
  expect(same.rehearsal?.oldApplication).toEqual([]);
});

test('[L15.2] one row of before that is refused now is enough', async () => {
  const strict = await lastRehearsed(server, [
    users,
    [
      "update users set nick = 'none' where nick is null; alter table users alter nick set not null;",
      'alter table users alter nick drop not null;',
    ],
  ]);
  expect(strict.rehearsal?.oldApplication).toEqual([expect.stringMatching(/null value in column "nick"/)]);
});

test('[N1] what runs on empty tables only is not called safe once there are rows', async () => {
  const empty = await lastRehearsed(server, [
    users,
    ['alter table users add column phone text not null;', 'alter table users drop column phone;'],
  ]);
  expect(empty).toMatchObject({
    class: 'fully-reversible',
    classAfterWrites: 'reversible-with-manual-repair',
    rehearsal: { rows: { made: 'none' } },
  });
  expect(rulesOf(empty)).toContain('rehearsal/without-rows');
});

test('rows with NULL where it may be are among those that are looked for afterwards', async () => {
  const nulls = await lastRehearsed(server, [users, ['delete from users where nick is null;', 'select 1;']]);
  expect(nulls.rehearsal?.data).toEqual([{ table: 'public.users', kind: 'rows', count: 1, of: 3 }]);
});

test('the time of the last change, set by a trigger, is not missed', async () => {
  const touched = await lastRehearsed(server, [
    [
      `create table notes (id int primary key, body text, changed timestamp);
       create function touch() returns trigger language plpgsql as $$ begin new.changed := now(); return new; end $$;
       create trigger touch before update on notes for each row execute function touch();`,
    ],
    ["update notes set body = body || '!';", "update notes set body = rtrim(body, '!');"],
  ]);
  expect(touched.class).toBe('fully-reversible');
  expect(touched.rehearsal?.data).toEqual([expect.objectContaining({ kind: 'touched', column: 'changed' })]);
});

test('a migration in code is not run, and that does not reassure; what it says in SQL is there for the next', async () => {
  const files = [
    { path: 'migrations/1_a.up.go', after: 'package m\nfunc up() { tx.Exec(`create table a (id int)`) }' },
    { path: 'migrations/2_b.up.sql', after: 'alter table a add column b int;' },
    { path: 'migrations/2_b.down.sql', after: 'alter table a drop column b;' },
  ];
  const { artifacts } = await rehearse(server, migrationsOf(files), { signal: new AbortController().signal });
  expect(artifacts.map((one) => [one.class, one.known])).toEqual([
    ['reversible-with-manual-repair', 'rule'],
    ['fully-reversible', 'rehearsal'],
  ]);
});
