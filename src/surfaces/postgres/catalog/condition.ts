import type { A_Expr, Node } from '@pgsql/types';

import type { Context } from './context.ts';
import { constantOf } from './expression.ts';
import type { Scope } from './scope.ts';
import { ownData, type Thing } from './thing.ts';
import { stringOf, stringsOf } from './type-name.ts';

type Truth = 'yes' | 'no' | 'unknown';
/** What is known of a value: that it is this constant, that it is something, or nothing. */
type Value = { readonly constant: string } | 'something' | 'anything';

/**
 * Whether a row that was there before can satisfy a condition. Known are values that this migration has given to all
 * rows, and that a column which was NOT NULL holds no NULL.
 */
export function canMatch(context: Context, scope: Scope, where: Node | undefined): boolean {
  return where === undefined || truthOf(context, scope, where) !== 'no';
}

function truthOf(context: Context, scope: Scope, node: Node): Truth {
  if ('BoolExpr' in node) {
    const args = (node.BoolExpr.args ?? []).map((arg) => truthOf(context, scope, arg));
    if (node.BoolExpr.boolop === 'NOT_EXPR') return not(args[0] ?? 'unknown');
    const [strong, weak]: readonly [Truth, Truth] = node.BoolExpr.boolop === 'OR_EXPR' ? ['yes', 'no'] : ['no', 'yes'];
    return args.includes(strong) ? strong : args.every((arg) => arg === weak) ? weak : 'unknown';
  }
  if ('NullTest' in node) {
    const value = valueOf(context, scope, node.NullTest.arg);
    if (value === 'anything') return 'unknown';
    const isNull = value !== 'something' && value.constant === 'NULL';
    return isNull === (node.NullTest.nulltesttype === 'IS_NULL') ? 'yes' : 'no';
  }
  if ('A_Expr' in node) return comparison(context, scope, node.A_Expr);
  const value = valueOf(context, scope, node);
  if (typeof value !== 'object') return 'unknown';
  return value.constant === 'true' ? 'yes' : value.constant === 'false' || value.constant === 'NULL' ? 'no' : 'unknown';
}

const not = (truth: Truth): Truth => (truth === 'yes' ? 'no' : truth === 'no' ? 'yes' : 'unknown');

function comparison(context: Context, scope: Scope, { kind, name, lexpr, rexpr }: A_Expr): Truth {
  const left = valueOf(context, scope, lexpr);
  if (typeof left !== 'object') return 'unknown';
  const items = kind === 'AEXPR_IN' && rexpr && 'List' in rexpr ? (rexpr.List.items ?? []) : rexpr ? [rexpr] : [];
  const values = items.map((item) => valueOf(context, scope, item));
  const sign = stringsOf(name)[0] ?? '';
  if (left.constant === 'NULL') return 'no';
  if (!values.every((value) => typeof value === 'object') || (kind !== 'AEXPR_OP' && kind !== 'AEXPR_IN'))
    return 'unknown';
  const isEqual = values.some((value) => bare(value.constant) === bare(left.constant));
  if (sign === '=') return isEqual ? 'yes' : 'no';
  return sign === '<>' || sign === '!=' ? not(isEqual ? 'yes' : 'no') : 'unknown';
}

const bare = (text: string): string => text.replace(/^'(.*)'$/s, '$1');

function valueOf(context: Context, scope: Scope, node: Node | undefined): Value {
  if (!node) return 'anything';
  if ('A_Const' in node) return { constant: constantOf(node.A_Const) };
  if ('TypeCast' in node) return valueOf(context, scope, node.TypeCast.arg);
  const column = 'ColumnRef' in node ? columnIn(context, scope, node.ColumnRef.fields) : undefined;
  if (!column) return 'anything';
  const [only, ...others] = column.data ?? [];
  if (only !== undefined && others.length === 0 && /^(?:NULL|true|false|-?\d+|'[^']*')$/.test(only))
    return { constant: only };
  return wasNeverNull(context, column) ? 'something' : 'anything';
}

/** Not null when this migration began, and its values are still those, or not null now. */
function wasNeverNull(context: Context, column: Thing): boolean {
  if (column.facts['notNull'] === true) return true;
  const before = context.catalog.start.get(column.oid);
  const isOwn = column.data === undefined || column.data.every((value) => value === ownData(column.oid));
  return isOwn && before?.facts['notNull'] === true;
}

function columnIn(context: Context, scope: Scope, fields: readonly Node[] | undefined): Thing | undefined {
  const name = stringOf(fields?.at(-1)) ?? '';
  const alias = stringOf(fields?.at(-2));
  for (const source of scope.sources) {
    if (source.oid === undefined || (alias !== undefined && source.alias !== alias)) continue;
    const column = context.catalog.part('column', source.oid, name);
    if (column) return column;
  }
  return undefined;
}

/** The constants that a condition compares columns with by equality; undefined where it does anything else. */
export function comparedWith(where: Node | undefined): readonly string[] | undefined {
  if (!where) return undefined;
  if ('BoolExpr' in where && where.BoolExpr.boolop !== 'NOT_EXPR') {
    const parts = (where.BoolExpr.args ?? []).map(comparedWith);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (!('A_Expr' in where)) return undefined;
  const { kind, name, lexpr, rexpr } = where.A_Expr;
  if (!lexpr || !('ColumnRef' in lexpr) || stringsOf(name)[0] !== '=') return undefined;
  const column = stringOf(lexpr.ColumnRef.fields?.at(-1)) ?? '';
  const items =
    kind === 'AEXPR_IN' && rexpr && 'List' in rexpr
      ? (rexpr.List.items ?? [])
      : kind === 'AEXPR_OP' && rexpr
        ? [rexpr]
        : [];
  const constants = items
    .map((item) => ('TypeCast' in item ? item.TypeCast.arg : item))
    .map((item) => (item && 'A_Const' in item ? constantOf(item.A_Const) : undefined));
  return items.length > 0 && constants.every((one) => one !== undefined)
    ? constants.map((one) => insertedMark(column, one))
    : undefined;
}

/** Of a row that this migration has put in. */
export const insertedMark = (column: string, constant: string): string => `+${column}=${constant}`;
