import type { RangeVar } from '@pgsql/types';

import { assume, make, refuse, type Context } from './context.ts';
import { mark, type Thing } from './thing.ts';

export const schemaOf = (
  context: Context,
  range: { readonly schemaname?: string; readonly relpersistence?: string } | undefined,
): string => (range?.relpersistence === 't' ? 'pg_temp' : (range?.schemaname ?? context.schema));

/** A relation that is spoken of; one that nothing has made is taken to have been there, unless all is known. */
export function relationOf(
  context: Context,
  range: RangeVar | undefined,
  kind: 'table' | 'view' | 'sequence' | 'index' = 'table',
): Thing {
  return relationNamed(context, range?.schemaname, range?.relname ?? '', kind);
}

export function relationNamed(
  context: Context,
  schema: string | undefined,
  name: string,
  kind: 'table' | 'view' | 'sequence' | 'index' = 'table',
): Thing {
  const found = findRelation(context, schema, name);
  if (found) return found;
  if (context.catalog.isComplete || context.catalog.isGone(schema ?? context.schema, name))
    refuse(context, `relation "${name}" does not exist`);
  return assume(context, { kind, schema: schema ?? context.schema, name });
}

/** A temporary table hides one of the same name. */
export const findRelation = (context: Context, schema: string | undefined, name: string): Thing | undefined =>
  schema === undefined
    ? (context.catalog.relation('pg_temp', name) ?? context.catalog.relation(context.schema, name))
    : context.catalog.relation(schema, name);

export function columnOf(context: Context, table: Thing, name: string): Thing {
  const found = context.catalog.part('column', table.oid, name);
  if (found) return found;
  const isNew = context.catalog.start.get(table.oid) === undefined;
  if ((context.catalog.isComplete && !table.isAssumed) || isNew)
    refuse(context, `column "${name}" of relation "${table.name}" does not exist`);
  return assume(context, { kind: 'column', parent: table.oid, name });
}

/** Refused where the name is taken; what was taken to be there is then known to have been left out, and is replaced. */
export function freeRelation(context: Context, schema: string, name: string): void {
  const there = context.catalog.relation(schema, name);
  if (!there) return;
  refuse(context, `relation "${name}" already exists`);
  for (const part of context.catalog.parts(there.oid)) context.catalog.remove(part);
  context.catalog.remove(there);
}

export function makeSequence(
  context: Context,
  schema: string,
  name: string,
  owner: Thing,
  facts: Thing['facts'] = {},
): Thing {
  return make(context, {
    kind: 'sequence',
    schema,
    name,
    goesWith: [owner.oid],
    facts: { ...facts, ownedBy: mark(owner.oid) },
  });
}
