import type { ConnectionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { StoredConnection } from '../model/store.ts';
import type { Db } from './tables.ts';

export async function connections(db: Db): Promise<readonly StoredConnection[]> {
  const rows = await db.selectFrom('recourse.connection').selectAll().orderBy('id').execute();
  return rows.map(({ id, system, settings }) => ({
    id: id as ConnectionId,
    system,
    settings: JSON.parse(settings) as Json,
  }));
}

export async function putConnection(db: Db, { id, system, settings }: StoredConnection): Promise<void> {
  const row = { id, system, settings: JSON.stringify(settings) };
  await db
    .insertInto('recourse.connection')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ system, settings: row.settings }))
    .execute();
}

export async function removeConnection(db: Db, id: ConnectionId): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('recourse.connection').where('id', '=', id).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
