/** How each kind of haystack is read when all is over. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

import { sql } from 'kysely';
import { Client } from 'pg';

import { openEmbedded } from '#src/store/embedded.ts';

import { haystack, type Haystack, type Kind } from './haystack.ts';

const run = promisify(execFile);

/** Every file below a folder; what is gzipped, unpacked. */
export async function filesIn(kind: Kind, folder: string): Promise<readonly Haystack[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return haystack(kind, file, isGzip(bytes) ? gunzipSync(bytes) : bytes);
    }),
  );
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const tables =
  "select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and relnamespace::regnamespace::text !~ '^(pg_|information)'";

/** Every row of an embedded store, because what is long lies compressed in its files. Nobody else may hold it. */
export async function rowsIn(data: string): Promise<readonly Haystack[]> {
  const { db, close } = await openEmbedded(data, { pid: process.pid, command: 'vitest', host: '' });
  try {
    return await rowsOf(data, async (text) => (await sql.raw(text).execute(db)).rows);
  } finally {
    await close();
  }
}

/** Every row of a store in a PostgreSQL. */
export async function rowsAt(url: URL): Promise<readonly Haystack[]> {
  const client = new Client(url.href);
  await client.connect();
  try {
    await client.query('set log_statement = none');
    return await rowsOf(url.host, async (text) => (await client.query(text)).rows as unknown[]);
  } finally {
    await client.end();
  }
}

async function rowsOf(place: string, ask: (text: string) => Promise<readonly unknown[]>): Promise<readonly Haystack[]> {
  const found: Haystack[] = [];
  for (const { name } of (await ask(tables)) as { name: string }[]) {
    const rows = (await ask(`select t::text as row from ${name} t`)) as { row: string }[]; // oxlint-disable-line no-await-in-loop -- one connection
    found.push(haystack('rows of the store', `${place} ${name}`, rows.map(({ row }) => row).join('\n')));
  }
  return found;
}

/** Every object of a bare repository, unpacked. */
export async function objectsIn(repository: string): Promise<Haystack> {
  const { stdout } = await run('git', ['cat-file', '--batch-all-objects', '--batch'], {
    cwd: repository,
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  });
  return haystack('objects of repositories', repository, stdout);
}
