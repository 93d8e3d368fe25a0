/**
 * Rows for every table, made from its definition alone: parents before children, conditions satisfied, nothing known of
 * any project. Where no row can be made for a table it is said why.
 */
import type { Column, Row, Rows, Scratch, Table } from '../model/scratch.ts';
import { identifier, quote, satisfying, type Values } from './rehearse-checks.ts';
import { inOrder, referring } from './rehearse-references.ts';
import { type Style, valueFor } from './rehearse-values.ts';

export interface Filled {
  readonly tables: number;
  readonly rows: number;
  /** Tables that got no row, and why. */
  readonly empty: Readonly<Record<string, string>>;
  /** Tables of which a row at least was refused, and why. */
  readonly refused: Readonly<Record<string, string>>;
}
export interface Wanted {
  readonly style: Style;
  /** The number of the first row; rows of other calls have others. */
  readonly first: number;
  /** Rows a table; more where a column has more labels. */
  readonly count: number;
  /** `loaded`: references that go in a circle are not checked. `written`: as an application would. `probed`: that too, but nothing is remembered. */
  readonly how: 'loaded' | 'written' | 'probed';
  /** Rows that are there already, to refer to. */
  readonly present?: Rows;
  /** Replaces the usual value. */
  readonly instead?: (table: Table, column: Column, row: number) => string | undefined;
}
export type Fill = (scratch: Scratch, tables: readonly Table[], wanted: Wanted) => Promise<Filled>;

interface Made {
  readonly table: Table;
  readonly key: string;
  readonly values: Values;
}
/** Foreign key violation: references that go in a circle cannot be satisfied one row after the other. */
const circular = '23503';

/** How a row gets in: as it is, past triggers and references, or not at all. */
type Way = 'plain' | 'past-triggers' | { readonly refused: string };

/** What was found out about a table is remembered: it is the same for the next migration. */
export function filler(): Fill {
  const solved = new Map<string, Values>();
  const ways = new Map<string, Way>();

  async function valuesOf(
    scratch: Scratch,
    table: Table,
    row: number,
    wanted: Wanted,
    parents: Rows,
    later: readonly Table[],
  ): Promise<Values | string> {
    const values = usualValues(table, row, wanted);
    if (typeof values === 'string') return values;
    const expected = (name: string): Row | undefined => {
      const other = later.find((one) => one.name === name);
      const usual = other && usualValues(other, row, wanted);
      return usual instanceof Map ? Object.fromEntries(usual) : undefined;
    };
    const because = referring(table, values, row - wanted.first, parents, expected);
    if (because !== undefined) return because;
    if (table.checks.length === 0 && table.columns.every((one) => one.domainChecks.length === 0)) return values;
    const key = JSON.stringify([shapeOf(table), row, [...values]]);
    const fixed = new Set(table.references.flatMap(({ columns }) => columns));
    const found = solved.get(key) ?? (await satisfying(scratch, table, values, row, fixed));
    solved.set(key, found);
    return found;
  }

  /** Tries a row in every way; what does not work leaves no trace. */
  async function tried(scratch: Scratch, made: Made, { how }: Wanted): Promise<Way> {
    const texts: Readonly<Record<'plain' | 'past-triggers', string>> = {
      plain: insertOf(made, 'plain'),
      'past-triggers': insertOf(made, 'past-triggers'),
    };
    for (const way of ['plain', 'past-triggers'] as const) {
      const ran = await scratch.run(`savepoint row; ${texts[way]}; release row`);
      if ('results' in ran) return way;
      await scratch.run('rollback to row; release row');
      if (how !== 'loaded' || way !== 'plain' || ran.failed.sqlState !== circular)
        return { refused: ran.failed.message };
    }
    return { refused: '' };
  }

  /** With `each`, row by row, which finds out the way of each; without, all in one message, by the ways that are known. */
  async function attempt(
    scratch: Scratch,
    tables: readonly Table[],
    wanted: Wanted,
    each: boolean,
  ): Promise<Filled | undefined> {
    const parents = new Map(wanted.present);
    const empty: Record<string, string> = {};
    const refused: Record<string, string> = {};
    const all: string[] = [];
    let count = 0;
    const order = inOrder(tables);
    for (const [at, table] of order.entries()) {
      const later = wanted.how === 'loaded' ? order.slice(at + 1) : [];
      const rows: Row[] = [];
      for (let row = wanted.first; row < wanted.first + rowsFor(table, wanted); row += 1) {
        const values = await valuesOf(scratch, table, row, wanted, new Map(parents).set(table.name, rows), later);
        if (typeof values === 'string') {
          empty[table.name] ??= values;
          refused[table.name] ??= values;
          continue;
        }
        const key = JSON.stringify([shapeOf(table), row, wanted.how, [...values]]);
        const made = { table, key, values };
        const way = each ? await tried(scratch, made, wanted) : (ways.get(key) ?? 'plain');
        if (each && wanted.how !== 'probed') ways.set(key, way);
        if (typeof way === 'object') {
          empty[table.name] ??= way.refused;
          refused[table.name] ??= way.refused;
          continue;
        }
        all.push(insertOf(made, way));
        count += 1;
        rows.push(Object.fromEntries(values));
      }
      if (rows.length === 0) continue;
      parents.set(table.name, rows);
      delete empty[table.name];
    }
    if (!each && count > 0) {
      const ran = await scratch.run(all.join(';\n'));
      if ('failed' in ran) return undefined;
    }
    return { tables: tables.length - Object.keys(empty).length, rows: count, empty, refused };
  }

  return async (scratch, tables, wanted) => {
    for (const each of [false, true]) {
      // In one session the plans of trigger functions outlive a change of their table.
      if (each) await scratch.run('discard plans');
      await scratch.run(['savepoint fill', ...(wanted.how === 'loaded' ? restarts(tables) : [])].join(';\n'));
      const filled = await attempt(scratch, tables, wanted, each);
      const ended = filled && (await scratch.run(`${deferredChecks}; release fill`));
      if (filled && ended && 'results' in ended) return filled;
      await scratch.run('rollback to fill; release fill');
    }
    const none = Object.fromEntries(tables.map(({ name }) => [name, 'no row could be made']));
    return { tables: 0, rows: 0, empty: none, refused: none };
  };
}

