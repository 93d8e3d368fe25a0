import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openEmbedded } from '#src/store/embedded.ts';
import { migrate } from '#src/store/migrate.ts';
import { storeOn } from '#src/store/open.ts';
import { keepUp } from '#src/store/upkeep.ts';
import { ambient } from '#src/systems/host.ts';

import { aChange } from './a-change.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'recourse-upkeep-'))));
afterAll(() => rm(folder, { recursive: true }));

test('statistics are renewed when a table has doubled', async () => {
  const database = await openEmbedded(join(folder, 'data'), { pid: process.pid, command: 'test', host: '' });
  await migrate(database.db);
  const store = storeOn(database, ambient, () => undefined);
  const knownRows = async () => {
    const { rows } = await sql<{ known: number }>`
      select reltuples::int as known from pg_class where oid = 'recourse.change'::regclass`.execute(database.db);
    return rows[0]?.known;
  };
  await Promise.all(Array.from({ length: 400 }, (_, i) => aChange(store, { title: `Change ${i}` })));
  expect(await knownRows()).toBeLessThan(400);
  await keepUp(database);
  expect(await knownRows()).toBe(400);
  await store.close();
}, 60_000);
