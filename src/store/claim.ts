import { sql } from 'kysely';

import { Fault } from '../model/fault.ts';
import type { ChangeId } from '../model/ids.ts';
import type { Ownership } from '../model/store.ts';
import type { Db } from './tables.ts';

/** Raises the fencing epoch: whoever held the change before can write no more. Faults: `not-found`. */
export async function claim(db: Db, change: ChangeId): Promise<Ownership> {
  const row = await db
    .updateTable('recourse.change')
    .set({ epoch: sql`epoch + 1` })
    .where('id', '=', change)
    .returning('epoch')
    .executeTakeFirst();
  if (!row) throw new Fault('not-found', `There is no change ${change}.`, { at: change });
  return { change, epoch: row.epoch };
}
