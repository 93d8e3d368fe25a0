import { hash } from 'node:crypto';

import { Fault } from '../model/fault.ts';
import type { Hash } from '../model/ids.ts';
import type { Observation } from '../model/observation.ts';
import type { PostgresCall } from './postgres-faults.ts';
import { transact, type Ask } from './postgres-session.ts';
import type { PostgresServer } from './postgres-settings.ts';
import { catalogQuery } from './scratch-catalog-query.ts';

export type Side = 'up' | 'down';

/** What a database is as far as a migration can change it. */
export interface MigrationReading {
  /** The system identifier of the server, and the oid of the database. */
  readonly identity: { readonly server: string; readonly database: string };
  /** The fingerprint of its schema, by the query that rehearsals compare with. */
  readonly schema: Hash;
  /** What was run last of this pair of up and down; null for neither, or for both. */
  readonly last: Side | null;
  /** The fingerprint that the last run of this pair left behind. */
  readonly left: Hash | null;
}

/** Which pair of up and down, and where. */
export interface MigrationPair {
  /** The database of the connection where it is left out. */
  readonly database: string | undefined;
  readonly rehearsed: Hash;
  readonly signal: AbortSignal;
}

export interface MigrationRun extends MigrationPair {
  readonly side: Side;
  readonly text: string;
  /** Seconds that a statement waits for a lock. */
  readonly lockTimeout: number;
  readonly identity: Observation<unknown>['identity'];
  readonly from: Pick<MigrationReading, 'schema' | 'last'>;
}

/** The one table that is ours: a row for every pair, written in the transaction that runs one of its texts. */
const ours = 'recourse_migration';
/** How long one statement of a migration may take; the signal of the call ends it earlier. */
const statementTimeout = '30min';

export async function readMigration(server: PostgresServer, pair: MigrationPair): Promise<MigrationReading> {
  const call = callOn(pair, 'read the schema of');
  return transact(at(server, pair), call, 'read only', (ask) => readingOf(ask, pair.rehearsed));
}

/**
 * Runs a text, and records that it ran, in one transaction; does nothing when it is what ran last. Answers the fingerprint
 * that it leaves. Faults, besides those of every call: `drifted`, `invalid-input` when a statement fails.
 */
export async function runMigration(server: PostgresServer, run: MigrationRun): Promise<Hash> {
  const { escapeIdentifier } = await import('pg');
  const call = callOn(run, `run the ${run.side} migration on`);
  return transact(at(server, run), call, 'read write', async (ask) => {
    await ask(`set local lock_timeout = '${run.lockTimeout}s'; set local statement_timeout = '${statementTimeout}'`);
    await ask("select pg_advisory_xact_lock(hashtext('recourse_migration'))");
    const now = await readingOf(ask, run.rehearsed);
    if (now.identity.server !== run.identity['server'] || now.identity.database !== run.identity['database'])
      throw drifted(server, call, 'another database stands there now');
    if (now.last === run.side) return now.left ?? now.schema;
    if (now.schema !== run.from.schema || now.last !== run.from.last)
      throw drifted(server, call, 'its schema was changed after it was read');
    const [place] = await ask<{ schema: string | null }>('select current_schema() as schema');
    if (!place?.schema)
      throw new Fault('invalid-input', `cannot ${call.action} ${call.resource}: its search path has no schema`);
    const table = `${escapeIdentifier(place.schema)}.${ours}`;
    await runText(ask, run, server, call);
    await ask('set constraints all immediate');
    await ask(
      `create table if not exists ${table} (rehearsed text primary key, last text, left_schema text not null, ran_at timestamptz not null)`,
    );
    const left = await schemaHash(ask);
    await ask(
      `insert into ${table} (rehearsed, last, left_schema, ran_at) values ($1, $2, $3, now())
       on conflict (rehearsed) do update set last = excluded.last, left_schema = excluded.left_schema, ran_at = excluded.ran_at`,
      [run.rehearsed, now.last === null ? run.side : null, left],
    );
    return left;
  });
}

/** What a statement that fails says is the author's to repair; a lock, a permission or a deadline is not. */
async function runText(
  ask: Ask,
  { text, side }: MigrationRun,
  server: PostgresServer,
  call: PostgresCall,
): Promise<void> {
  try {
    await ask(text);
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (!/^(?:0A|2[0-9B]|3[F89]|4[24]|P0)/.test(code) || code === '42501' || call.signal.aborted) throw error;
    throw new Fault(
      'invalid-input',
      `cannot ${call.action} ${call.resource} on ${server.name}: ${message} (${code}). Nothing was changed.`,
      { at: call.resource, cause: error, advice: `Repair the ${side} and rehearse it again.` },
    );
  }
}

async function readingOf(ask: Ask, rehearsed: Hash): Promise<MigrationReading> {
  const [found] = await ask<{ server: string; database: string; table: string | null }>(
    `select (select system_identifier::text from pg_control_system()) as server,
      (select oid::text from pg_database where datname = current_database()) as database, to_regclass('${ours}')::text as table`,
  );
  const [row] = found?.table
    ? await ask<{ last: Side | null; left_schema: Hash }>(
        `select last, left_schema from ${found.table} where rehearsed = $1`,
        [rehearsed],
      )
    : [];
  return {
    identity: { server: found?.server ?? '', database: found?.database ?? '' },
    schema: await schemaHash(ask),
    last: row?.last ?? null,
    left: row?.left_schema ?? null,
  };
}

/** Names are complete only with this search path; it is put back, for what runs afterwards. */
async function schemaHash(ask: Ask): Promise<Hash> {
  const [was] = await ask<{ path: string }>("select current_setting('search_path') as path");
  await ask("select set_config('search_path', 'pg_catalog', true)");
  const rows = await ask<{ what: string; is: string }>(catalogQuery);
  await ask("select set_config('search_path', $1, true)", [was?.path ?? '']);
  const lines = rows.filter((row) => !row.what.includes(ours)).map((row) => JSON.stringify([row.what, row.is]));
  return `sha256:${hash('sha256', lines.toSorted().join('\n'), 'hex')}`;
}

const at = (server: PostgresServer, { database }: MigrationPair): PostgresServer =>
  database === undefined ? server : { ...server, config: { ...server.config, database } };

const callOn = ({ database, signal }: MigrationPair, action: string): PostgresCall => ({
  action,
  resource: database === undefined ? 'the database of the connection' : `database ${database}`,
  signal,
});

const drifted = (server: PostgresServer, { action, resource }: PostgresCall, because: string): Fault =>
  new Fault('drifted', `did not ${action} ${resource} on ${server.name}: ${because}`, { at: resource });
