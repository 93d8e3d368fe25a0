import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';

import type { DurableFS } from './durable-fs.ts';
import { makeDatabaseFolder } from './first-start.ts';
import { lockFolder, type Holder } from './lock-folder.ts';
import { openPglite } from './pglite.ts';
import type { Db, Tables } from './tables.ts';
import { withTurns } from './turns.ts';

export interface Embedded {
  readonly kind: 'embedded';
  readonly db: Db;
  readonly lite: PGlite;
  close(): Promise<void>;
}

/** Opens the database of a data folder, which this process then holds alone. Faults: `in-use`, `store-failed`. */
export async function openEmbedded(data: string, holder: Holder): Promise<Embedded> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  const lock = lockFolder(data, holder);
  try {
    const folder = join(data, 'pg');
    await makeDatabaseFolder(folder);
    const { db, lite } = await openDatabase(folder);
    const close = async (): Promise<void> => {
      try {
        await lite.close();
      } finally {
        lock.release();
      }
    };
    return { kind: 'embedded', db, lite, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** For whoever holds the lock. */
export async function openDatabase(folder: string, files?: DurableFS): Promise<Pick<Embedded, 'db' | 'lite'>> {
  const lite = withTurns(await openPglite(folder, files));
  return { db: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: lite }) }), lite };
}
