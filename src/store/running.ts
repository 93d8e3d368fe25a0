import { sql } from 'kysely';

import type { ChangeId } from '../model/ids.ts';
import type { Presence } from './presence.ts';
import type { Db } from './tables.ts';

/** Where a worker can be at a change. */
const workable = ['approved', 'scheduled', 'running', 'waiting', 'verifying', 'recovering'];

export async function running(db: Db, presence: Presence): Promise<ReadonlySet<ChangeId>> {
  const { rows } = await sql<{ id: ChangeId }>`
    select id from recourse.change where status = any(${workable}::text[]) and ${presence.attended(sql`id`)}`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}
