import { sql, type RawBuilder } from 'kysely';

import type { ChangeId } from '../model/ids.ts';
import { lockClass, type Session } from './session.ts';

/**
 * Which changes some live process is at. It is never stored, because nothing stored says that a process lives: embedded,
 * it is a set in the one process there is; on PostgreSQL, locks that the server drops with the connection.
 */
export interface Presence {
  /** This process is at the change, from now until `left` or its end. */
  at(change: ChangeId): Promise<void>;
  /** Never rejects. */
  left(change: ChangeId): Promise<void>;
  /** A condition: the change of this id is attended to. */
  attended(id: RawBuilder<unknown>): RawBuilder<boolean>;
}

export function presenceInProcess(): Presence {
  const here = new Set<ChangeId>();
  return {
    at: async (change) => void here.add(change),
    left: async (change) => void here.delete(change),
    attended: (id) => sql`${id} = any(${[...here]}::text[])`,
  };
}

export const presenceOn = (session: Session): Presence => ({
  at: session.at,
  left: session.left,
  attended: (id) => sql`hashtext(${id})::oid in (
    select objid from pg_locks where locktype = 'advisory' and classid = ${lockClass}::oid
      and database = (select oid from pg_database where datname = current_database()))`,
});
