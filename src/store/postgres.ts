import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';

import type { Db, Tables } from './tables.ts';

export interface Distributed {
  readonly kind: 'postgres';
  readonly db: Db;
  readonly pool: Pool;
  /** For the connections that are not of the pool. */
  readonly config: {
    readonly connectionString: string;
    readonly application_name: string;
    readonly connectionTimeoutMillis: number;
  };
  close(): Promise<void>;
}

/** Connections that one process holds at most, besides those of the queue. */
const most = 8;

export async function openPostgres(url: string): Promise<Distributed> {
  const { Pool } = (await import('pg')).default;
  const config = { connectionString: url, application_name: 'recourse', connectionTimeoutMillis: 10_000 };
  const pool = new Pool({ ...config, max: most, keepAlive: true });
  // a lost connection fails the query that is on it, and the next query opens another; without a listener, the event
  // itself would end the process
  const ignore = (): void => undefined;
  pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { kind: 'postgres', db, pool, config, close: () => pool.end() };
}
