import { sql } from 'kysely';

import { Fault } from '../model/fault.ts';
import { migrations } from './migrations.ts';
import type { Db, Tx } from './tables.ts';

/** One number for every Recourse on one server: whoever migrates holds it. */
const advisoryLock = 0x5ec0_0451;

/**
 * Brings the schema to the version that this program knows. Safe when several processes start at once: one migrates,
 * the others wait and find it done.
 * Faults: `store-failed` when a newer Recourse has been here.
 */
export async function migrate(db: Db): Promise<void> {
  if ((await versionOf(db)) === migrations.length) return;
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${advisoryLock})`.execute(tx);
    const version = await versionOf(tx);
    if (version > migrations.length)
      throw new Fault(
        'store-failed',
        `The store has version ${version} of the schema, and this Recourse knows version ${migrations.length}.`,
        { advice: 'Use the newer Recourse that made it.' },
      );
    if (version === 0) {
      await sql`create schema if not exists recourse`.execute(tx);
      await sql`create table recourse.version (version int not null)`.execute(tx);
      await sql`insert into recourse.version values (0)`.execute(tx);
    }
    for (const statement of migrations.slice(version).flat()) await sql.raw(statement).execute(tx);
    await sql`update recourse.version set version = ${migrations.length}`.execute(tx);
  });
}

/**
 * 0: there is none yet. The catalogue is read as a table: a name that was looked up before it was there is remembered as
 * missing, by `to_regclass` too, until the session hears better.
 */
async function versionOf(db: Db | Tx): Promise<number> {
  const there = await sql<{ there: boolean }>`
    select exists (select from pg_catalog.pg_tables where schemaname = 'recourse' and tablename = 'version') as there`.execute(
    db,
  );
  if (!there.rows[0]?.there) return 0;
  const { rows } = await sql<{ version: number }>`select version from recourse.version`.execute(db);
  return rows[0]?.version ?? 0;
}
