import { sql } from 'kysely';

import type { ChangeId, ResourceId } from '../model/ids.ts';
import type { Store } from '../model/store.ts';
import { resourceKey } from './projection.ts';
import type { Db } from './tables.ts';

type Held = Awaited<ReturnType<Store['lease']>>;

/** Takes all or none. In sorted order, so that two changes that want the same ones never wait for each other in a ring. */
export async function lease(
  db: Db,
  change: ChangeId,
  resources: readonly ResourceId[],
  inheritsFrom: ChangeId | undefined,
): Promise<Held> {
  const wanted = new Map(resources.map((resource) => [resourceKey(resource), resource]));
  if (wanted.size === 0) return 'held';
  const keys = [...wanted.keys()].toSorted();
  return await db
    .transaction()
    .execute(async (tx) => {
      const { rows } = await sql<{ key: string }>`
      insert into recourse.lease (key, resource, change)
      select wanted.key, wanted.resource, ${change}
      from unnest(${keys}::text[], ${keys.map((key) => wanted.get(key))}::text[]) as wanted (key, resource)
      order by wanted.key
      on conflict (key) do update set change = excluded.change
        where lease.change = excluded.change or lease.change = ${inheritsFrom ?? change}
      returning key`.execute(tx);
      if (rows.length === keys.length) return 'held' as const;
      const got = new Set(rows.map(({ key }) => key));
      const held = await tx
        .selectFrom('recourse.lease')
        .select(['resource', 'change'])
        .where(
          'key',
          'in',
          keys.filter((key) => !got.has(key)),
        )
        .orderBy('key')
        .executeTakeFirstOrThrow();
      throw new HeldByAnother({ resource: held.resource as ResourceId, by: held.change as ChangeId });
    })
    .catch((error: unknown) => {
      if (error instanceof HeldByAnother) return error.held;
      throw error;
    });
}

/** Rolls a transaction back. */
class HeldByAnother extends Error {
  readonly held: Exclude<Held, 'held'>;
  constructor(held: Exclude<Held, 'held'>) {
    super('held by another change');
    this.held = held;
  }
}

export async function leases(db: Db, change: ChangeId): Promise<readonly ResourceId[]> {
  const rows = await db
    .selectFrom('recourse.lease')
    .select('resource')
    .where('change', '=', change)
    .orderBy('key')
    .execute();
  return rows.map(({ resource }) => resource as ResourceId);
}

export async function holder(db: Db, resource: ResourceId): Promise<ChangeId | undefined> {
  const row = await db
    .selectFrom('recourse.lease')
    .select('change')
    .where('key', '=', resourceKey(resource))
    .executeTakeFirst();
  return row?.change as ChangeId | undefined;
}

/** Moves a lease; answers who had it, and moves nothing when nobody had. */
export async function takeOver(db: Db, resource: ResourceId, to: ChangeId): Promise<ChangeId | undefined> {
  const { rows } = await sql<{ change: ChangeId }>`
    with held as (select key, change from recourse.lease where key = ${resourceKey(resource)} for update),
    moved as (update recourse.lease set change = ${to} from held where lease.key = held.key)
    select change from held`.execute(db);
  return rows[0]?.change;
}

/** Newest first. Two effects in one millisecond stand in the order of their changes. */
export async function builtOn(
  db: Db,
  change: ChangeId,
  resources: readonly ResourceId[],
): Promise<readonly ChangeId[]> {
  const { rows } = await sql<{ change: ChangeId }>`
    select later.change
    from recourse.touched as own join recourse.touched as later on later.resource = own.resource
    where own.change = ${change} and own.resource = any(${resources.map(resourceKey)}::text[]) and own.at is not null
      and (later.at, later.change) > (own.at, own.change)
    group by later.change
    order by max(later.at) desc, later.change desc`.execute(db);
  return rows.map((row) => row.change);
}
