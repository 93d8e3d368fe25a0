import type { Row, Rows, Table } from '../model/scratch.ts';

/**
 * Makes a row refer to rows that are there; answers why that is not possible.
 * @param expected the row that a table will have whose turn has not come: references may go in a circle
 */
export function referring(
  table: Table,
  values: Map<string, string | null>,
  index: number,
  parents: Rows,
  expected: (table: string) => Row | undefined,
): string | undefined {
  const settled = new Set<string>();
  for (const { columns, table: parent, foreign } of table.references) {
    if (columns.some((name) => values.get(name) === null)) continue;
    const own = parent === table.name ? [Object.fromEntries(values)] : [];
    const fits = (candidate: Row): boolean =>
      columns.every((name, i) => !settled.has(name) || values.get(name) === candidate[foreign[i] ?? '']);
    const candidates = [...own, ...(parents.get(parent) ?? [])].filter(fits);
    const target = own.length > 0 ? candidates[0] : candidates[index % Math.max(candidates.length, 1)];
    const free = columns.find((name) => !settled.has(name) && mayBeNull(table, name));
    const later = target ?? (free === undefined ? expected(parent) : undefined);
    if (later) for (const [i, name] of columns.entries()) values.set(name, later[foreign[i] ?? ''] ?? null);
    else if (free !== undefined) values.set(free, null);
    else return `the table ${parent}, to which it refers, has no row`;
    for (const name of columns) settled.add(name);
  }
  return undefined;
}

const mayBeNull = (table: Table, name: string): boolean =>
  table.columns.some((one) => one.name === name && !one.isNotNull) && !table.primaryKey.includes(name);

/** Parents before children; where they go in a circle, first one that can do without its parents. */
export function inOrder(tables: readonly Table[]): readonly Table[] {
  const placed: Table[] = [];
  const left = new Map(tables.map((table) => [table.name, table]));
  const waitsFor = (table: Table): Table['references'] =>
    table.references.filter((one) => one.table !== table.name && left.has(one.table));
  const needs = (table: Table): boolean =>
    waitsFor(table).some(({ columns }) => columns.every((name) => !mayBeNull(table, name)));
  while (left.size > 0) {
    const all = [...left.values()];
    const ready = all.filter((table) => waitsFor(table).length === 0);
    const next =
      ready.length > 0 ? ready : [all.find((table) => !needs(table)) ?? all[0]].filter((one) => one !== undefined);
    for (const table of next) {
      placed.push(table);
      left.delete(table.name);
    }
  }
  return placed;
}
