import type { A_Const, A_Expr, FuncCall, Node, SelectStmt } from '@pgsql/types';

import { stringsOf } from './type-name.ts';

/** How the names in an expression are read: null where a name is not known. */
export interface Names {
  column(fields: readonly string[]): string | null;
  relation(schema: string | undefined, name: string): string | null;
  type(type: NonNullable<TypeNode>): string;
  select(select: SelectStmt): string;
}
type TypeNode = Extract<Node, { TypeCast: unknown }>['TypeCast']['typeName'];

/** In one form for all ways of writing it, near to SQL; what has no form here is written as its tree. */
export function expressionText(node: Node | undefined, names: Names): string {
  if (node === undefined) return '';
  for (const kind of Object.keys(node)) {
    const form = forms[kind as keyof typeof forms];
    if (form) return form((node as Record<string, unknown>)[kind] as never, names);
  }
  return treeText(node, names);
}

const list = (nodes: readonly Node[] | undefined, names: Names): string =>
  (nodes ?? []).map((node) => expressionText(node, names)).join(', ');

const forms = {
  A_Const: (value: A_Const) => constantOf(value),
  String: (value: { sval?: string }) => value.sval ?? '',
  Integer: (value: { ival?: number }) => String(value.ival ?? 0),
  ColumnRef: (value: { fields?: Node[] }, names) => {
    const fields = (value.fields ?? []).map((field) => ('String' in field ? (field.String.sval ?? '') : '*'));
    return names.column(fields) ?? fields.map((field) => (field === '*' ? field : quoteName(field))).join('.');
  },
  TypeCast: (value: { arg?: Node; typeName?: TypeNode }, names) =>
    `${expressionText(value.arg, names)}::${value.typeName ? names.type(value.typeName) : ''}`,
  A_Expr: (value: A_Expr, names) => operation(value, names),
  BoolExpr: (value: { boolop?: string; args?: Node[] }, names) => {
    const args = (value.args ?? []).map((arg) => expressionText(arg, names));
    return value.boolop === 'NOT_EXPR'
      ? `(NOT ${args[0]})`
      : `(${args.join(value.boolop === 'OR_EXPR' ? ' OR ' : ' AND ')})`;
  },
  NullTest: (value: { arg?: Node; nulltesttype?: string }, names) =>
    `(${expressionText(value.arg, names)} IS ${value.nulltesttype === 'IS_NULL' ? '' : 'NOT '}NULL)`,
  BooleanTest: (value: { arg?: Node; booltesttype?: string }, names) =>
    `(${expressionText(value.arg, names)} ${(value.booltesttype ?? '').replaceAll('_', ' ')})`,
  CoalesceExpr: (value: { args?: Node[] }, names) => `COALESCE(${list(value.args, names)})`,
  MinMaxExpr: (value: { op?: string; args?: Node[] }, names) =>
    `${value.op === 'IS_LEAST' ? 'LEAST' : 'GREATEST'}(${list(value.args, names)})`,
  FuncCall: (value: FuncCall, names) => call(value, names),
  SQLValueFunction: (value: { op?: string }) => (value.op ?? '').replace('SVFOP_', ''),
  A_ArrayExpr: (value: { elements?: Node[] }, names) => `ARRAY[${list(value.elements, names)}]`,
  List: (value: { items?: Node[] }, names) => `(${list(value.items, names)})`,
  RowExpr: (value: { args?: Node[] }, names) => `ROW(${list(value.args, names)})`,
  SelectStmt: (value: SelectStmt, names) => names.select(value),
  RangeVar: (value: { schemaname?: string; relname?: string; alias?: { aliasname?: string } }, names) => {
    const found = names.relation(value.schemaname, value.relname ?? '') ?? value.relname ?? '';
    return value.alias?.aliasname === undefined ? found : `${found} AS ${value.alias.aliasname}`;
  },
} as const satisfies Record<string, (value: never, names: Names) => string>;

