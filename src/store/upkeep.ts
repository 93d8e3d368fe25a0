import { sql } from 'kysely';

import type { Ambient } from '../model/ambient.ts';
import { bossSchema } from './boss.ts';
import type { Embedded } from './embedded.ts';

/** Milliseconds between two looks. */
const pause = 10 * 60_000;

/**
 * What autovacuum does elsewhere, and the embedded database has none: renews the statistics of every table that has
 * doubled since the last time, without which a list of 100,000 changes reads them all, and frees the rows that updates
 * left behind. Facts are never updated: there is nothing to free.
 */
export async function keepUp({ db, lite }: Embedded): Promise<void> {
  const { rows } = await sql<{ name: string; isJournal: boolean }>`
    select oid::regclass::text as name, oid = 'recourse.evidence'::regclass as "isJournal" from pg_class
    where relkind = 'r' and relnamespace in (select oid from pg_namespace where nspname in ('recourse', ${bossSchema}))
      and pg_relation_size(oid) > 2 * 8192 * greatest(relpages, 8)`.execute(db);
  for (const { name, isJournal } of rows) await lite.exec(isJournal ? `analyze ${name}` : `vacuum (analyze) ${name}`);
}

/** For as long as it is open. */
export async function keepUpAlways(
  database: Embedded,
  ambient: Ambient,
  closing: AbortSignal,
  trouble: (error: unknown) => void,
): Promise<void> {
  while (!closing.aborted) {
    await keepUp(database).catch(trouble);
    await ambient.sleep(pause, closing).catch(() => undefined); // closed
  }
}
