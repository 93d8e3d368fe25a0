/**
 * Runs embedded databases in a thread of its own: whoever started it stays responsive, and can end it, which is the only
 * way to stop a statement of PGlite that does not end by itself.
 */
import { openAsBlob } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

import type { Extensions, PGlite } from '@electric-sql/pglite';

import type { Ran } from '../model/scratch.ts';

export interface WorkerData {
  /** An archive of an initialised database; without it one is initialised, which takes seconds. */
  readonly template?: string;
  /** Modules of PGlite to have at hand. */
  readonly extensions: readonly string[];
}
export type Asked =
  | { readonly id: number; readonly do: 'open' }
  | { readonly id: number; readonly do: 'copy' | 'close'; readonly of: number }
  | { readonly id: number; readonly do: 'run'; readonly of: number; readonly sql: string };
export type Answered =
  | { readonly id: number; readonly of: number }
  | { readonly id: number; readonly ran: Ran }
  | { readonly id: number; readonly broken: string };

const { template, extensions: names } = workerData as WorkerData;
const databases = new Map<number, PGlite>();
let last = 0;

// V8 would compile the one huge module a second time in the background, for 500 MB and little speed.
setFlagsFromString('--no-wasm-tier-up');
setFlagsFromString('--no-wasm-dynamic-tiering');
// The memory of a database that was closed is big, and V8 does not see that it is.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const { PGlite: Lite } = await import('@electric-sql/pglite');
const extensions = Object.fromEntries(
  await Promise.all(
    names.map(async (name) => {
      const module = (await import(`@electric-sql/pglite/contrib/${name}`)) as Extensions;
      return [name, module[name]] as const;
    }),
  ),
) as Extensions;
const settings = [
  'shared_buffers=16MB',
  'max_locks_per_transaction=1024',
  'timezone=UTC',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=8MB',
  'full_page_writes=off',
];

/** In memory: nothing of it is on the disk, and no file of the disk is within its reach. */
async function opened(data: Blob | undefined): Promise<number> {
  const database = await Lite.create({
    extensions,
    startParams: [...Lite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])],
    initDbStartParams: ['--wal-segsize=1'],
    ...(data && { loadDataDir: data }),
  });
  last += 1;
  databases.set(last, database);
  return last;
}

let initialised: Blob | undefined;
/** From the template; without one the first is initialised, and the next ones are copies of it. */
async function openedEmpty(): Promise<number> {
  initialised ??= template === undefined ? undefined : await openAsBlob(template);
  const of = await opened(initialised);
  initialised ??= await databases.get(of)?.dumpDataDir('none');
  return of;
}

async function answer(asked: Asked): Promise<Answered> {
  const { id } = asked;
  if (asked.do === 'open') return { id, of: await openedEmpty() };
  const { of } = asked;
  const database = databases.get(of);
  if (!database) return { id, broken: 'this database has been closed' };
  if (asked.do === 'run') return { id, ran: await ran(database, asked.sql) };
  if (asked.do === 'close') {
    databases.delete(of);
    await database.close();
    collectGarbage();
    return { id, of };
  }
  await database.exec('checkpoint');
  return { id, of: await opened(await database.dumpDataDir('none')) };
}

async function ran(database: PGlite, sql: string): Promise<Ran> {
  try {
    const results = await database.exec(sql);
    if (results.some((one) => !('command' in one)) && !(await isAlive(database))) throw new Error(died);
    return { results: results.map(({ rows }) => rows as Record<string, string | null>[]) };
  } catch (error) {
    const { code, message, position } = error as { code?: string; message: string; position?: string };
    if (code === undefined) throw error;
    return { failed: { sqlState: code, message, ...(position !== undefined && { position: Number(position) }) } };
  }
}

const died = 'a statement ended the embedded PostgreSQL, which cannot do everything that a server can (run a program)';

/** Some statements end PGlite without a word; it goes on answering, with nothing. */
async function isAlive(database: PGlite): Promise<boolean> {
  try {
    return (await database.exec('select 1')).some(({ rows }) => rows.length === 1);
  } catch (error) {
    return (error as { code?: string }).code === '25P02'; // the transaction has failed, and nothing else
  }
}

parentPort?.on('message', (asked: Asked) => {
  answer(asked)
    .catch((error: unknown): Answered => ({
      id: asked.id,
      broken: error instanceof Error ? error.message : String(error),
    }))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    .then((answered) => parentPort?.postMessage(answered))
    .catch(() => process.exit(1));
});
