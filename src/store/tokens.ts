import type { Selectable } from 'kysely';

import type { Actor, Hash, Instant } from '../model/ids.ts';
import type { StoredToken } from '../model/store.ts';
import type { TokenScope, TokenView } from '../model/token.ts';
import type { Db, Tables } from './tables.ts';

const shown = ['name', 'scopes', 'created_at', 'created_by', 'last_used_at'] as const;
type Row = Pick<Selectable<Tables['recourse.token']>, (typeof shown)[number]>;

const viewOf = (row: Row): TokenView => ({
  name: row.name,
  scopes: row.scopes.split(' ') as TokenScope[],
  createdAt: row.created_at as Instant,
  createdBy: row.created_by as Actor,
  lastUsedAt: row.last_used_at as Instant | null,
});

export async function tokens(db: Db): Promise<readonly TokenView[]> {
  return (await db.selectFrom('recourse.token').select(shown).orderBy('name').execute()).map(viewOf);
}

/** Replaces the token of this name. */
export async function putToken(db: Db, token: StoredToken): Promise<void> {
  const row = {
    hash: token.hash,
    scopes: token.scopes.join(' '),
    created_at: token.createdAt,
    created_by: token.createdBy,
    last_used_at: token.lastUsedAt,
  };
  await db
    .insertInto('recourse.token')
    .values({ name: token.name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

/** Notes the use once a minute, so that reading through the API does not write at every request. */
export async function useToken(db: Db, hash: Hash, at: Instant): Promise<TokenView | undefined> {
  const row = await db.selectFrom('recourse.token').select(shown).where('hash', '=', hash).executeTakeFirst();
  if (!row || minuteOf(row.last_used_at) === minuteOf(at)) return row && viewOf(row);
  await db.updateTable('recourse.token').set({ last_used_at: at }).where('hash', '=', hash).execute();
  return viewOf({ ...row, last_used_at: at });
}

const minuteOf = (instant: string | null): string | undefined => instant?.slice(0, 16);

export async function removeToken(db: Db, name: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('recourse.token').where('name', '=', name).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
