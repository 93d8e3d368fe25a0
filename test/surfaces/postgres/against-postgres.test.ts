import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { useOneWasmTier } from '#src/store/wasm-tiers.ts';
import { migrationsOf } from '#src/surfaces/migrations.ts';
import { Catalog } from '#src/surfaces/postgres/catalog/catalog.ts';
import type { Language } from '#src/surfaces/postgres/catalog/language.ts';
import { roundTrip } from '#src/surfaces/postgres/catalog/round-trip.ts';
import { loadLanguage } from '#src/surfaces/postgres/language.ts';
import { catalogQuery } from '#src/systems/scratch-catalog-query.ts';

const earlier = `
  create type mood as enum ('sad', 'glad');
  create domain posint as int check (value > 0);
  create table a (id serial primary key, name varchar(20) not null default 'x', n int, at timestamptz default now(), m mood,
    big bigint default 0, flag boolean default 'f', price numeric(10,2) default '0', doc json, tags text[] default '{}', code char(3));
  create table b (id bigint generated always as identity primary key, a_id int references a (id) on delete cascade, t text, unique (a_id, t));
  create index b_t_idx on b (t);
  create unique index a_name_idx on a (lower(name)) where n > 0;
  create index a_mix on a (coalesce(n, id), big);
  alter table a add constraint positive check (n > 0);
  alter table a add constraint kinds check (name in ('x', 'y') or code is null);
  create view v as select id, name from a;
  create view v2 as select * from v;
  create materialized view mv as select m, count(*) from a group by m;
  create function f() returns trigger language plpgsql as $$ begin return new; end $$;
  create function g(x int, y text default 'q') returns int language sql as $$ select x $$;
  create trigger tr before insert on b for each row execute function f();
  create sequence s start 10 increment 2;
  create table p (id int, at date) partition by range (at);
  create table p1 partition of p for values from ('2020-01-01') to ('2021-01-01');
  create table c (k text primary key, a_id int not null, foreign key (a_id) references a);
  comment on table a is 'all of it';
  alter table b enable row level security;
  create policy pol on b using (t = current_user);
  grant select on a to public;
  create table par (x int);
  create table kid (y int) inherits (par);
`;

