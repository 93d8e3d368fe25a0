import { randomBytes } from 'node:crypto';

import type { Client } from 'pg';

import { Fault } from '../model/fault.ts';
import type { Ran, Row, Scratch, ScratchServer } from '../model/scratch.ts';
import { lookingWith } from './scratch-looking-with.ts';

export interface GivenOptions {
  /** Of a database of the server, from which others can be made; it may hold a password. */
  readonly url: string;
  /** How long one message may take, in milliseconds. */
  readonly timeout: number;
}

/**
 * A PostgreSQL server that is given: every scratch database is one of its own there, made for this and dropped at the
 * end; a copy is made with it as the template. The database of the URL is only connected to.
 * Faults: `invalid-input`, `unreachable`, `credential-invalid`, `permission-denied`.
 */
export async function givenPostgres({ url, timeout }: GivenOptions): Promise<ScratchServer> {
  const { Client: Pg, escapeIdentifier } = await import('pg');
  const parsed = URL.parse(url);
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol))
    throw new Fault('invalid-input', 'The database URL is not the URL of a PostgreSQL.', {
      advice: 'Write postgres://user@host:port/database; a password goes into PGPASSWORD.',
    });
  const place = parsed.host;
  const connected = async (database?: string): Promise<Client> => {
    const of = new URL(parsed);
    if (database !== undefined) of.pathname = `/${encodeURIComponent(database)}`;
    const client = new Pg({
      connectionString: of.href,
      application_name: 'recourse rehearse',
      connectionTimeoutMillis: 10_000,
      statement_timeout: timeout,
      options: '-c timezone=UTC',
    });
    client.on('error', () => undefined); // the next statement says so
    try {
      await client.connect();
      return client;
    } catch (error) {
      throw refused(error, place);
    }
  };
  const admin = await connected();
  const made = new Set<string>();
  const make = async (template: string): Promise<string> => {
    const name = `recourse_rehearsal_${randomBytes(6).toString('hex')}`;
    try {
      await admin.query(`create database ${name} template ${escapeIdentifier(template)}`);
    } catch (error) {
      throw refused(error, place);
    }
    made.add(name);
    return name;
  };
  const drop = async (name: string): Promise<void> => {
    await admin.query(`drop database if exists ${name} with (force)`);
    made.delete(name);
  };

  let closed: Promise<void> | undefined;
  const dropAll = async (): Promise<void> => {
    for (const name of made) await drop(name);
    await admin.end();
  };

  const scratchIn = async (name: string): Promise<Scratch> => {
    let client = await connected(name);
    const run = async (sql: string): Promise<Ran> => {
      // A migration may have turned the server's own timeout off.
      const cancel = setTimeout(
        () => void admin.query('select pg_cancel_backend($1)', [backendOf(client)]).catch(() => undefined),
        timeout + 1000,
      );
      try {
        return await ranBy(client, sql);
      } finally {
        clearTimeout(cancel);
      }
    };
    return {
      run,
      ...lookingWith(run),
      isGone: () => false,
      async copy() {
        await client.end(); // a template is connected to by nobody
        const copy = await make(name);
        client = await connected(name);
        return scratchIn(copy);
      },
      async close() {
        await client.end();
        await drop(name);
      },
    };
  };
  const [row] = (await admin.query<{ version: string }>("select current_setting('server_version') as version")).rows;
  return {
    kind: 'given',
    version: `PostgreSQL ${row?.version} at ${place}`,
    open: async () => scratchIn(await make('template0')),
    close: () => (closed ??= dropAll()),
  };
}

const backendOf = (client: Client): number => (client as unknown as { processID: number }).processID;

async function ranBy(client: Client, sql: string): Promise<Ran> {
  try {
    const answer = (await client.query(sql)) as unknown;
    return { results: ([answer].flat() as { rows: Row[] }[]).map(({ rows }) => rows) };
  } catch (error) {
    const { code, message, position } = error as { code?: string; message: string; position?: string };
    if (code === undefined || code.length !== 5)
      throw new Fault('unreachable', `the scratch database has ended: ${message}`, { cause: error });
    return { failed: { sqlState: code, message, ...(position !== undefined && { position: Number(position) }) } };
  }
}

function refused(error: unknown, place: string): Fault {
  const { code = '', message } = error as { code?: string; message: string };
  const as = code.startsWith('28') ? 'credential-invalid' : code === '42501' ? 'permission-denied' : 'unreachable';
  return new Fault(as, `cannot make a scratch database on ${place}: ${message}`, {
    at: place,
    cause: error,
    ...(as === 'permission-denied' && { advice: 'Use a role that may create databases (CREATEDB).' }),
  });
}
