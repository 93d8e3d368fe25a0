import { sql } from 'kysely';

import type { Ambient } from '../model/ambient.ts';
import type { ChangeId, Instant } from '../model/ids.ts';
import { broadcast } from './broadcast.ts';
import type { Embedded } from './embedded.ts';
import { notices } from './notices.ts';
import type { Distributed } from './postgres.ts';
import { presenceInProcess, presenceOn, type Presence } from './presence.ts';
import { keepSession } from './session.ts';
import type { Db } from './tables.ts';

/** What processes on one store know of each other: which changes have news, and which are attended to. */
export interface Company {
  readonly presence: Presence;
  tell(change: ChangeId): void;
  listen(heard: (change: ChangeId) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export function companyOf(
  database: Embedded | Distributed,
  ambient: Ambient,
  trouble: (error: unknown) => void,
): Company {
  return database.kind === 'embedded' ? alone() : among(database, ambient, trouble);
}

function alone(): Company {
  const here = notices();
  return {
    presence: presenceInProcess(),
    tell: here.tell,
    listen: async (heard) => {
      const stop = here.listen(heard);
      return async () => stop();
    },
    close: async () => undefined,
  };
}

function among({ db, config }: Distributed, ambient: Ambient, trouble: (error: unknown) => void): Company {
  const here = notices();
  const origin = Buffer.from(ambient.random(9)).toString('base64url');
  const others = broadcast(db, ambient, origin, trouble);
  const session = keepSession({
    config,
    ambient,
    heard: (payload) => others.heard(payload).forEach(here.tell),
    missed: (since) => void changedSince(db, since).then((changes) => changes.forEach(here.tell), trouble),
  });
  return {
    presence: presenceOn(session),
    tell: (change) => {
      here.tell(change);
      others.send(change);
    },
    listen: async (heard) => {
      await session.listen();
      const stop = here.listen(heard);
      return async () => stop();
    },
    close: async () => {
      await others.close();
      await session.close();
    },
  };
}

/** With a minute more, for clocks that differ. Reads every row: only after a lost connection. */
async function changedSince(db: Db, since: Instant): Promise<readonly ChangeId[]> {
  const start = new Date(Date.parse(since) - 60_000).toISOString();
  const { rows } = await sql<{ id: ChangeId }>`
    select id from recourse.change where listed::json ->> 'updatedAt' >= ${start}`.execute(db);
  return rows.map(({ id }) => id);
}
