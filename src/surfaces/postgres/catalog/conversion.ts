import type { Node } from '@pgsql/types';

import type { Context } from './context.ts';
import { expressionText } from './expression.ts';
import { namesIn, scopeOf } from './scope.ts';
import { dataOf, isMark, type Oid, type Thing } from './thing.ts';
import { baseOf, modsOf } from './type-name.ts';

/** Where values of a column come from once it has another type. */
export function convertedData(
  context: Context,
  table: Thing,
  column: Thing,
  to: string,
  using: Node | undefined,
): readonly string[] {
  const from = String(column.facts['type'] ?? '?');
  const own = dataOf(column);
  const plain = using === undefined || isPlainCast(context, table, column, using);
  return own.map((value) =>
    plain ? cast(value, from, to, using !== undefined) : converted(context, table, column, value, using),
  );
}

/** `USING c::type` is what is done without it, by way of text or not. */
function isPlainCast(context: Context, table: Thing, column: Thing, using: Node): boolean {
  const inner = 'TypeCast' in using ? using.TypeCast.arg : using;
  const text = expressionText(
    inner,
    namesIn(context, scopeOf(context, table.oid), (oid) => (oid === column.oid ? 'c' : 'other')),
  );
  return text === 'c' || /^c::(?:text|varchar)$/.test(text);
}

/** A cast and its way back cancel out where the way there keeps every value apart. */
function cast(value: string, from: string, to: string, isForced: boolean): string {
  if (from === to) return value;
  const there = `|${to}>${from}`;
  if (value.endsWith(there)) return value.slice(0, -there.length);
  // What it was is not known: the way back is believed.
  const unknown = `|?>${from}`;
  if (value.endsWith(unknown) && keepsValues(to, from, false)) return value.slice(0, -unknown.length);
  if (from === '?') return `${value}|${isForced && modsOf(to).length > 0 ? 'lossy ' : ''}?>${to}`;
  if (value.length > longestChain) return value;
  return keepsValues(from, to, isForced) ? `${value}|${from}>${to}` : `${value}|lossy ${from}>${to}`;
}

/** A value that was converted so often does not come back anyway. */
const longestChain = 1000;

const wholes = new Set(['int2', 'int4', 'int8', 'numeric']);
const texts = new Set(['varchar', 'text', 'bpchar', 'citext', 'name']);
const pairs = new Set([
  'timestamp timestamptz',
  'timestamptz timestamp',
  'date timestamp',
  'date timestamptz',
  'float4 float8',
  'inet cidr',
  'cidr inet',
  'time timetz',
]);

/**
 * Whether two values that differ still differ after the conversion, or it fails. Forced to a shorter length (`USING`), a
 * text is cut without a word.
 */
export function keepsValues(from: string, to: string, isForced: boolean): boolean {
  const [one, two] = [baseOf(from), baseOf(to)];
  if (from === '?' || to === '?') return false;
  if (one === two || (texts.has(one) && texts.has(two)))
    return !(isForced && isShorter(from, to)) && !losesDigits(from, to);
  if (pairs.has(`${one} ${two}`)) return true;
  if (wholes.has(one) && wholes.has(two)) return two === 'numeric' || one !== 'numeric';
  if (texts.has(two)) return !['json', 'float4', 'float8'].includes(one) && !one.endsWith('[]');
  // A text that is no value of the other type fails; one that is may be written in several ways there.
  return isOwnType(one) || isOwnType(two);
}

/** An enum or a domain of the schema: its values are texts. */
const isOwnType = isMark;
const isShorter = (from: string, to: string): boolean => (modsOf(to)[0] ?? Infinity) < (modsOf(from)[0] ?? Infinity);
const losesDigits = (from: string, to: string): boolean =>
  baseOf(to) === 'numeric' &&
  (modsOf(to)[1] ?? (modsOf(to).length > 0 ? 0 : Infinity)) <
    (modsOf(from)[1] ?? (modsOf(from).length > 0 ? 0 : Infinity));

/** Conversions that undo each other: of what the outer one holds, the inner one's argument is what there was. */
const inverses: readonly (readonly [RegExp, RegExp])[] = [
  [/^to_timestamp\((?<held>.*)\)$/s, /^extract\('epoch', (?<was>.*?)\)(?:::\w+)?$/s],
  [/^extract\('epoch', (?<held>.*)\)(?:::\w+)?$/s, /^to_timestamp\((?<was>.*)\)$/s],
];
/** Undone wherever no value held the new text before. */
const replacedAndBack = /^replace\(replace\((.*), ('[^']*'), ('[^']*')\), \3, \2\)$/s;
/** Nothing, said in another way. */
const nothingForNull = /^COALESCE\((.*), (?:''|'\[\]'|'\{\}')(?:::\w+)?\)$/s;

function converted(context: Context, table: Thing, column: Thing, value: string, using: Node): string {
  const text = expressionText(
    using,
    namesIn(context, scopeOf(context, table.oid), (oid: Oid) => (oid === column.oid ? value : `«${oid}»`)),
  );
  return undoneIn(text);
}

/** An expression in which one conversion undoes another is what was there before both. */
export function undoneIn(text: string): string {
  for (const [outer, inner] of inverses) {
    const held = outer.exec(text)?.groups?.['held'];
    const was = held === undefined ? undefined : inner.exec(held)?.groups?.['was'];
    if (was !== undefined) return was;
  }
  return (replacedAndBack.exec(text) ?? nothingForNull.exec(text))?.[1] ?? text;
}
