import type { Node, RangeVar, SelectStmt } from '@pgsql/types';

import type { Context } from './context.ts';
import { expressionText, treeText, type Names } from './expression.ts';
import { mark, type Oid } from './thing.ts';
import { stringOf, typeText } from './type-name.ts';

interface Source {
  readonly alias: string;
  readonly oid: Oid | undefined;
  /** Of a subquery: what its columns are. */
  readonly columns?: ReadonlyMap<string, string>;
}
/** What the names of columns mean at one place: the relations around it, the innermost first. */
export interface Scope {
  readonly sources: readonly Source[];
  readonly outer?: Scope | undefined;
  readonly queries: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** What is longer is named, not written out: a query in a query in a query could double it each time. */
const longest = 2000;

export const emptyScope: Scope = { sources: [], queries: new Map() };
export const scopeOf = (context: Context, oid: Oid, alias?: string): Scope => ({
  sources: [{ alias: alias ?? context.catalog.get(oid)?.name ?? '', oid }],
  queries: new Map(),
});

/** @param columnText what stands for a column: its mark, or where its values come from */
export function namesIn(context: Context, scope: Scope, columnText: (oid: Oid) => string = mark): Names {
  return {
    column: (fields) => columnOf(context, scope, fields, columnText),
    relation: (schema, name) => {
      const found = context.catalog.relation(schema ?? context.schema, name);
      return found ? mark(found.oid) : null;
    },
    type: (type) => typeText(context, type),
    select: (select) => {
      const inner = scopeOfSelect(context, select, scope, columnText);
      return (
        treeText({ ...select, targetList: undefined }, namesIn(context, inner, columnText)) +
        targetText(context, select, inner, columnText)
      );
    },
  };
}

function columnOf(
  context: Context,
  scope: Scope,
  fields: readonly string[],
  columnText: (oid: Oid) => string,
): string | null {
  const name = fields.at(-1) ?? '';
  const alias = fields.at(-2);
  for (const source of scope.sources) {
    if (alias !== undefined && source.alias !== alias) continue;
    const given = source.columns?.get(name);
    if (given !== undefined) return given.length > longest ? `${source.alias}.${name}` : given;
    const column = source.oid === undefined ? undefined : context.catalog.part('column', source.oid, name);
    if (column) return columnText(column.oid);
  }
  return scope.outer ? columnOf(context, scope.outer, fields, columnText) : null;
}

type ColumnText = (oid: Oid) => string;
/** Each query is asked for its scope several times by those around it. */
const scopes = new WeakMap<ColumnText, WeakMap<SelectStmt, Scope>>();

/** The relations of FROM, with what their columns are. */
export function scopeOfSelect(
  context: Context,
  select: SelectStmt,
  outer: Scope | undefined,
  columnText: ColumnText = mark,
): Scope {
  const known = scopes.get(columnText) ?? new WeakMap<SelectStmt, Scope>();
  scopes.set(columnText, known);
  const scope = known.get(select) ?? readScope(context, select, outer, columnText);
  known.set(select, scope);
  return scope;
}

function readScope(context: Context, select: SelectStmt, outer: Scope | undefined, columnText: ColumnText): Scope {
  const queries = new Map(outer?.queries);
  for (const cte of select.withClause?.ctes ?? []) {
    if (!('CommonTableExpr' in cte)) continue;
    const { ctename, ctequery } = cte.CommonTableExpr;
    const within: Scope = { sources: [], outer, queries };
    queries.set(
      ctename ?? '',
      ctequery && 'SelectStmt' in ctequery
        ? columnsOfSelect(context, ctequery.SelectStmt, within, columnText)
        : new Map(),
    );
  }
  const base: Scope = { sources: [], outer, queries };
  return {
    sources: (select.fromClause ?? []).flatMap((from) => sourcesOf(context, from, base, columnText)),
    outer,
    queries,
  };
}

export function sourcesOf(
  context: Context,
  from: Node,
  scope: Scope,
  columnText: (oid: Oid) => string = mark,
): readonly Source[] {
  if ('RangeVar' in from) return [sourceOf(context, from.RangeVar, scope)];
  if ('JoinExpr' in from) {
    const { larg, rarg } = from.JoinExpr;
    return [larg, rarg].flatMap((side) => (side ? sourcesOf(context, side, scope, columnText) : []));
  }
  if ('RangeSubselect' in from) {
    const { alias, subquery } = from.RangeSubselect;
    const columns =
      subquery && 'SelectStmt' in subquery
        ? columnsOfSelect(context, subquery.SelectStmt, scope, columnText)
        : new Map<string, string>();
    return [{ alias: alias?.aliasname ?? '', oid: undefined, columns }];
  }
  return [];
}

function sourceOf(context: Context, range: RangeVar, scope: Scope): Source {
  const name = range.relname ?? '';
  const alias = range.alias?.aliasname ?? name;
  const query = range.schemaname === undefined ? scope.queries.get(name) : undefined;
  if (query) return { alias, oid: undefined, columns: query };
  return { alias, oid: context.catalog.relation(range.schemaname ?? context.schema, name)?.oid };
}

export interface Target {
  readonly name: string;
  readonly text: string;
}

/** The columns that a query gives; one without a name is left out of no list, but cannot be asked for. */
export function targetsOf(
  context: Context,
  select: SelectStmt,
  outer?: Scope,
  columnText: (oid: Oid) => string = mark,
): readonly Target[] {
  if (select.op !== undefined && select.op !== 'SETOP_NONE' && select.larg)
    return targetsOf(context, select.larg, outer, columnText);
  const scope = scopeOfSelect(context, select, outer, columnText);
  return targetsIn(context, select, scope, columnText);
}

function targetsIn(
  context: Context,
  select: SelectStmt,
  scope: Scope,
  columnText: (oid: Oid) => string,
): readonly Target[] {
  const names = namesIn(context, scope, columnText);
  return (select.targetList ?? []).flatMap((target): readonly Target[] => {
    if (!('ResTarget' in target)) return [];
    const { name, val } = target.ResTarget;
    const star = val && 'ColumnRef' in val ? starOf(val.ColumnRef.fields) : undefined;
    if (star !== undefined)
      return scope.sources
        .filter(({ alias }) => star === '' || alias === star)
        .flatMap((source) => allOf(context, source, columnText));
    return [{ name: name ?? nameOf(val) ?? '?column?', text: expressionText(val, names) }];
  });
}

const columnsOfSelect = (
  context: Context,
  select: SelectStmt,
  outer: Scope,
  columnText: (oid: Oid) => string,
): ReadonlyMap<string, string> =>
  new Map(targetsOf(context, select, outer, columnText).map(({ name, text }) => [name, text]));

function targetText(context: Context, select: SelectStmt, scope: Scope, columnText: (oid: Oid) => string): string {
  return targetsIn(context, select, scope, columnText)
    .map(({ name, text }) => `${text} AS ${name}`)
    .join(', ');
}

const allOf = (context: Context, { oid, columns }: Source, columnText: (oid: Oid) => string): readonly Target[] =>
  columns
    ? [...columns].map(([name, text]) => ({ name, text }))
    : oid === undefined
      ? []
      : context.catalog.parts(oid, 'column').map((column) => ({ name: column.name, text: columnText(column.oid) }));

function starOf(fields: readonly Node[] | undefined): string | undefined {
  const last = fields?.at(-1);
  return last && 'A_Star' in last ? (stringOf(fields?.at(-2)) ?? '') : undefined;
}

/** As the server names a column that has no name of its own. */
function nameOf(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if ('ColumnRef' in node) return stringOf(node.ColumnRef.fields?.at(-1));
  if ('FuncCall' in node) return stringOf(node.FuncCall.funcname?.at(-1));
  if ('TypeCast' in node) return nameOf(node.TypeCast.arg) ?? stringOf(node.TypeCast.typeName?.names?.at(-1));
  if ('CoalesceExpr' in node) return 'coalesce';
  if ('CaseExpr' in node) return 'case';
  return undefined;
}