/** A tree without the places at which it stood. */
export function treeText(node: unknown, names: Names): string {
  if (Array.isArray(node)) return `[${node.map((one) => treeText(one, names)).join(',')}]`;
  if (typeof node !== 'object' || node === null) return JSON.stringify(node) ?? '';
  const entries = Object.entries(node).filter(([key]) => !/location$|^stmt_len$/.test(key));
  const [first] = entries;
  if (entries.length === 1 && first && first[0] in forms) return expressionText(node as Node, names);
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, value]) =>
        `${key}:${key === 'larg' || key === 'rarg' ? names.select(value as SelectStmt) : treeText(value, names)}`,
    )
    .join(',')}}`;
}

export function constantOf(value: A_Const): string {
  if (value.isnull) return 'NULL';
  if (value.boolval) return value.boolval.boolval ? 'true' : 'false';
  if (value.ival) return String(value.ival.ival ?? 0);
  if (value.fval) return value.fval.fval ?? '0';
  if (value.sval) return quoteText(value.sval.sval ?? '');
  return `B${quoteText(value.bsval?.bsval ?? '')}`;
}

const infix: Readonly<Record<string, string>> = {
  AEXPR_LIKE: 'LIKE',
  AEXPR_ILIKE: 'ILIKE',
  AEXPR_DISTINCT: 'IS DISTINCT FROM',
  AEXPR_NOT_DISTINCT: 'IS NOT DISTINCT FROM',
  AEXPR_BETWEEN: 'BETWEEN',
  AEXPR_NOT_BETWEEN: 'NOT BETWEEN',
  AEXPR_BETWEEN_SYM: 'BETWEEN SYMMETRIC',
  AEXPR_NOT_BETWEEN_SYM: 'NOT BETWEEN SYMMETRIC',
  AEXPR_SIMILAR: 'SIMILAR TO',
};

function operation({ kind, name, lexpr, rexpr }: A_Expr, names: Names): string {
  const sign = stringsOf(name).join('.');
  const left = expressionText(lexpr, names);
  const right = expressionText(rexpr, names);
  if (kind === 'AEXPR_NULLIF') return `NULLIF(${left}, ${right})`;
  if (kind === 'AEXPR_IN') return `(${left} ${sign === '<>' ? 'NOT IN' : 'IN'} ${withoutTextCasts(right)})`;
  // `IN` is kept by the server as `= ANY` of an array.
  if (kind === 'AEXPR_OP_ANY') {
    const items = /^\(?ARRAY\[(.*)\]\)?(?:::[\w[\]]+)?$/s.exec(right)?.[1];
    return sign === '=' && items !== undefined
      ? `(${left} IN (${withoutTextCasts(items)}))`
      : `(${left} ${sign} ANY (${right}))`;
  }
  if (kind === 'AEXPR_OP_ALL') return `(${left} ${sign} ALL (${right}))`;
  const word = infix[kind ?? ''] ?? (sign === '!=' ? '<>' : sign);
  return lexpr === undefined ? `(${word} ${right})` : `(${left} ${word} ${right})`;
}

/** A constant against a text column means the same with and without its cast. */
const withoutTextCasts = (text: string): string => text.replaceAll(/'::(?:text|varchar|bpchar)\b(?:\(\d+\))?/g, "'");

function call({ funcname, args, agg_distinct, agg_star, agg_filter, agg_order, over }: FuncCall, names: Names): string {
  const name = stringsOf(funcname)
    .filter((part) => part !== 'pg_catalog')
    .map(quoteName)
    .join('.');
  const inside = agg_star ? '*' : `${agg_distinct ? 'DISTINCT ' : ''}${list(args, names)}`;
  const more = [agg_filter, agg_order, over].map((one) => (one === undefined ? '' : treeText(one, names))).join('');
  return `${name}(${inside})${more}`;
}

export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const quoteName = (name: string): string =>
  /^[a-z_][a-z\d_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
