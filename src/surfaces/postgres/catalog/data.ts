import type { CommonTableExpr, DeleteStmt, InsertStmt, Node, SelectStmt, UpdateStmt } from '@pgsql/types';

import { canMatch, comparedWith, insertedMark } from './condition.ts';
import { change, type Context } from './context.ts';
import { undoneIn } from './conversion.ts';
import { isWholeCopy } from './create-table.ts';
import { expressionText, constantOf } from './expression.ts';
import { loseRows } from './lost-rows.ts';
import { columnOf, findRelation, relationOf } from './relations.ts';
import { namesIn, scopeOfSelect, sourcesOf, targetsOf, type Scope } from './scope.ts';
import { dataOf, marked, type Oid, type Thing } from './thing.ts';

/** How many constants of inserted rows are kept, so that a way back that deletes them is understood. */
const mostMarks = 1000;

const valueText =
  (context: Context) =>
  (oid: Oid): string => {
    const column = context.catalog.get(oid);
    return column ? dataOf(column).join(' or ') : '?';
  };

/** Changes of rows stand in WITH, too. */
export function runQueries(context: Context, ctes: readonly Node[] | undefined): void {
  for (const node of ctes ?? []) {
    const cte: CommonTableExpr | undefined = 'CommonTableExpr' in node ? node.CommonTableExpr : undefined;
    const query = cte?.ctequery;
    if (query && 'InsertStmt' in query) insertRows(context, query.InsertStmt);
    if (query && 'UpdateStmt' in query) updateRows(context, query.UpdateStmt);
    if (query && 'DeleteStmt' in query) deleteRows(context, query.DeleteStmt);
  }
}

interface Ranged {
  readonly relation?: UpdateStmt['relation'];
  readonly fromClause?: Node[];
  readonly withClause?: SelectStmt['withClause'];
}

function scopeOfChange(context: Context, { relation, fromClause, withClause }: Ranged, table: Thing): Scope {
  const text = valueText(context);
  const within = scopeOfSelect(context, { ...(withClause && { withClause }) }, undefined, text);
  const own = { alias: relation?.alias?.aliasname ?? table.name, oid: table.oid };
  const others = (fromClause ?? []).flatMap((from) => sourcesOf(context, from, within, text));
  return { sources: [own, ...others], outer: undefined, queries: within.queries };
}

export function updateRows(context: Context, statement: UpdateStmt): void {
  runQueries(context, statement.withClause?.ctes);
  const table = relationOf(context, statement.relation);
  const scope = scopeOfChange(context, statement, table);
  if (!canMatch(context, scope, statement.whereClause)) return;
  const isJoined = (statement.fromClause?.length ?? 0) > 0;
  const names = namesIn(context, scope, valueText(context));
  const where = statement.whereClause && expressionText(statement.whereClause, names);
  // All is worked out on the rows as they were.
  const sets = (statement.targetList ?? []).flatMap((node) => {
    if (!('ResTarget' in node)) return [];
    const column = columnOf(context, table, node.ResTarget.name ?? '');
    return [{ column, value: cut(undoneIn(expressionText(assigned(node.ResTarget.val), names))) }];
  });
  for (const { column, value } of sets) {
    const old = dataOf(column);
    const isWhole = where === undefined || isJoined || isAboutOthers(where, old) || old.length === 0;
    const data = isWhole ? [value] : either(isAboutNull(where) ? old.filter((one) => one !== 'NULL') : old, value);
    if (data.join() !== old.join() && !isAnotherNothing(statement.whereClause, where, value))
      change(context, context.catalog.get(column.oid) ?? column, { data });
  }
}

/** What several statements made of a column, each for some rows; after the first few it makes no difference. */
const either = (old: readonly string[], value: string): readonly string[] =>
  old.length >= mostValues ? old : [...new Set([...old, value])];
const mostValues = 4;
const longestValue = 300;
const cut = (value: string): string =>
  value.length > longestValue ? `${value.slice(0, longestValue)}… ${value.length}` : value;

/** One value of `(a, b) = (x, y)`. */
function assigned(node: Node | undefined): Node | undefined {
  if (!node || !('MultiAssignRef' in node)) return node;
  const { source, colno } = node.MultiAssignRef;
  return source && 'RowExpr' in source ? source.RowExpr.args?.[(colno ?? 1) - 1] : source;
}

/** A condition that only leaves out rows in which there is nothing to take over. */
const isAboutNull = (where: string): boolean => /^\(?(?:\(\S+ IS (?:NOT )?NULL\)(?: AND )?)+\)?$/.test(where);
/** As above, and no row is left out for what the column itself held. */
const isAboutOthers = (where: string, old: readonly string[]): boolean =>
  isAboutNull(where) && (!where.includes(' IS NULL)') || old.join() === 'NULL');

const nothings = new Set([
  'NULL',
  "''",
  "'[]'",
  "'{}'",
  "'00000000-0000-0000-0000-000000000000'",
  "'00000000-00000000-00000000-00000000'",
]);
/** Where a stand-in for nothing is replaced by another one, nothing is lost. */
function isAnotherNothing(where: Node | undefined, text: string | undefined, value: string): boolean {
  if (value === 'NULL' && text?.includes(' IS NULL)') && isAboutNull(text)) return true;
  if (!nothings.has(value.replace(/::\w+$/, ''))) return false;
  const compared = comparedWith(where);
  return compared !== undefined && compared.every((one) => nothings.has(one.slice(one.indexOf('=') + 1)));
}

