import type { TruncateStmt } from '@pgsql/types';

import { change, type Context } from './context.ts';
import { relationOf } from './relations.ts';
import { dataOf, type Oid, type Thing } from './thing.ts';

/** Rows go, and with them those that refer to them and go along. */
export function loseRows(context: Context, table: Thing, share: 'all' | 'some', seen: Set<Oid>): void {
  if (seen.has(table.oid)) return;
  seen.add(table.oid);
  const now = context.catalog.get(table.oid) ?? table;
  if (dataOf(now).length === 0) return;
  const isPart = (source: string): boolean => source.startsWith('part of ');
  if (share === 'some' && dataOf(now).every(isPart)) return;
  change(context, now, {
    data: share === 'all' ? [] : dataOf(now).map((source) => (isPart(source) ? source : `part of ${source}`)),
  });
  for (const user of context.catalog.users(table.oid)) {
    if (
      user.facts['type'] !== 'FOREIGN KEY' ||
      user.parent === undefined ||
      !String(user.facts['actions']).includes('ON DELETE CASCADE')
    )
      continue;
    const child = context.catalog.get(user.parent);
    if (child) loseRows(context, child, 'some', seen);
  }
}

export function truncate(context: Context, { relations, behavior }: TruncateStmt): void {
  for (const node of relations ?? []) {
    if (!('RangeVar' in node)) continue;
    const table = relationOf(context, node.RangeVar);
    change(context, context.catalog.get(table.oid) ?? table, { data: [] });
    if (behavior !== 'DROP_CASCADE') continue;
    for (const user of context.catalog.users(table.oid)) {
      const child =
        user.facts['type'] === 'FOREIGN KEY' && user.parent !== undefined
          ? context.catalog.get(user.parent)
          : undefined;
      if (child && child.data?.length !== 0) change(context, child, { data: [] });
    }
  }
}
