import type { Hash } from '../model/ids.ts';
import type { Db } from './tables.ts';

/** The digest names what is in the envelope. Kept again it replaces the old one: that may be under an earlier key. */
export async function keep(db: Db, hash: Hash, sealed: Uint8Array): Promise<void> {
  await db
    .insertInto('recourse.kept')
    .values({ hash, sealed })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ sealed }))
    .execute();
}

export async function kept(db: Db, hash: Hash): Promise<Uint8Array | undefined> {
  const row = await db.selectFrom('recourse.kept').select('sealed').where('hash', '=', hash).executeTakeFirst();
  return row?.sealed;
}
