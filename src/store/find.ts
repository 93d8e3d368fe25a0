import { sql } from 'kysely';

import { Fault } from '../model/fault.ts';
import type { ChangeId } from '../model/ids.ts';
import { requestKey } from './projection.ts';
import type { Db } from './tables.ts';

/** The change whose id ends so. Faults: `invalid-input` (too short, or several end so), `not-found`. */
export async function find(db: Db, ending: string): Promise<ChangeId> {
  const wanted = ending.trim().toUpperCase();
  if (wanted.length < 4)
    throw new Fault('invalid-input', `"${ending}" is too short for an id.`, {
      advice: 'Give the last four characters of the id, or more.',
    });
  const notFound = () => new Fault('not-found', `No change has an id that ends in ${ending}.`, { at: ending });
  if (!/^[0-9A-Z]{4,26}$/.test(wanted)) throw notFound();
  // a range, not LIKE: it uses the index also with a plan that does not know the value
  const { rows } = await sql<{ id: ChangeId }>`
    select id from recourse.change
    where reverse(id) >= reverse(${wanted}) and reverse(id) < reverse(${wanted}) || '~'
    order by id desc limit 6`.execute(db);
  const [found, ...others] = rows;
  if (!found) throw notFound();
  if (others.length > 0)
    throw new Fault('invalid-input', `Several changes have an id that ends in ${ending}.`, {
      at: ending,
      advice: 'Give more of the id.',
      details: rows.slice(0, 5).map(({ id }) => id),
    });
  return found.id;
}

export async function findRequest(db: Db, request: string): Promise<ChangeId | undefined> {
  const row = await db
    .selectFrom('recourse.change')
    .select('id')
    .where('request', '=', requestKey(request))
    .executeTakeFirst();
  return row?.id as ChangeId | undefined;
}
