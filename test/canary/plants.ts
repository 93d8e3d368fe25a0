/** Puts a secret into each kind of haystack, by the way on which one would come there, and reads it as the test does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { sql } from 'kysely';
import { Client } from 'pg';

import { openEmbedded } from '#src/store/embedded.ts';

import { startGitRemote } from '../../tools/git-remote.ts';
import type { Database } from '../live/postgres/database.ts';
import { haystack, type Haystack, type Kind } from './haystack.ts';
import { filesIn, objectsIn, rowsIn } from './readers.ts';
import { askerOf, gitRecorder, listenTo, outputOf, watchArguments } from './recorders.ts';

type Plant = (secret: string, database: Database) => Promise<readonly Haystack[]>;

export const plants = {
  'files that are kept': (secret) =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'backup'), gzipSync(secret));
      return filesIn('files that are kept', folder);
    }),
  'rows of the store': (secret) =>
    inFolder(async (folder) => {
      const data = join(folder, 'store');
      const { db, close } = await openEmbedded(data, { pid: process.pid, command: 'vitest', host: '' });
      const long = `${'x'.repeat(5000)} ${secret} ${'x'.repeat(5000)}`; // the database compresses it
      await sql`create schema kept`.execute(db);
      await sql`create table kept.text as select ${long} as text`.execute(db);
      await close();
      return rowsIn(data);
    }),
  'what commands print': (secret) => saidBy('printf %s "$SECRET"', secret, 'what commands print'),
  'the log of the server': (secret) => saidBy('printf %s "$SECRET" >&2', secret, 'the log of the server'),
  'answers of the API': (secret) => answered('/api/v1/x', secret),
  pages: (secret) => answered('/', secret),
  events: (secret) =>
    serving(secret, async (url) => {
      const events = listenTo(url, '');
      while (events.said() === '') await new Promise((resolve) => setTimeout(resolve, 5)); // oxlint-disable-line no-await-in-loop
      return [await events.stop()];
    }),
  evidence: async (secret) => [haystack('evidence', 'x', JSON.stringify({ secret }))],
  'arguments of processes': async (secret) => {
    const seen = await watchArguments();
    await once(spawn('sh', ['-c', 'sleep 0.2', secret]), 'exit');
    return [await seen()];
  },
  'the log of PostgreSQL': async (secret, database) => {
    const client = new Client(database.url.href);
    await client.connect();
    await client.query('select $1::text', [secret]);
    await client.end();
    return [haystack('the log of PostgreSQL', '', await database.log())];
  },
  'requests to the Git remote': (secret) =>
    serving('', async (url) => {
      const recorder = await gitRecorder(url);
      await (await fetch(`${recorder.url}?${encodeURIComponent(secret)}`)).text();
      await recorder.stop();
      return [recorder.requests()];
    }),
  'objects of repositories': (secret) =>
    inFolder(async (folder) => {
      const remote = await startGitRemote({ path: join(folder, 'x.git'), files: { x: secret.repeat(50) } });
      await remote.stop();
      return [await objectsIn(remote.path)];
    }),
} as const satisfies Record<Kind, Plant>;

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-plant-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function saidBy(line: string, secret: string, kind: Kind): Promise<readonly Haystack[]> {
  const child = spawn('sh', ['-c', line], { env: { SECRET: secret } });
  const said = outputOf(child);
  await once(child, 'close');
  return [haystack(kind, line, said.out() + said.err())];
}

const answered = (path: string, secret: string): Promise<readonly Haystack[]> =>
  serving(secret, async (url) => {
    const kept: Haystack[] = [];
    await askerOf(url, kept)('GET', path);
    return kept;
  });

/** A server that answers everything with these words. */
async function serving<Result>(words: string, use: (url: string) => Promise<Result>): Promise<Result> {
  const server = createServer((_, response) => response.end(words));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await once(server.close(), 'close');
  }
}
