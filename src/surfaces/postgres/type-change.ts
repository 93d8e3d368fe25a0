import { keepsValues } from './catalog/conversion.ts';
import type { Fact, Oid } from './catalog/thing.ts';
import { baseOf, modsOf } from './catalog/type-name.ts';
import type { Found, SchemaMigration } from './schema-migration.ts';

/** A column that gets another type. */
export interface TypeChange {
  readonly from: string;
  readonly to: string;
  readonly column: string;
  /** For people: from what to what. */
  readonly words: string;
  /** What it was is known. */
  readonly isKnown: boolean;
  /** Values that differ still differ after it, or it fails. */
  readonly isKept: boolean;
  /** Every value of the old type is one of the new type. */
  readonly isWider: boolean;
  /** The condition under which a value does not fit the old type; undefined where there is none. */
  readonly beyond: string | undefined;
}

export function typeChange({ migration, effect }: Found): TypeChange | undefined {
  const { before, after, kind } = effect;
  const is = after?.facts['type'];
  if (kind !== 'column' || !before || !after || before.facts['type'] === is || typeof is !== 'string') return undefined;
  const was = before.facts['type'] ?? typeAfterDown(migration, before.oid);
  const known = typeof was === 'string' ? was : '?';
  const to = effect.sql('type', 'after');
  const from = before.facts['type'] === undefined ? known : effect.sql('type', 'before');
  const data = after.data?.join(' ') ?? '';
  const isComputed =
    after.data !== undefined && !/^@\d+(?:\|[^|]*)*$/.test(data) && !data.startsWith("'") && data !== 'NULL';
  const isCut = data.slice(data.lastIndexOf('|')).startsWith('|lossy');
  return {
    from,
    to,
    column: after.name,
    words: known === '?' ? `to ${to}` : `from ${from} to ${to}`,
    isKnown: known !== '?',
    isKept: !isComputed && !isCut && (known === '?' ? !isComputed : keepsValues(known, is, false)),
    isWider: known === '?' ? isRoomy(is) : keepsValues(known, is, false) && isWider(known, is),
    beyond: beyondOf(known, after.name),
  };
}

/** Where nothing that was read made the column, the way back says what it was. */
const typeAfterDown = ({ down }: SchemaMigration, oid: Oid): Fact =>
  down.flatMap(({ effects }) => effects).findLast(({ after }) => after?.oid === oid)?.after?.facts['type'];

const isRoomy = (type: string): boolean =>
  ['text', 'int8', 'jsonb', 'timestamptz', 'varchar', 'numeric'].includes(type);

const order = ['int2', 'int4', 'int8', 'numeric'];
function isWider(from: string, to: string): boolean {
  const [one, two] = [baseOf(from), baseOf(to)];
  if (order.includes(one) && order.includes(two) && one !== two)
    return order.indexOf(two) > order.indexOf(one) && modsOf(to).length === 0;
  const length = (type: string): number => modsOf(type)[0] ?? Infinity;
  return length(to) >= length(from) && (one === two || two === 'text' || two === 'varchar');
}

const limits: Readonly<Record<string, string>> = { int2: '32767', int4: '2147483647', int8: '9223372036854775807' };
function beyondOf(type: string, column: string): string | undefined {
  const base = baseOf(type);
  if (base === 'varchar' || base === 'bpchar')
    return modsOf(type)[0] === undefined ? undefined : `length(${column}) > ${modsOf(type)[0]}`;
  return base in limits ? `${column} > ${limits[base]}` : undefined;
}
