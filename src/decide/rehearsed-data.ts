/**
 * What became of rows: every table, row, column and value that was there before, looked for afterwards. A table or a
 * column that only has another name now is found by its number: its data is not lost.
 */
import type { Loss } from '../model/rehearsal.ts';
import type { Column, Row, Rows, Table } from '../model/scratch.ts';

export interface Contents {
  readonly tables: readonly Table[];
  readonly rows: Rows;
}

/** Everything of `before` that is missing or different in `after`; what is new there is not looked at. */
export const lossesBetween = (before: Contents, after: Contents): readonly Loss[] =>
  before.tables.flatMap((table) => {
    const rows = before.rows.get(table.name) ?? [];
    if (rows.length === 0) return [];
    const now = tableLike(table, after.tables);
    if (!now) return [{ table: table.name, kind: 'table', count: rows.length, of: rows.length }];
    return lossesIn(table, rows, now, after.rows.get(now.name) ?? []);
  });

const tableLike = (table: Table, among: readonly Table[]): Table | undefined =>
  among.find((one) => one.name === table.name) ?? among.find((one) => one.id === table.id);

function lossesIn(table: Table, rows: readonly Row[], now: Table, nowRows: readonly Row[]): readonly Loss[] {
  const pairs = table.columns.map((column) => ({ column, now: columnLike(column, table, now) }));
  const kept = pairs.flatMap(({ column, now: other }) => (other ? [{ from: column.name, to: other.name }] : []));
  const columns = pairs.flatMap(({ column, now: other }): readonly Loss[] => {
    const count = rows.filter((row) => row[column.name] !== null).length;
    return other || count === 0
      ? []
      : [{ table: table.name, kind: 'column', column: column.name, count, of: rows.length }];
  });
  return [...columns, ...lossesOfRows(table, rows, kept, nowRows)];
}

function columnLike(column: Column, table: Table, now: Table): Column | undefined {
  const named = now.columns.find((one) => one.name === column.name);
  if (named || now.id !== table.id) return named;
  return now.columns.find((one) => one.number === column.number);
}

interface Kept {
  readonly from: string;
  readonly to: string;
}

function lossesOfRows(
  table: Table,
  rows: readonly Row[],
  kept: readonly Kept[],
  nowRows: readonly Row[],
): readonly Loss[] {
  const keys = kept.filter((one) => table.primaryKey.includes(one.from));
  const isKeyed = keys.length > 0 && keys.length === table.primaryKey.length;
  const byKey = isKeyed ? paired(rows, nowRows, keys) : undefined;
  // A key that was made anew: the rows are told by all the rest.
  const others = kept.filter((one) => !keys.includes(one));
  const isKeyNew = byKey?.found.length === 0 && others.length > 0 && nowRows.length > 0;
  const { found, lost } = byKey && !isKeyNew ? byKey : paired(rows, nowRows, isKeyNew ? others : kept);
  const gone: readonly Loss[] = lost > 0 ? [{ table: table.name, kind: 'rows', count: lost, of: rows.length }] : [];
  return [...gone, ...kept.flatMap((one) => changesIn(table, one, found))];
}

type Pairs = readonly (readonly [Row, Row])[];

function paired(rows: readonly Row[], nowRows: readonly Row[], by: readonly Kept[]): { found: Pairs; lost: number } {
  const left = Map.groupBy(nowRows, (row) => JSON.stringify(by.map(({ to }) => row[to])));
  const found = rows.flatMap((row) => {
    const now = left.get(JSON.stringify(by.map(({ from }) => row[from])))?.shift();
    return now ? [[row, now] as const] : [];
  });
  return { found, lost: rows.length - found.length };
}

function changesIn(table: Table, { from, to }: Kept, found: Pairs): readonly Loss[] {
  const changed = found.filter(([row, now]) => row[from] !== now[to]);
  const [first] = changed;
  if (!first) return [];
  const [row, now] = first;
  return [
    {
      table: table.name,
      kind: isTouch(
        table,
        from,
        changed.map(([, one]) => one[to] ?? null),
      )
        ? 'touched'
        : 'values',
      column: from,
      count: changed.length,
      of: found.length,
      toNull: changed.filter(([, one]) => one[to] === null).length,
      sample: { before: shown(from, row[from] ?? null), after: shown(from, now[to] ?? null) },
    },
  ];
}

/** A table with triggers, and times that are all later than any that was made up: the time of the last change. */
const isTouch = ({ triggers, columns }: Table, name: string, values: readonly (string | null)[]): boolean =>
  triggers.length > 0 &&
  (columns.find((one) => one.name === name)?.base ?? '').startsWith('timestamp') &&
  values.every((value) => value !== null && value > '2021');

/** Rows are made up, but a migration may have written some of its own. */
const mayBeSecret = /pass|secret|token|salt|hash|key|credential/i;
function shown(column: string, value: string | null): string | null {
  if (value === null || !mayBeSecret.test(column))
    return value === null || value.length <= 60 ? value : `${value.slice(0, 59)}…`;
  return '(not shown)';
}
