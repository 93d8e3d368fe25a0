import { setTimeout as sleep } from 'node:timers/promises';

import type { Client, QueryResultRow } from 'pg';

import { Fault } from '../model/fault.ts';
import { postgresFault, type PostgresCall } from './postgres-faults.ts';
import type { PostgresServer } from './postgres-settings.ts';

/** Runs one statement, answers its rows. */
export type Ask = <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** How long the server goes on with a call whose caller has died: the caller's signal ends it earlier. */
const backstop = `set local lock_timeout = '10s'; set local statement_timeout = '60s';
  set local idle_in_transaction_session_timeout = '60s'`;
/** How long a cancelled statement may take to end before its connection is cut. */
const patience = 2000;

/**
 * One transaction over a connection of its own: committed when `use` is done, given up when it throws or when the
 * call's signal aborts. A reply to COMMIT that never comes is the fault `outcome-unknown`; every other fault means that
 * nothing was changed.
 */
export async function transact<T>(
  server: PostgresServer,
  call: PostgresCall,
  access: 'read only' | 'read write',
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  call.signal.throwIfAborted();
  const { Client } = await import('pg');
  const client = new Client(server.config);
  client.on('error', () => undefined); // a connection that breaks between two statements: the next one says so
  let backend: number | undefined;
  let stopped: Promise<void> | undefined;
  let isCommitting = false;
  const stop = (): void => {
    stopped = (async () => {
      if (backend !== undefined) await atMost(patience, cancel(new Client(server.config), backend));
      client.connection.stream.destroy();
    })();
  };
  try {
    call.signal.addEventListener('abort', stop);
    await client.connect();
    await client.query(`begin ${access}; ${backstop}`);
    backend = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
    const result = await use(async (text, values = []) => (await client.query(text, [...values])).rows);
    call.signal.throwIfAborted();
    isCommitting = access === 'read write';
    await client.query('commit');
    return result;
  } catch (error) {
    const fault = postgresFault(error, server, call);
    throw isCommitting ? orOutcomeUnknown(fault, server, call) : fault;
  } finally {
    call.signal.removeEventListener('abort', stop);
    await stopped;
    await atMost(patience, client.end());
    client.connection.stream.destroy();
  }
}

/** The server ends the statement itself: closing a connection does not stop one that waits for a lock. */
async function cancel(another: Client, backend: number): Promise<void> {
  another.on('error', () => undefined);
  try {
    await another.connect();
    await another.query('select pg_cancel_backend($1)', [backend]);
    await another.end();
  } catch {
    another.connection.stream.destroy(); // it cannot be reached: the backstop ends the statement
  }
}

const orOutcomeUnknown = (fault: Fault, server: PostgresServer, call: PostgresCall): Fault =>
  fault.code === 'unreachable' || fault.code === 'timed-out'
    ? new Fault(
        'outcome-unknown',
        `cannot say whether it was possible to ${call.action} ${call.resource} on ${server.name}: ` +
          'the server did not confirm the commit',
        { at: call.resource, cause: fault },
      )
    : fault;

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work, sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
  timer.abort();
}
