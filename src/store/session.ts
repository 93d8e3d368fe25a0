import type { Client, ClientConfig, QueryConfig } from 'pg';

import type { Ambient } from '../model/ambient.ts';
import type { ChangeId, Instant } from '../model/ids.ts';

/** The channel on which processes tell each other of changes, and the class of the locks that say who is at one. */
export const channel = 'recourse';
export const lockClass = 0x5ec0;

/** The server notices within 25 s that a host is gone, where it would wait hours by default. */
const greeting = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

export interface Session {
  at(change: ChangeId): Promise<void>;
  /** Never rejects. */
  left(change: ChangeId): Promise<void>;
  /** Resolves when notifications are heard. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

interface SessionOptions {
  readonly config: ClientConfig;
  readonly ambient: Ambient;
  readonly heard: (payload: string) => void;
  /** The connection is back; notifications since then were missed. */
  readonly missed: (since: Instant) => void;
}

/**
 * One connection that stays: notifications come in on it, and its locks say which changes this process is at, because
 * the server drops them with the connection. When it breaks it is made again, with everything that it stood for.
 */
export function keepSession({ config, ambient, heard, missed }: SessionOptions): Session {
  const changes = new Set<ChangeId>();
  const closing = new AbortController();
  let isListening = false;
  let connected: Promise<Client> | undefined;

  const connect = async (): Promise<Client> => {
    const pg = (await import('pg')).default;
    const client = new pg.Client({ ...config, keepAlive: true });
    client.on('notification', ({ payload }) => heard(payload ?? ''));
    client.on('error', () => undefined); // 'end' follows
    try {
      await client.connect();
      await client.query(greeting);
      if (isListening) await client.query(`listen ${channel}`);
      for (const change of changes) await client.query(lockOnce(change));
    } catch (error) {
      await client.end();
      throw error;
    }
    client.once('end', () => void again(ambient.now()));
    return client;
  };
  const session = (): Promise<Client> => {
    connected ??= connect().catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
    return connected;
  };
  const again = async (since: Instant): Promise<void> => {
    connected = undefined;
    for (let pause = 100; !closing.signal.aborted; pause = Math.min(2 * pause, 5000)) {
      try {
        await session();
        if (isListening) missed(since);
        return;
      } catch {
        await ambient.sleep(pause, closing.signal).catch(() => undefined); // the server is still away
      }
    }
  };
  let turn: Promise<unknown> = Promise.resolve();
  /** One query after the other, as one connection wants it. */
  const ask = (query: QueryConfig): Promise<unknown> => {
    const asked = turn.then(async () => (await session()).query(query));
    turn = asked.catch(() => undefined); // whoever asked is told; the next one has its turn
    return asked;
  };
  return {
    at: async (change) => {
      changes.add(change);
      await ask(lockOnce(change));
    },
    left: async (change) => {
      if (changes.delete(change) && connected) await ask(unlock(change)).catch(() => undefined); // it goes with the connection
    },
    listen: async () => {
      isListening = true;
      await ask({ text: `listen ${channel}` });
    },
    close: async () => {
      await turn;
      closing.abort();
      const client = await connected?.catch(() => undefined); // it never connected: nothing to end
      await client?.end();
    },
  };
}

const lockOnce = (change: ChangeId) => ({
  text: `select pg_advisory_lock_shared($1, hashtext($2)) where not exists (select from pg_locks
    where pid = pg_backend_pid() and locktype = 'advisory' and classid = $1::oid and objid = hashtext($2)::oid)`,
  values: [lockClass, change],
});

const unlock = (change: ChangeId) => ({
  text: 'select pg_advisory_unlock_shared($1, hashtext($2))',
  values: [lockClass, change],
});
