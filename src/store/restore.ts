import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { Fault } from '../model/fault.ts';
import { notWhole, rowsOf, type BackupRow } from './backup-format.ts';
import { notOurs, type BackupOptions } from './backup.ts';
import { isDatabaseUrl } from './database-url.ts';
import { openDatabase } from './embedded.ts';
import { makeDatabaseFolder, takePlace } from './first-start.ts';
import { linesOf } from './lines.ts';
import { lockFolder } from './lock-folder.ts';
import { migrate } from './migrate.ts';
import { rebuild } from './rebuild.ts';
import { putAtOnce, putRows } from './saved.ts';
import { storeFault } from './store-fault.ts';
import type { Db, Tx } from './tables.ts';

export interface RestoreOptions extends BackupOptions {
  /** Replaces the store that is there. */
  readonly force?: boolean | undefined;
}

/**
 * Makes the store of a data folder from a backup: built beside, and put into its place when it is whole. Answers how
 * many changes it holds. A step that was running when the backup was made is in doubt after it.
 * Faults: `not-found` (the file), `in-use` (a process has the store), `invalid-input` (a PostgreSQL; there is a store,
 * and no force), `evidence-broken` (a damaged file), `store-failed`.
 */
export async function restore({ url, file, by, force }: RestoreOptions): Promise<{ readonly changes: number }> {
  if (isDatabaseUrl(url)) throw notOurs('restore', 'pg_restore');
  if (!existsSync(file)) throw new Fault('not-found', `There is no file ${file}.`, { at: file });
  try {
    await mkdir(url, { recursive: true, mode: 0o700 });
    const lock = lockFolder(url, by);
    try {
      const folder = join(url, 'pg');
      if (existsSync(folder) && !force)
        throw new Fault('invalid-input', `There is a store in ${url}.`, {
          at: url,
          advice: 'Restore into another folder, or replace this one with --force.',
        });
      const beside = `${folder}.restored`;
      const changes = await build(beside, file);
      await takePlace(beside, folder);
      return { changes };
    } finally {
      lock.release();
    }
  } catch (error) {
    throw storeFault(error, url);
  }
}

async function build(folder: string, file: string): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  try {
    await makeDatabaseFolder(folder);
    const { db, lite } = await openDatabase(folder);
    try {
      await migrate(db);
      await load(db, file);
      const changes = await rebuild(db);
      await lite.exec('vacuum analyze');
      return changes;
    } finally {
      await lite.close();
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function load(db: Db, file: string): Promise<void> {
  try {
    await pipeline(createReadStream(file), createGunzip(), (bytes: AsyncIterable<Buffer>) =>
      db.transaction().execute((tx) => putAll(tx, rowsOf(linesOf(bytes), file))),
    );
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    throw code.startsWith('Z_') ? notWhole(file, 'it does not unpack', error) : error;
  }
}

async function putAll(tx: Tx, rows: AsyncIterable<BackupRow>): Promise<void> {
  let waiting: BackupRow[] = [];
  const put = async (): Promise<void> => {
    const [first] = waiting;
    if (first)
      await putRows(
        tx,
        first.in,
        waiting.map(({ row }) => row),
      );
    waiting = [];
  };
  for await (const row of rows) {
    if (waiting[0] && (waiting[0].in !== row.in || waiting.length >= putAtOnce(row.in))) await put();
    waiting.push(row);
  }
  await put();
}
