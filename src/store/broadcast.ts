import { sql } from 'kysely';

import type { Ambient } from '../model/ambient.ts';
import type { ChangeId } from '../model/ids.ts';
import { channel } from './session.ts';
import type { Db } from './tables.ts';

/** What one notification holds at most: PostgreSQL takes 8,000 bytes. */
const most = 250;
/** Milliseconds between two. */
const pause = 50;

export interface Broadcast {
  send(change: ChangeId): void;
  /** The changes that another process names in a payload. */
  heard(payload: string): readonly ChangeId[];
  close(): Promise<void>;
}

/**
 * Names changes with new facts to the other processes. Beside the appends and several at once, because PostgreSQL lets
 * transactions that notify commit only one after the other. A lost one is only late news: the facts are there.
 * @param origin tells the processes apart
 */
export function broadcast(db: Db, ambient: Ambient, origin: string, trouble: (error: unknown) => void): Broadcast {
  const waiting = new Set<ChangeId>();
  const closing = new AbortController();
  let sending: Promise<void> | undefined;

  const sendAll = async (): Promise<void> => {
    while (waiting.size > 0) {
      const changes = [...waiting].slice(0, most);
      for (const change of changes) waiting.delete(change);
      await sql`select pg_notify(${channel}, ${`${origin} ${changes.join(' ')}`})`.execute(db).catch(trouble);
      await ambient.sleep(pause, closing.signal).catch(() => undefined); // closed: what waits goes out at once
    }
    sending = undefined;
  };
  return {
    send: (change) => {
      waiting.add(change);
      sending ??= sendAll();
    },
    heard: (payload) => {
      const [from, ...changes] = payload.split(' ');
      return from === origin ? [] : (changes as ChangeId[]);
    },
    close: async () => {
      closing.abort();
      await sending;
    },
  };
}
