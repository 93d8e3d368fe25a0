import { fold } from '../decide/fold.ts';
import { readRecord } from '../evidence/record.ts';
import type { ChangeId } from '../model/ids.ts';
import type { Chain } from '../model/state.ts';
import type { Db } from './tables.ts';

/** Faults: `evidence-broken`, `store-failed` (a record that a newer version wrote). */
export async function read(db: Db, id: ChangeId): Promise<Chain> {
  const evidence = (await texts(db, id)).map((text) => readRecord(text));
  return { id, evidence, state: fold(evidence) };
}

export async function texts(db: Db, id: ChangeId): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('recourse.evidence')
    .select('record')
    .where('change', '=', id)
    .orderBy('seq')
    .execute();
  return rows.map(({ record }) => record);
}