export function deleteRows(context: Context, statement: DeleteStmt): void {
  runQueries(context, statement.withClause?.ctes);
  const table = relationOf(context, statement.relation);
  const { relation, usingClause, withClause, whereClause } = statement;
  const scope = scopeOfChange(
    context,
    {
      ...(relation && { relation }),
      ...(usingClause && { fromClause: usingClause }),
      ...(withClause && { withClause }),
    },
    table,
  );
  const now = dataOf(context.catalog.get(table.oid) ?? table);
  if (now.length === 0 || !canMatch(context, scope, whereClause)) return;
  const compared = comparedWith(whereClause);
  if (compared !== undefined && compared.every((mark) => now.includes(mark))) {
    change(context, context.catalog.get(table.oid) ?? table, {
      data: now.filter((source) => !compared.includes(source)),
    });
    return;
  }
  if (context.isStrict && whereClause && areWrittenSince(context, table, scope, whereClause)) return;
  loseRows(context, table, whereClause === undefined ? 'all' : 'some', new Set());
}

/**
 * On the way back: rows told apart by a column that the way there added, or by what a constraint forbade that it took
 * away, are rows that the new version wrote.
 */
function areWrittenSince(context: Context, table: Thing, scope: Scope, where: Node): boolean {
  const { start } = context.catalog;
  const asked = marked(expressionText(where, namesIn(context, scope)));
  const own = asked.filter((oid) => context.catalog.get(oid)?.parent === table.oid);
  if (own.some((oid) => start.get(oid) === undefined)) return true;
  const gone = [...start.touched]
    .flatMap((oid) => start.get(oid) ?? [])
    .filter((one) => one.kind === 'constraint' && one.parent === table.oid);
  return (
    own.length > 0 &&
    gone.some((one) => context.catalog.get(one.oid) === undefined && own.every((oid) => one.goesWith.includes(oid)))
  );
}

export function insertRows(context: Context, statement: InsertStmt): void {
  runQueries(context, statement.withClause?.ctes);
  const table = relationOf(context, statement.relation);
  const select =
    statement.selectStmt && 'SelectStmt' in statement.selectStmt ? statement.selectStmt.SelectStmt : undefined;
  const columns = (statement.cols ?? []).flatMap((node) => ('ResTarget' in node ? [node.ResTarget.name ?? ''] : []));
  const now = context.catalog.get(table.oid) ?? table;
  if (select?.valuesLists) insertValues(context, now, columns, select.valuesLists);
  else if (select) insertSelected(context, now, columns, select);
  else change(context, now, { data: [...new Set([...dataOf(now), '+'])] });
  if (statement.onConflictClause?.action === 'ONCONFLICT_UPDATE')
    overwrite(context, table, statement.onConflictClause.targetList);
}

function insertValues(context: Context, table: Thing, columns: readonly string[], lists: readonly Node[]): void {
  if (dataOf(table).length > mostMarks) return;
  const data = new Set(dataOf(table));
  const own = columns.length > 0 ? columns : context.catalog.parts(table.oid, 'column').map((column) => column.name);
  data.add('+');
  for (const list of lists) {
    if (data.size > mostMarks) break;
    for (const [at, item] of ('List' in list ? (list.List.items ?? []) : []).entries()) {
      const inner = 'TypeCast' in item && item.TypeCast.arg ? item.TypeCast.arg : item;
      if ('A_Const' in inner) data.add(insertedMark(own[at] ?? '', constantOf(inner.A_Const)));
    }
  }
  change(context, table, { data: [...data] });
}

function insertSelected(context: Context, table: Thing, columns: readonly string[], select: SelectStmt): void {
  const values = valueText(context);
  const targets = targetsOf(context, select, undefined, values);
  const own =
    columns.length > 0
      ? columns.map((name) => columnOf(context, table, name))
      : context.catalog.parts(table.oid, 'column');
  const [from] = select.fromClause ?? [];
  const source =
    from && 'RangeVar' in from
      ? findRelation(context, from.RangeVar.schemaname, from.RangeVar.relname ?? '')
      : undefined;
  const isEmpty = dataOf(table).length === 0;
  const where =
    select.whereClause &&
    expressionText(select.whereClause, namesIn(context, scopeOfSelect(context, select, undefined, values), values));
  const isPart = where !== undefined && !isAboutNull(where);
  const row =
    (select.fromClause ?? []).length > 0
      ? []
      : targets.map((target, at) => insertedMark(own[at]?.name ?? '', target.text));
  const rows = source && isWholeCopy(select) ? dataOf(source) : ['+', ...row];
  if (isEmpty) {
    for (const [at, column] of own.entries()) {
      const text = targets[at]?.text ?? '?';
      change(context, column, { data: [isPart ? `part of ${text}` : text] });
    }
  }
  const now = context.catalog.get(table.oid) ?? table;
  change(context, now, { data: [...new Set([...dataOf(now), ...rows])] });
}

/** ON CONFLICT DO UPDATE writes over rows that are there. */
function overwrite(context: Context, table: Thing, targets: readonly Node[] | undefined): void {
  if (!dataOf(table).some((source) => source.includes('@'))) return;
  for (const node of targets ?? []) {
    if (!('ResTarget' in node)) continue;
    const column = columnOf(context, table, node.ResTarget.name ?? '');
    change(context, column, { data: either(dataOf(column), 'another') });
  }
}
