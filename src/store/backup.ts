import { createWriteStream, existsSync } from 'node:fs';
import { link, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { Fault } from '../model/fault.ts';
import { Digest, heading } from './backup-format.ts';
import { isDatabaseUrl } from './database-url.ts';
import { openEmbedded } from './embedded.ts';
import { flush } from './first-start.ts';
import type { Holder } from './lock-folder.ts';
import { migrate } from './migrate.ts';
import { savedRows } from './saved.ts';
import { storeFault } from './store-fault.ts';
import type { Tx } from './tables.ts';

export interface BackupOptions {
  /** The data folder. */
  readonly url: string;
  readonly file: string;
  readonly by: Holder;
}

/**
 * Writes everything of an embedded store that cannot be made again into one file of mode 0600, whole or not at all.
 * Answers its size in bytes. The master key is not in it.
 * Faults: `in-use` (a process has the store), `not-found` (there is none), `invalid-input` (a PostgreSQL; the file is
 * there already), `store-failed`.
 */
export async function backup({ url, file, by }: BackupOptions): Promise<{ readonly bytes: number }> {
  if (isDatabaseUrl(url)) throw notOurs('backup', 'pg_dump --schema=recourse');
  if (!existsSync(join(url, 'pg'))) throw new Fault('not-found', `There is no store in ${url}.`, { at: url });
  if (existsSync(file)) throw alreadyThere(file);
  const beside = `${file}.part`;
  try {
    await writeTo(beside, url, by);
    await link(beside, file); // not rename: a file that came in the meantime stays
    await flush(dirname(file));
    return { bytes: (await stat(file)).size };
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? alreadyThere(file) : storeFault(error, url);
  } finally {
    await rm(beside, { force: true });
  }
}

async function writeTo(file: string, url: string, by: Holder): Promise<void> {
  const { db, close } = await openEmbedded(url, by);
  try {
    await migrate(db);
    await db
      .transaction()
      .execute((tx) => pipeline(Readable.from(linesOf(tx)), createGzip(), createWriteStream(file, { mode: 0o600 })));
    await flush(file);
  } finally {
    await close();
  }
}

async function* linesOf(tx: Tx): AsyncGenerator<string> {
  const digest = new Digest();
  yield digest.line(heading);
  for await (const row of savedRows(tx)) yield digest.line(row);
  yield `${JSON.stringify(digest.ending())}\n`;
}

const alreadyThere = (file: string): Fault =>
  new Fault('invalid-input', `${file} is there already.`, { at: file, advice: 'Name a new file.' });

export const notOurs = (what: string, tool: string): Fault =>
  new Fault('invalid-input', `A PostgreSQL is not for \`recourse ${what}\`.`, { advice: `Use ${tool}.` });
