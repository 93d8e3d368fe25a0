import { createHash } from 'node:crypto';

import { Client } from 'pg';
import { expect, test } from 'vitest';

import type { Hash } from '#src/model/ids.ts';
import { rehearsedText } from '#src/model/rehearsal.ts';
import type { ReversibilityClass } from '#src/model/reversibility.ts';
import { runMigration } from '#src/operations/postgres/run-migration.ts';
import { rehearse } from '#src/pipeline/rehearse.ts';
import { migrationsOf } from '#src/surfaces/migrations.ts';
import { scratchPostgres } from '#src/systems/scratch-postgres.ts';

import { obeysTheLaws } from '../../laws/obeys-the-laws.ts';
import { reachOf } from '../../laws/reach.ts';
import { clientOf, type Database, fresh, onEveryMajor } from './database.ts';

const pair = {
  up: "create table orders (id int primary key, state text not null default 'new'); insert into users values (1);",
  down: 'drop table orders; delete from users where id = 1;',
};
const hashOf = (of: typeof pair, found: ReversibilityClass, classAfterWrites: ReversibilityClass): Hash =>
  `sha256:${createHash('sha256')
    .update(rehearsedText({ ...of, class: found, classAfterWrites }))
    .digest('hex')}`;
const paramsOf = (database: string, of = pair) => ({
  ...of,
  database,
  rehearsed: hashOf(of, 'fully-reversible', 'fully-reversible'),
  lossAccepted: false,
  lockTimeout: 1,
});

/** A database of its own, with a role that may make tables in it and nothing else. */
async function migrationWorld({ ask, url }: Database) {
  const [database, operator, makers] = [fresh('app'), fresh('migrator'), fresh('makers')];
  const inside = async (text: string): Promise<readonly object[]> => {
    const client = new Client({ connectionString: new URL(`/${database}`, url).href });
    await client.connect();
    try {
      const answer = (await client.query(text)) as unknown;
      return ([answer].flat() as { rows: object[] }[]).flatMap(({ rows }) => rows);
    } finally {
      await client.end();
    }
  };
  const make = async (): Promise<void> => {
    await ask(`create database ${database}`);
    await inside(`create table users (id int primary key); alter table users owner to ${operator};
      grant create, usage on schema public to ${makers}`);
  };
  await ask(`create role ${makers}`);
  await ask(`create role ${operator} login password 'operates' in role ${makers}`);
  await make();
  return {
    params: paramsOf(database),
    client: await clientOf(url, operator, 'operates'),
    inside,
    fingerprint: () =>
      inside(`select c.relname, c.xmin::text from pg_class c where c.relnamespace = 'public'::regnamespace
        union all select 'user ' || u.id, u.xmin::text from users u order by 1`),
    edit: async () => void (await inside('create table other (id int)')),
    swap: async () => {
      await ask(`drop database ${database} with (force)`);
      await make();
    },
    deny: async () => {
      await ask(`revoke ${makers} from ${operator}`);
      return {
        names: [`${operator}@`, `database ${database}`],
        giveBack: async () => void (await ask(`grant ${makers} to ${operator}`)),
      };
    },
    close: async () => {
      await ask(`drop database ${database} with (force)`);
      await ask(`drop role ${operator}, ${makers}`);
    },
  };
}

await onEveryMajor('a migration', (database) => {
  obeysTheLaws(runMigration, { world: () => migrationWorld(database) });

  const inWorld = async (use: (world: Awaited<ReturnType<typeof migrationWorld>>) => Promise<void>): Promise<void> => {
    const world = await migrationWorld(database);
    try {
      await use(world);
    } finally {
      await world.close();
    }
  };

  test('[L15.4] runs only with the hash of a rehearsal of exactly its texts, as the rehearsal gives it', () =>
    inWorld(async ({ params, client, inside }) => {
      const up = 'alter table users add column phone text;';
      const down = 'alter table users drop column phone;';
      const server = await scratchPostgres({ extensions: [], timeout: 20_000, url: database.url.href });
      const files = [
        { path: '1_users.up.sql', after: 'create table users (id int primary key);' },
        { path: '2_phone.up.sql', after: up },
        { path: '2_phone.down.sql', after: down },
      ];
      const { artifacts } = await rehearse(server, migrationsOf(files), { signal: new AbortController().signal });
      await server.close();
      const rehearsed = artifacts[1]?.rehearsal?.hash;
      if (!rehearsed) throw new Error('the rehearsal has no hash');
      const given = { database: params.database, up, down, rehearsed, lossAccepted: true };
      expect(runMigration.params.safeParse({ ...given, up: `${up} ` }).error?.issues[0]?.path).toEqual(['rehearsed']);
      const parsed = runMigration.params.parse(given);
      expect(runMigration.reversibility(parsed)).toMatchObject({
        class: 'reversible-with-compatibility-window',
        known: 'rehearsal',
      });
      const reach = reachOf(client);
      await runMigration.apply(parsed, reach, await runMigration.observe(parsed, reach));
      expect(await inside('select phone from users')).toEqual([]);
    }));

  test('a statement that waits for a lock gives up after the time that is given, and nothing was changed', () =>
    inWorld(async ({ params: { database: name }, client, inside, fingerprint }) => {
      const params = paramsOf(name, {
        up: 'create table more (id int); alter table users add x int;',
        down: 'drop table more; alter table users drop x;',
      });
      const reach = reachOf(client);
      const before = await runMigration.observe(params, reach);
      const untouched = await fingerprint();
      const holding = inside('begin; lock table users; select pg_sleep(2.5); commit');
      await new Promise((done) => setTimeout(done, 300));
      await expect(runMigration.apply(params, reach, before)).rejects.toMatchObject({ code: 'in-use' });
      await holding;
      expect(await fingerprint()).toEqual(untouched);
    }));

  test('a statement that fails, or cannot run in a transaction, is said with its reason, and nothing was changed', () =>
    inWorld(async ({ params: { database: name }, client, fingerprint }) => {
      const untouched = await fingerprint();
      const reach = reachOf(client);
      for (const [up, because] of [
        [
          'create table more (id int); alter table nobody add x int;',
          /relation "nobody" does not exist \(42P01\)\. Nothing was changed/,
        ],
        ['create index concurrently on users (id)', /cannot run inside a transaction block \(25001\)/],
      ] as const) {
        const params = paramsOf(name, { up, down: '' });
        await expect(
          runMigration.apply(params, reach, await runMigration.observe(params, reach)),
        ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringMatching(because) });
      }
      expect(await fingerprint()).toEqual(untouched);
    }));

  test('a migration of rows alone is known to have run, though the schema does not tell', () =>
    inWorld(async ({ params: { database: name }, client, inside }) => {
      const params = paramsOf(name, { up: 'insert into users values (7)', down: 'delete from users where id = 7' });
      const reach = reachOf(client);
      const before = await runMigration.observe(params, reach);
      await runMigration.apply(params, reach, before);
      expect(runMigration.settle(params, before, await runMigration.observe(params, reach)).as).toBe('applied');
      await runMigration.apply(params, reach, await runMigration.observe(params, reach));
      expect(await inside('select id from users')).toEqual([{ id: 7 }]);
    }));
});