/** There and back: some restore what was there, some do not, some fail. */
const trips: readonly (readonly [string, string])[] = [
  ['alter table a rename to aa', 'alter table aa rename to a'],
  ['alter table a rename to aa', 'alter table a rename to aa'],
  ['alter table b rename column t to tt', 'alter table b rename column tt to t'],
  ['alter table b drop column t', 'alter table b add column t text'],
  ['alter table a alter column n type bigint', 'alter table a alter column n type int'],
  ['alter table a alter column big type int', 'alter table a alter column big type bigint'],
  ['alter table a alter column price type numeric(12,4)', 'alter table a alter column price type numeric(10,2)'],
  ['alter table a alter column code type text', 'alter table a alter column code type char(3)'],
  ['drop view v2', 'create view v2 as select * from v'],
  ['drop view v2', 'create view v2 as select id, name from v'],
  ['drop view v cascade', 'create view v as select id, name from a'],
  ['drop materialized view mv', 'create materialized view mv as select m, count(*) from a group by m'],
  ['drop table c', 'create table c (k text primary key, a_id int not null references a)'],
  ['drop table c', 'create table c (k text primary key, a_id int references a)'],
  ['drop index a_mix', 'create index a_mix on a using btree (coalesce(n, id) asc, big asc nulls last)'],
  ['drop index a_mix', 'create index a_mix on a (coalesce(n, id))'],
  ['alter table a drop constraint positive', 'alter table a add constraint positive check ((n) > 0)'],
  ['alter table a drop constraint positive', 'alter table a add check (n > 0)'],
  [
    'alter table b drop constraint b_a_id_fkey',
    'alter table b add foreign key (a_id) references a (id) on delete cascade',
  ],
  ['alter table b drop constraint b_a_id_fkey', 'alter table b add foreign key (a_id) references a (id)'],
  ['alter table b drop constraint b_a_id_t_key', 'alter table b add unique (a_id, t)'],
  ['alter table c drop constraint c_pkey', 'alter table c add primary key (k)'],
  ['alter table a alter column id drop default', "alter table a alter column id set default nextval('a_id_seq')"],
  ['drop sequence s', 'create sequence s start 10 increment 2'],
  ['drop sequence s', 'create sequence s increment 2'],
  ['drop function g', "create function g(x int, y text default 'q') returns int language sql as $$ select x $$"],
  ['drop function g', "create function g(x int, y text default 'q') returns int language sql as $$  select x $$"],
  ['drop trigger tr on b', 'create trigger tr before insert on b for each row execute function f()'],
  ['drop policy pol on b', 'create policy pol on b for all to public using (t = current_user)'],
  ['drop type mood', "create type mood as enum ('sad', 'glad')"],
  ["alter type mood add value 'calm'", ''],
  ["alter type mood rename value 'sad' to 'blue'", "alter type mood rename value 'blue' to 'sad'"],
  ['alter table a alter column n set not null', 'alter table a alter column n drop not null'],
  ['alter table a alter column name drop not null', ''],
  ['alter table a alter column flag set default true', "alter table a alter column flag set default 'f'"],
  ['alter table a alter column tags drop default', "alter table a alter column tags set default '{}'::text[]"],
  ['alter table b alter column id drop identity', 'alter table b alter column id add generated always as identity'],
  ['alter table b alter column id drop identity', 'alter table b alter column id add generated by default as identity'],
  ['alter sequence a_id_seq owned by none', 'alter sequence a_id_seq owned by a.id'],
  ['comment on table a is null', "comment on table a is 'all of it'"],
  ['revoke select on a from public', 'grant select on a to public'],
  ['alter table b disable row level security', 'alter table b enable row level security'],
  [
    'alter table p detach partition p1',
    "alter table p attach partition p1 for values from ('2020-01-01') to ('2021-01-01')",
  ],
  ['drop table p1', ''],
  ['create or replace view v as select id, name, n from a', 'create or replace view v as select id, name from a'],
  ['alter table a add unique (n)', 'alter table a drop constraint a_n_key'],
  ['alter table a add column z serial', 'alter table a drop column z'],
  ['create index on a (m)', 'drop index a_m_idx'],
  ['create table n1 (id serial primary key, a_id int references a, check (id > 0), unique (a_id))', 'drop table n1'],
  ['create table n1 (id int primary key); create table n2 (id int references n1)', 'drop table n1; drop table n2'],
  ['alter table a set unlogged', 'alter table a set logged'],
  ['alter table kid no inherit par', 'alter table kid inherit par'],
  ['alter domain posint drop constraint posint_check', 'alter domain posint add check (value > 0)'],
  ['alter domain posint drop constraint posint_check', ''],
  ['alter table a set (fillfactor = 70)', 'alter table a reset (fillfactor)'],
  ['alter table a replica identity full', 'alter table a replica identity default'],
  ['alter table b disable trigger tr', 'alter table b enable trigger tr'],
  ['create rule ru as on delete to c do instead nothing', 'drop rule ru on c'],
  ['alter function g(int,text) rename to gg', 'alter function gg(int,text) rename to g'],
  ['create extension if not exists plpgsql', ''],
  ['alter table a alter column name type varchar(40)', 'alter table a alter column name type varchar(20)'],
];

let server: PGlite;
let language: Language;
let before: string;
beforeAll(async () => {
  useOneWasmTier();
  language = await loadLanguage();
  server = await PGlite.create();
  await server.exec(earlier);
  before = (await schema()).toSorted().join();
});
afterAll(() => server.close());

const schema = async (): Promise<readonly string[]> =>
  (await server.query(catalogQuery)).rows.map((row) => JSON.stringify(row));

test.for(trips)('the server agrees on whether the schema comes back: %s / %s', async ([up, down]) => {
  await server.exec('begin');
  try {
    // What the server refuses on the way there is no migration.
    const isThere = await isDone(up);
    if (!isThere) return;
    const isBack = (await isDone(down === '' ? 'select 1' : down)) && (await schema()).toSorted().join() === before;
    expect(isRestored(up, down)).toBe(isBack);
  } finally {
    await server.exec('rollback');
  }
});

const isDone = (sql: string): Promise<boolean> =>
  server.exec(sql).then(
    () => true,
    () => false,
  );

function isRestored(up: string, down: string): boolean {
  const files = Object.entries({ '1_a.up.sql': earlier, '2_b.up.sql': up, '2_b.down.sql': down });
  const [first, second] = migrationsOf(files.map(([path, after]) => ({ path, after })));
  if (!first || !second) throw new Error('no migrations');
  const catalog = new Catalog();
  roundTrip(language, catalog, first, false);
  const { failure, differences } = roundTrip(language, catalog, second, true);
  return failure === undefined && differences.every(({ what }) => what === 'data');
}
