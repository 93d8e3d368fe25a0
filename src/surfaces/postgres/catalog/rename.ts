import type { AlterObjectSchemaStmt, Node, RenameStmt } from '@pgsql/types';

import { assume, change, refuse, type Context } from './context.ts';
import { freeRelation, relationOf } from './relations.ts';
import { columnOf, findRelation } from './relations.ts';
import { functionNamed } from './routines.ts';
import type { Kind, Thing } from './thing.ts';
import { stringOf, stringsOf } from './type-name.ts';

type Find = (context: Context, statement: RenameStmt) => Thing | undefined;
const relation =
  (kind: 'table' | 'view' | 'index' | 'sequence'): Find =>
  (context, { relation: range, missing_ok }) =>
    missing_ok && !findRelation(context, range?.schemaname, range?.relname ?? '')
      ? undefined
      : relationOf(context, range, kind);
const part =
  (kind: Kind): Find =>
  (context, { relation: range, subname = '' }) => {
    const table = relationOf(context, range);
    if (kind === 'column') return columnOf(context, table, subname);
    return context.catalog.part(kind, table.oid, subname) ?? missing(context, kind, subname, table);
  };
const named =
  (kind: Kind): Find =>
  (context, { object, subname }) => {
    const names = namesOf(object);
    const name = names.at(-1) ?? subname ?? '';
    const schema =
      kind === 'schema' || kind === 'extension' ? '' : names.length > 1 ? (names[0] ?? '') : context.schema;
    return context.catalog.named(kind, schema, name) ?? missing(context, kind, name, undefined, schema);
  };

function missing(
  context: Context,
  kind: Kind,
  name: string,
  parent: Thing | undefined,
  schema = parent?.schema ?? '',
): Thing {
  if (context.catalog.isComplete) refuse(context, `${kind} "${name}" does not exist`);
  return assume(context, { kind, name, schema, ...(parent && { parent: parent.oid }) });
}

const finds: Readonly<Record<string, Find>> = {
  OBJECT_TABLE: relation('table'),
  OBJECT_VIEW: relation('view'),
  OBJECT_MATVIEW: relation('view'),
  OBJECT_INDEX: relation('index'),
  OBJECT_SEQUENCE: relation('sequence'),
  OBJECT_FOREIGN_TABLE: relation('table'),
  OBJECT_COLUMN: part('column'),
  OBJECT_TABCONSTRAINT: part('constraint'),
  OBJECT_TRIGGER: part('trigger'),
  OBJECT_POLICY: part('policy'),
  OBJECT_RULE: part('rule'),
  OBJECT_TYPE: named('type'),
  OBJECT_DOMAIN: named('type'),
  OBJECT_SCHEMA: named('schema'),
  OBJECT_FUNCTION: (context, { object }) => object && functionNamed(context, object, false),
  OBJECT_PROCEDURE: (context, { object }) => object && functionNamed(context, object, false),
};

export function rename(context: Context, statement: RenameStmt): void {
  const thing = finds[statement.renameType ?? '']?.(context, statement);
  if (!thing) return;
  const own = statement.newname ?? '';
  const name = thing.kind === 'function' ? `${own}${thing.name.slice(thing.name.indexOf('('))}` : own;
  if (isRelation(thing)) freeRelation(context, thing.schema, name);
  if (thing.parent !== undefined && context.catalog.part(thing.kind, thing.parent, name))
    refuse(context, `${thing.kind} "${name}" already exists`);
  if (thing.kind === 'schema') moveAll(context, thing.name, name);
  change(context, thing, { name });
}

const isRelation = (thing: Thing): boolean =>
  thing.kind === 'table' ||
  thing.kind === 'view' ||
  thing.kind === 'index' ||
  thing.kind === 'sequence' ||
  thing.facts['index'] === true;

const inSchemas: readonly Kind[] = ['table', 'view', 'index', 'sequence', 'constraint', 'type', 'function', 'other'];
function moveAll(context: Context, from: string, to: string): void {
  for (const kind of inSchemas)
    for (const thing of context.catalog.all(kind)) if (thing.schema === from) change(context, thing, { schema: to });
}

/** With the indexes, constraints and sequences of a table. */
export function setSchema(
  context: Context,
  { relation: range, object, objectType, newschema = '' }: AlterObjectSchemaStmt,
): void {
  if (!range) {
    const thing = finds[objectType ?? '']?.(context, { ...(object && { object }) });
    if (thing) change(context, thing, { schema: newschema });
    return;
  }
  const table = relationOf(context, range);
  for (const thing of [table, ...context.catalog.parts(table.oid), ...ownSequences(context, table)])
    if (thing.schema !== '') change(context, thing, { schema: newschema });
}

const ownSequences = (context: Context, table: Thing): readonly Thing[] =>
  context.catalog
    .parts(table.oid, 'column')
    .flatMap((column) => context.catalog.users(column.oid).filter((user) => user.kind === 'sequence'));

export function namesOf(object: Node | undefined): readonly string[] {
  if (!object) return [];
  if ('List' in object) return stringsOf(object.List.items);
  if ('TypeName' in object) return stringsOf(object.TypeName.names);
  if ('ObjectWithArgs' in object) return stringsOf(object.ObjectWithArgs.objname);
  return [stringOf(object) ?? ''];
}
