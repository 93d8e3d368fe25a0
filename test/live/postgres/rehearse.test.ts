import { expect, test } from 'vitest';

import { rehearse } from '#src/pipeline/rehearse.ts';
import { migrationsOf } from '#src/surfaces/migrations.ts';
import { scratchPostgres } from '#src/systems/scratch-postgres.ts';

import { onEveryMajor } from './database.ts';

const files = [
  {
    path: '1_days.up.sql',
    after: "create type mood as enum ('good'); create table days (id int primary key, mood mood);",
  },
  { path: '1_days.down.sql', after: 'drop table days; drop type mood;' },
  { path: '2_label.up.sql', after: "alter type mood add value 'bad';" },
  { path: '2_label.down.sql', after: 'select 1;' },
  { path: '3_index.autocommit.up.sql', after: 'create index concurrently by_mood on days (mood);' },
  { path: '3_index.autocommit.down.sql', after: 'drop index concurrently by_mood;' },
  { path: '4_drop.up.sql', after: 'alter table days drop mood;' },
  { path: '4_drop.down.sql', after: 'alter table days add mood mood; create index by_mood on days (mood);' },
  { path: '5_endless.up.sql', after: 'set statement_timeout = 0; select pg_sleep(60);' },
  { path: '5_endless.down.sql', after: '' },
];

await onEveryMajor('rehearsing on a server that is given', ({ url, ask }) => {
  const databases = () => ask('select datname from pg_database order by 1');

  test('[N1] the verdicts are those of the embedded one, and no database is left behind', async () => {
    const before = await databases();
    const server = await scratchPostgres({ url: url.href, extensions: [], timeout: 2000 });
    const { artifacts } = await rehearse(server, migrationsOf(files), { signal: new AbortController().signal });
    await server.close();
    expect(artifacts.map((one) => one.class)).toEqual([
      'fully-reversible',
      'reversible-with-manual-repair',
      'fully-reversible',
      'non-recoverable-without-restore',
      'reversible-with-manual-repair',
    ]);
    expect(artifacts[4]?.findings[0]?.message).toMatch(/canceling statement due to/);
    expect(await databases()).toEqual(before);
  });

  test('an interrupted rehearsal ends at once, and leaves nothing behind', async () => {
    const before = await databases();
    const server = await scratchPostgres({ url: url.href, extensions: [], timeout: 60_000 });
    const interrupt = new AbortController();
    const running = rehearse(server, migrationsOf(files), { signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 500);
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
    await server.close();
    expect(await databases()).toEqual(before);
  });

  test('a role that may make no databases is told so; a password shows nowhere', async () => {
    await ask("create role rehearser login password 'CANARY'");
    const of = new URL(url);
    of.username = 'rehearser';
    of.password = 'CANARY';
    const server = await scratchPostgres({ url: of.href, extensions: [], timeout: 2000 });
    const running = rehearse(server, migrationsOf(files), { signal: new AbortController().signal });
    const failed = await running.catch((error: unknown) => error);
    await server.close();
    expect(failed).toMatchObject({ code: 'permission-denied' });
    expect(server.version + JSON.stringify(failed)).not.toContain('CANARY');
    of.password = 'CANARY-wrong';
    await expect(scratchPostgres({ url: of.href, extensions: [], timeout: 2000 })).rejects.toMatchObject({
      code: 'credential-invalid',
    });
    await ask('drop role rehearser');
  });
});

test('what is no PostgreSQL is a fault', async () => {
  const options = { extensions: [], timeout: 1000 };
  await expect(scratchPostgres({ url: 'mysql://localhost', ...options })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  await expect(scratchPostgres({ url: 'postgres://u@127.0.0.1:1/x', ...options })).rejects.toMatchObject({
    code: 'unreachable',
  });
});
