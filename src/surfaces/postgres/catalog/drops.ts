import type { DropStmt, Node, ObjectType } from '@pgsql/types';

import { assume, refuse, type Context } from './context.ts';
import { drop } from './drop.ts';
import { findRelation, relationNamed } from './relations.ts';
import { namesOf } from './rename.ts';
import { functionNamed } from './routines.ts';
import type { Kind, Thing } from './thing.ts';

type Find = (context: Context, object: Node, isOptional: boolean) => Thing | undefined;

const relation =
  (kind: 'table' | 'view' | 'sequence' | 'index'): Find =>
  (context, object, isOptional) => {
    const names = namesOf(object);
    const schema = names.length > 1 ? names.at(-2) : undefined;
    const found = findRelation(context, schema, names.at(-1) ?? '');
    if (found?.kind === 'constraint')
      refuse(context, `cannot drop index ${found.name} because a constraint requires it`);
    return (
      found ??
      (isOptional && context.catalog.hasHistory ? undefined : relationNamed(context, schema, names.at(-1) ?? '', kind))
    );
  };

const named =
  (kind: Kind): Find =>
  (context, object, isOptional) => {
    const names = namesOf(object);
    const name = names.at(-1) ?? '';
    const schema = kind === 'schema' || kind === 'extension' ? '' : (names.at(-2) ?? context.schema);
    const found = context.catalog.named(kind, schema, name);
    if (found || (isOptional && context.catalog.hasHistory)) return found;
    if (context.catalog.isComplete) refuse(context, `${kind} "${name}" does not exist`);
    return assume(context, { kind, schema, name });
  };

const part =
  (kind: Kind): Find =>
  (context, object, isOptional) => {
    const names = namesOf(object);
    const [name = '', table = '', schema] = names.toReversed();
    const owner = findRelation(context, schema, table);
    const found = owner && context.catalog.part(kind, owner.oid, name);
    if (found || (isOptional && context.catalog.hasHistory)) return found;
    if (context.catalog.isComplete) refuse(context, `${kind} "${name}" for table "${table}" does not exist`);
    return assume(context, { kind, name, parent: relationNamed(context, schema, table).oid });
  };

const finds: Partial<Record<ObjectType, Find>> = {
  OBJECT_TABLE: relation('table'),
  OBJECT_FOREIGN_TABLE: relation('table'),
  OBJECT_VIEW: relation('view'),
  OBJECT_MATVIEW: relation('view'),
  OBJECT_SEQUENCE: relation('sequence'),
  OBJECT_INDEX: relation('index'),
  OBJECT_TYPE: named('type'),
  OBJECT_DOMAIN: named('type'),
  OBJECT_SCHEMA: named('schema'),
  OBJECT_EXTENSION: named('extension'),
  OBJECT_TRIGGER: part('trigger'),
  OBJECT_POLICY: part('policy'),
  OBJECT_RULE: part('rule'),
  OBJECT_FUNCTION: functionNamed,
  OBJECT_PROCEDURE: functionNamed,
  OBJECT_ROUTINE: functionNamed,
  OBJECT_AGGREGATE: functionNamed,
};

export function dropStatement(
  context: Context,
  { objects, removeType, missing_ok, behavior, concurrent }: DropStmt,
): void {
  if (concurrent && context.isTransactional)
    refuse(context, 'DROP INDEX CONCURRENTLY cannot run inside a transaction block');
  const find = finds[removeType ?? 'OBJECT_TYPE'] ?? named('other');
  const roots = (objects ?? []).flatMap((object) => find(context, object, missing_ok ?? false) ?? []);
  const isCascade = behavior === 'DROP_CASCADE';
  for (const root of roots) {
    if (root.kind !== 'schema') continue;
    const inside = inSchema(context, root.name);
    if (inside.length > 0 && !isCascade)
      refuse(context, `cannot drop schema ${root.name} because other objects depend on it`);
    drop(context, inside, true);
  }
  drop(context, roots, isCascade);
}

const kinds: readonly Kind[] = ['table', 'view', 'sequence', 'index', 'type', 'function', 'other'];
const inSchema = (context: Context, schema: string): readonly Thing[] =>
  kinds.flatMap((kind) => context.catalog.all(kind)).filter((thing) => thing.schema === schema);