/** What the end of a transaction does: checks what was put off until then. Afterwards it is put off again. */
export const deferredChecks = `set constraints all immediate;
  do $$ declare c record; begin
    for c in select n.nspname, k.conname from pg_catalog.pg_constraint k join pg_catalog.pg_namespace n on n.oid = k.connamespace where k.condeferred
    loop execute pg_catalog.format('set constraints %I.%I deferred', c.nspname, c.conname); end loop; end $$`;

const shapeOf = (table: Table): Table => ({ ...table, id: '' });

/** Every label of an enum is in two rows at least. */
const rowsFor = (table: Table, { count, how }: Wanted): number =>
  how !== 'loaded' ? count : Math.min(Math.max(count, 2 * labelsIn(table)), most);
/** Rows that a table gets at most. */
const most = 24;
/** Labels of the enum that has the most; 1 without any. */
const labelsIn = ({ columns }: Table): number => Math.max(1, ...columns.map((one) => one.labels?.length ?? 0));

/** Numbers that a default takes come after those of the rows. */
const restarts = (tables: readonly Table[]): readonly string[] =>
  tables.flatMap(({ columns }) =>
    columns.flatMap(({ sequence }) =>
      sequence === undefined ? [] : [`alter sequence ${sequence} restart with 12001`],
    ),
  );

function insertOf({ table, values }: Made, way: 'plain' | 'past-triggers'): string {
  const names = [...values.keys()].map(identifier).join(', ');
  const texts = [...values.values()].map((value) => (value === null ? 'null' : quote(value))).join(', ');
  const insert =
    names === ''
      ? `insert into ${table.name} default values`
      : `insert into ${table.name} (${names}) overriding system value values (${texts})`;
  return way === 'plain'
    ? insert
    : `set local session_replication_role = replica; ${insert}; set local session_replication_role = origin`;
}

/** The values of a row before references and conditions are looked at, or why there can be none. */
function usualValues(table: Table, row: number, wanted: Wanted): Map<string, string | null> | string {
  const isLast = row === wanted.first + rowsFor(table, wanted) - 1;
  const isNull = wanted.style === 'sparse' || (isLast && !wanted.style.endsWith('-filled'));
  const isCoherent = wanted.style === 'sparse' || wanted.style.startsWith('coherent');
  const values = new Map<string, string | null>();
  for (const column of table.columns) {
    if (column.isGenerated) continue;
    const isKey = table.primaryKey.includes(column.name);
    const value =
      wanted.instead?.(table, column, row) ??
      (isNull && !column.isNotNull && !isKey
        ? null
        : valueFor({ table: table.name, column, row, isKey, isCoherent, round: labelsIn(table) }));
    if (value !== undefined) values.set(column.name, value);
    else if (column.isNotNull && !column.hasDefault)
      return `no value can be made for column ${column.name} of type ${column.type}`;
  }
  return values;
}
