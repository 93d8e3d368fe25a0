import { sql } from 'kysely';

import { fold } from '../decide/fold.ts';
import { readRecord } from '../evidence/record.ts';
import type { Evidence } from '../model/fact.ts';
import type { ChangeId } from '../model/ids.ts';
import { projectionOf } from './projection.ts';
import type { Db, Tx } from './tables.ts';

/** Changes in one transaction: locks are short, and other work gets its turn between. */
const batch = 100;

/** Makes every projection row anew from the facts; the fencing epochs stay. Answers how many. */
export async function rebuild(db: Db): Promise<number> {
  let made = 0;
  for (let after = ''; ;) {
    const ids = await db.transaction().execute((tx) => rebuildNext(tx, after));
    made += ids.length;
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
  }
  await sql`delete from recourse.change where not exists (select from recourse.evidence where change = id)`.execute(db);
  await sql`delete from recourse.touched where not exists (select from recourse.change where id = touched.change)`.execute(
    db,
  );
  return made;
}

async function rebuildNext(tx: Tx, after: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct change as id from recourse.evidence where change > ${after} order by change limit ${batch}`.execute(
    tx,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return ids;
  // nobody appends to these until we are done
  await sql`select from recourse.change where id = any(${ids}::text[]) order by id for update`.execute(tx);
  const records = await tx
    .selectFrom('recourse.evidence')
    .select(['change', 'record'])
    .where('change', 'in', ids)
    .orderBy('change')
    .orderBy('seq')
    .execute();
  const chains = Map.groupBy(records, ({ change }) => change);
  for (const [id, chain] of chains)
    await rebuildOne(
      tx,
      id as ChangeId,
      chain.map(({ record }) => readRecord(record)),
    );
  return ids;
}

async function rebuildOne(tx: Tx, id: ChangeId, evidence: readonly Evidence[]): Promise<void> {
  const projection = projectionOf({ id, evidence, state: fold(evidence) });
  if (!projection) return;
  const { row, touched } = projection;
  await tx
    .insertInto('recourse.change')
    .values({ id, epoch: 0, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await tx.deleteFrom('recourse.touched').where('change', '=', id).execute();
  const touches = [...touched].map(([resource, at]) => ({ resource, change: id, at }));
  if (touches.length > 0) await tx.insertInto('recourse.touched').values(touches).execute();
}
