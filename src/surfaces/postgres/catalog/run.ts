import type { Node } from '@pgsql/types';

import { alterTable } from './alter-table.ts';
import { change, Refusal, refuse, type Context } from './context.ts';
import { createTable, createTableAs } from './create-table.ts';
import { deleteRows, insertRows, runQueries, updateRows } from './data.ts';
import { dropStatement } from './drops.ts';
import { treeText } from './expression.ts';
import { createIndex } from './indexes.ts';
import { truncate } from './lost-rows.ts';
import { comment, createExtension, createSchema, grant, grantRole, makeOther } from './others.ts';
import { findRelation, relationOf } from './relations.ts';
import { namesOf, rename, setSchema } from './rename.ts';
import { alterPolicy, createFunction, createPolicy, createRule, createTrigger, createView } from './routines.ts';
import { emptyScope, namesIn } from './scope.ts';
import { alterSequence, createSequence } from './sequences.ts';
import { stringOf, stringsOf } from './type-name.ts';
import { alterDomain, alterEnum, createComposite, createDomain, createEnum, createRange } from './types.ts';

type Inner<K extends string> =
  Extract<Node, Record<K, unknown>> extends infer N ? (K extends keyof N ? N[K] : never) : never;
type Runs = { readonly [K in Kinds]?: (context: Context, node: Inner<K>, sql: string) => void };
type Kinds = Node extends infer N ? (N extends unknown ? Extract<keyof N, string> : never) : never;

const other =
  <N>(what: string, nameOf: (node: N) => string, isReplaced = false) =>
  (context: Context, node: N): void =>
    makeOther(context, what, nameOf(node), node, isReplaced);

const runs: Runs = {
  CreateStmt: createTable,
  CreateForeignTableStmt: (context, { base }, sql) => base && createTable(context, base, sql),
  CreateTableAsStmt: createTableAs,
  AlterTableStmt: alterTable,
  DropStmt: dropStatement,
  RenameStmt: rename,
  AlterObjectSchemaStmt: setSchema,
  IndexStmt: createIndex,
  CreateSeqStmt: createSequence,
  AlterSeqStmt: alterSequence,
  CreateEnumStmt: createEnum,
  AlterEnumStmt: alterEnum,
  CreateDomainStmt: createDomain,
  AlterDomainStmt: alterDomain,
  CompositeTypeStmt: createComposite,
  CreateRangeStmt: createRange,
  CreateFunctionStmt: createFunction,
  CreateTrigStmt: createTrigger,
  CreatePolicyStmt: createPolicy,
  AlterPolicyStmt: alterPolicy,
  RuleStmt: createRule,
  ViewStmt: createView,
  CreateSchemaStmt: createSchema,
  CreateExtensionStmt: createExtension,
  CommentStmt: comment,
  GrantStmt: grant,
  GrantRoleStmt: grantRole,
  InsertStmt: insertRows,
  UpdateStmt: updateRows,
  DeleteStmt: deleteRows,
  TruncateStmt: truncate,
  MergeStmt: (context, { relation }) => {
    const table = relationOf(context, relation);
    change(context, table, {
      data: [...(table.data ?? [`@${table.oid}`]), 'merged'].map((source) => `part of ${source}`),
    });
  },
  SelectStmt: (context, { withClause, targetList }) => {
    runQueries(context, withClause?.ctes);
    for (const target of targetList ?? []) if ('ResTarget' in target) setConfig(context, target.ResTarget.val);
  },
  VariableSetStmt: (context, { name, kind, args }) => {
    if (name !== 'search_path') return;
    const [first] = args ?? [];
    context.schema =
      (kind === 'VAR_SET_VALUE' && first && 'A_Const' in first ? first.A_Const.sval?.sval : undefined) ?? 'public';
  },
  AlterOwnerStmt: (context, { object, newowner }) => {
    const [name = '', schema] = namesOf(object).toReversed();
    const thing = findRelation(context, schema, name) ?? context.catalog.named('type', schema ?? context.schema, name);
    if (thing) change(context, thing, { facts: { ...thing.facts, owner: newowner?.rolename } });
  },
  CreatePublicationStmt: other('publication', ({ pubname }: { pubname?: string }) => pubname ?? ''),
  AlterPublicationStmt: other('publication', ({ pubname }: { pubname?: string }) => pubname ?? '', true),
  CreateSubscriptionStmt: other('subscription', ({ subname }: { subname?: string }) => subname ?? ''),
  CreateStatsStmt: other('statistics', ({ defnames }: { defnames?: Node[] }) => stringsOf(defnames).join('.')),
  CreateRoleStmt: other('role', ({ role }: { role?: string }) => role ?? ''),
  AlterRoleStmt: other('role', ({ role }: { role?: { rolename?: string } }) => role?.rolename ?? '', true),
  CreateCastStmt: other('cast', (node: unknown) => JSON.stringify(node).replaceAll(/,?"location":\d+/g, '')),
  CreateEventTrigStmt: other('event trigger', ({ trigname }: { trigname?: string }) => trigname ?? ''),
  DefineStmt: (context, node) => makeOther(context, node.kind ?? 'object', stringsOf(node.defnames).join('.'), node),
  AlterDefaultPrivilegesStmt: (context, node) =>
    makeOther(context, 'default privileges', treeText(node, namesIn(context, emptyScope)), node, true),
  DropRoleStmt: (context, { roles }) => {
    for (const role of roles ?? []) {
      const there = context.catalog.named(
        'other',
        '',
        `role ${'RoleSpec' in role ? (role.RoleSpec.rolename ?? '') : ''}`,
      );
      if (there) context.catalog.remove(there);
    }
  },
  VacuumStmt: (context) => {
    if (context.isTransactional) refuse(context, 'VACUUM cannot run inside a transaction block');
  },
};

/** pg_dump sets the search path by a function. */
function setConfig(context: Context, node: Node | undefined): void {
  if (!node || !('FuncCall' in node) || stringOf(node.FuncCall.funcname?.at(-1)) !== 'set_config') return;
  const [name, value] = node.FuncCall.args ?? [];
  const isPath = name && 'A_Const' in name && name.A_Const.sval?.sval === 'search_path';
  if (isPath) context.schema = (value && 'A_Const' in value ? value.A_Const.sval?.sval : undefined) || 'public';
}

/**
 * Runs one statement on the catalog.
 *
 * @returns why the server would refuse it, or undefined
 */
export function run(context: Context, node: Node, sql: string): string | undefined {
  const [kind] = Object.keys(node) as Kinds[];
  const act = kind === undefined ? undefined : runs[kind];
  if (!act || kind === undefined) return undefined;
  try {
    (act as (context: Context, node: unknown, sql: string) => void)(
      context,
      (node as unknown as Record<string, unknown>)[kind],
      sql,
    );
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return undefined;
}

/** What the statement does to the schema is followed; else it is one that changes none, or one that is not understood. */
export const isFollowed = (node: Node): boolean =>
  Object.keys(node).some((kind) => kind in runs || changesNothing.has(kind));

const changesNothing = new Set([
  'TransactionStmt',
  'VariableShowStmt',
  'ExplainStmt',
  'CheckPointStmt',
  'NotifyStmt',
  'ListenStmt',
  'LockStmt',
  'ReindexStmt',
  'ClusterStmt',
  'RefreshMatViewStmt',
  'ConstraintsSetStmt',
  'DiscardStmt',
  'CopyStmt',
  'DoStmt',
  'PrepareStmt',
  'DeallocateStmt',
  'AlterDatabaseSetStmt',
  'AlterRoleSetStmt',
  'AlterSystemStmt',
]);
