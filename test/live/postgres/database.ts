import { Client } from 'pg';
import { afterAll } from 'vitest';

import type { Sealed } from '#src/model/sealed.ts';
import { postgres, type Postgres } from '#src/systems/postgres.ts';

import { startPostgres } from '../../../tools/postgres.ts';
import { orSkip } from '../require.ts';

export const majors = [15, 18] as const;

/** A real server with a way in for the test itself. */
export interface Database {
  readonly url: URL;
  /** As the superuser `postgres`; does not show in the log. */
  readonly ask: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly verifierOf: (role: string) => Promise<string | null>;
  readonly log: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function startDatabase(
  major?: 15 | 18,
  settings: Readonly<Record<string, string>> = {},
): Promise<Database | { skipped: string }> {
  const started = await startPostgres({ ...(major && { major }), settings });
  if ('skipped' in started) return started;
  const superuser = new Client(started.url);
  await superuser.connect();
  await superuser.query('set log_statement = none; set log_min_duration_statement = -1');
  const ask = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    (await superuser.query<Row>(text, [...values])).rows;
  return {
    url: new URL(started.url),
    ask,
    verifierOf: async (role) => {
      const [row] = await ask<{ rolpassword: string | null }>('select rolpassword from pg_authid where rolname = $1', [
        role,
      ]);
      return row?.rolpassword ?? null;
    },
    log: started.log,
    stop: async () => {
      await superuser.end();
      await started.stop();
    },
  };
}

/** Registers the same tests on every version that is supported, each on a server of its own. */
export async function onEveryMajor(
  title: string,
  body: (database: Database) => void,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const databases = await Promise.all(majors.map((major) => startDatabase(major, settings)));
  for (const [i, database] of databases.entries()) {
    const skipped = 'skipped' in database;
    orSkip(skipped ? database.skipped : undefined)(`PostgreSQL ${majors[i]}: ${title}`, () => {
      if (skipped) return;
      afterAll(database.stop);
      body(database);
    });
  }
}

/** A seal for connection settings, where only the connection itself looks inside. */
const open = (text: string): Sealed => ({ sealed: text, fingerprint: text });

export const clientOf = (url: URL, user = url.username, password = url.password, more = {}): Promise<Postgres> =>
  postgres.connect(
    { host: url.hostname, port: Number(url.port), user, password: open(password), ...more },
    async ({ sealed }) => sealed,
  );

/** The SQLSTATE with which the server refuses this login; `in` when it lets the role in. */
export async function login(url: URL, user: string, password: string): Promise<string> {
  const client = new Client({ host: url.hostname, port: Number(url.port), database: 'postgres', user, password });
  try {
    await client.connect();
    return 'in';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  } finally {
    await client.end();
  }
}

let count = 0;
/** A name that no other test uses. */
export const fresh = (name: string): string => `${name}_${++count}`;
