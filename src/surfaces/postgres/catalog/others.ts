import type {
  CommentStmt,
  CreateExtensionStmt,
  CreateSchemaStmt,
  GrantRoleStmt,
  GrantStmt,
  Node,
  ObjectType,
} from '@pgsql/types';

import { assume, changeFacts, make, refuse, type Context } from './context.ts';
import { treeText } from './expression.ts';
import { findRelation, relationNamed, relationOf } from './relations.ts';
import { namesOf } from './rename.ts';
import { functionNamed } from './routines.ts';
import { emptyScope, namesIn } from './scope.ts';
import type { Oid, Thing } from './thing.ts';
import { stringOf, stringsOf } from './type-name.ts';

export function createSchema(context: Context, { schemaname, authrole, if_not_exists }: CreateSchemaStmt): void {
  const name = schemaname ?? authrole?.rolename ?? '';
  if (context.catalog.named('schema', '', name)) {
    if (!if_not_exists) refuse(context, `schema "${name}" already exists`);
    return;
  }
  if (name !== 'public') make(context, { kind: 'schema', name });
}

export function createExtension(context: Context, { extname = '', if_not_exists, options }: CreateExtensionStmt): void {
  if (context.catalog.named('extension', '', extname)) {
    if (!if_not_exists) refuse(context, `extension "${extname}" already exists`);
    return;
  }
  // It is in every new database.
  if (extname !== 'plpgsql')
    make(context, {
      kind: 'extension',
      name: extname,
      facts: { options: (options ?? []).map((one) => plain(context, one)) },
    });
}

const plain = (context: Context, node: unknown): string => treeText(node, namesIn(context, emptyScope));

/** What a comment or a privilege is about; undefined where it is about nothing that is kept here. */
function targetOf(context: Context, type: ObjectType | undefined, object: Node): Thing | undefined {
  if ('RangeVar' in object) return relationOf(context, object.RangeVar);
  const names = namesOf(object);
  const [last = '', before, schema] = names.toReversed();
  if (type === 'OBJECT_COLUMN') {
    const table = relationNamed(context, schema, before ?? '');
    return context.catalog.part('column', table.oid, last) ?? table;
  }
  if (type === 'OBJECT_FUNCTION' || type === 'OBJECT_PROCEDURE' || type === 'OBJECT_ROUTINE')
    return functionNamed(context, object, true);
  if (type === 'OBJECT_SCHEMA') return context.catalog.named('schema', '', stringOf(object) ?? last);
  if (type === 'OBJECT_TYPE' || type === 'OBJECT_DOMAIN')
    return context.catalog.named('type', before ?? context.schema, last);
  if (type === 'OBJECT_EXTENSION') return context.catalog.named('extension', '', last);
  if (type === 'OBJECT_TABCONSTRAINT' || type === 'OBJECT_TRIGGER' || type === 'OBJECT_POLICY') {
    const table = findRelation(context, schema, before ?? '');
    const kind = type === 'OBJECT_TABCONSTRAINT' ? 'constraint' : type === 'OBJECT_TRIGGER' ? 'trigger' : 'policy';
    return table && context.catalog.part(kind, table.oid, last);
  }
  return findRelation(context, before, last);
}

export function comment(context: Context, { objtype, object, comment: text }: CommentStmt): void {
  const target = object && targetOf(context, objtype, object);
  if (!target) return;
  put(context, 'comment', target.oid, 'comment', text === undefined || text === '' ? undefined : text);
}

/** One privilege of one role at one thing; which are left after several grants, the last one says. */
export function grant(context: Context, statement: GrantStmt): void {
  const { is_grant, objects, objtype, privileges, grantees, grant_option } = statement;
  const roles = (grantees ?? []).map((node) =>
    'RoleSpec' in node ? (node.RoleSpec.rolename ?? node.RoleSpec.roletype ?? '') : '',
  );
  const words = privileges?.map((node) =>
    'AccessPriv' in node ? `${node.AccessPriv.priv_name ?? 'all'}${columnsIn(node.AccessPriv.cols)}` : '',
  ) ?? ['all'];
  const isOfTables = statement.targtype === 'ACL_TARGET_OBJECT';
  for (const object of objects ?? []) {
    const target = isOfTables ? targetOf(context, objtype, object) : undefined;
    const key = target ? '' : `${objtype} ${plain(context, object)} `;
    for (const role of roles)
      for (const word of words)
        put(
          context,
          'privilege',
          target?.oid,
          `${key}${word} to ${role}`,
          is_grant ? (grant_option ? 'with grant option' : 'yes') : undefined,
        );
  }
}

const columnsIn = (nodes: readonly Node[] | undefined): string => (nodes ? `(${stringsOf(nodes).join(', ')})` : '');

export function grantRole(context: Context, { is_grant, granted_roles, grantee_roles }: GrantRoleStmt): void {
  for (const role of grantee_roles ?? [])
    for (const granted of granted_roles ?? [])
      put(
        context,
        'privilege',
        undefined,
        `role ${plain(context, granted)} to ${plain(context, role)}`,
        is_grant ? 'yes' : undefined,
      );
}

function put(
  context: Context,
  kind: 'comment' | 'privilege',
  target: Oid | undefined,
  name: string,
  value: string | undefined,
): void {
  const there = context.catalog.part(kind, target ?? 0, name);
  if (value === undefined) {
    // What is taken away, nothing that was read may have given.
    if (there) context.catalog.remove(there);
    else if (kind === 'privilege' && !context.catalog.isPartGone(kind, target ?? 0, name))
      context.catalog.remove(assume(context, { kind, name, parent: target ?? 0, facts: { value: 'yes' } }));
  } else if (there) changeFacts(context, there, { value });
  else make(context, { kind, parent: target ?? 0, name, facts: { value } });
}

/** Kinds of which only the name and the words are kept: what is made must be dropped, what is altered set back. */
export function makeOther(context: Context, what: string, name: string, node: unknown, isReplaced = false): void {
  const full = `${what} ${name}`;
  const there = context.catalog.named('other', '', full);
  const facts = { definition: plain(context, node) };
  if (there && !isReplaced) refuse(context, `${full} already exists`);
  if (there) changeFacts(context, there, facts);
  else make(context, { kind: 'other', name: full, facts });
}
