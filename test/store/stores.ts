/** The places where the one code path is tested: the embedded database, and two versions of a real PostgreSQL. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';
import { afterAll, beforeAll, test, type TestContext } from 'vitest';

import type { Ambient } from '#src/model/ambient.ts';
import type { Store } from '#src/model/store.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

import { startPostgres, type StartedPostgres } from '../../tools/postgres.ts';

export const kinds = ['the embedded store', 'PostgreSQL 15', 'PostgreSQL 18'] as const;
export type Kind = (typeof kinds)[number];

export interface Place {
  /** A new, empty data folder or database. */
  freshUrl(): Promise<string>;
  /** Opens a store there; closed at the end. */
  open(url: string, under?: Ambient): Promise<Store>;
  /** Skips a test where there is no such server; a failure with RECOURSE_LIVE=require. */
  needs(context: TestContext): void;
  /** A test that has a place to run. */
  readonly test: (title: string, run: (context: TestContext) => Promise<void>, timeout?: number) => void;
  server(): StartedPostgres;
}

/** For one `describe`: starts what is needed before its tests, and ends it after them. */
export function placeOf(kind: Kind, settings: Readonly<Record<string, string>> = {}): Place {
  const opened: Store[] = [];
  const folders: string[] = [];
  let server: StartedPostgres | { skipped: string } | undefined;
  let databases = 0;
  beforeAll(async () => {
    if (kind === 'the embedded store') return;
    server = await startPostgres({ major: kind === 'PostgreSQL 15' ? 15 : 18, settings });
  }, 60_000);
  afterAll(async () => {
    for (const store of opened) await store.close().catch(() => undefined); // some tests take its database away
    if (server && 'stop' in server) await server.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }, 60_000);
  const running = (): StartedPostgres => {
    if (server && 'stop' in server) return server;
    throw new Error(server ? server.skipped : 'no PostgreSQL is needed here');
  };
  const needs = (context: TestContext): void => {
    if (!server || !('skipped' in server)) return;
    if (process.env['RECOURSE_LIVE'] === 'require') throw new Error(server.skipped);
    context.skip(server.skipped);
  };
  return {
    needs,
    server: running,
    freshUrl: async () => {
      if (kind === 'the embedded store') {
        const folder = await mkdtemp(join(tmpdir(), 'recourse-store-'));
        folders.push(folder);
        return join(folder, 'data');
      }
      const name = `t${++databases}`;
      await query(running().url, `create database ${name}`);
      return running().url.replace(/\/postgres$/, `/${name}`);
    },
    open: async (url, under = ambient) => {
      const store = await openStore({ url, ambient: under });
      opened.push(store);
      return store;
    },
    test: (title, run, timeout = 30_000) =>
      test(
        title,
        async (context) => {
          needs(context);
          await run(context);
        },
        timeout,
      ),
  };
}

export async function query<Row extends object>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
