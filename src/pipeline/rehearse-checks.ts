/**
 * Values that satisfy the conditions of a table. PostgreSQL itself is asked which of the candidates do: it knows every
 * function and operator in them.
 */
import type { Column, Scratch, Table } from '../model/scratch.ts';
import { candidatesFor } from './rehearse-values.ts';

export type Values = ReadonlyMap<string, string | null>;
interface Condition {
  readonly columns: readonly string[];
  readonly condition: string;
}
/** Combinations that are tried at most. */
const most = 4000;

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The values with those replaced that no condition lets through; as they were where nothing was found.
 * @param fixed columns that refer to another table: they stay, or become NULL
 */
export async function satisfying(
  scratch: Scratch,
  table: Table,
  values: Values,
  row: number,
  fixed: ReadonlySet<string>,
): Promise<Values> {
  const found = new Map(values);
  for (const group of groupsOf(conditionsOf(table))) {
    const columns = table.columns.filter(
      (column) => values.has(column.name) && group.some((one) => one.columns.includes(column.name)),
    );
    if (columns.length === 0) continue;
    const lists = columns.map((column) => {
      const value = values.get(column.name) ?? null;
      if (fixed.has(column.name)) return column.isNotNull ? [value] : [value, null];
      return [
        ...new Set([
          value,
          ...candidatesFor(
            column,
            row,
            group.map((one) => one.condition),
          ),
        ]),
      ];
    });
    const query = queryFor(columns, combinationsOf(lists), group);
    const ran = await scratch.run(`savepoint checks; ${query}; release checks`);
    if ('failed' in ran) await scratch.run('rollback to checks; release checks');
    else for (const [name, value] of Object.entries(ran.results[1]?.[0] ?? {})) found.set(name, value);
  }
  return found;
}

const conditionsOf = (table: Table): readonly Condition[] => [
  ...table.checks,
  ...table.columns.flatMap(({ name, domainChecks }) =>
    domainChecks.map((condition) => ({
      columns: [name],
      condition: condition.replaceAll(/\bVALUE\b/g, () => identifier(name)),
    })),
  ),
];

/** Conditions that share a column are satisfied together. */
function groupsOf(conditions: readonly Condition[]): readonly (readonly Condition[])[] {
  return conditions.reduce<(readonly Condition[])[]>((groups, one) => {
    const isShared = (group: readonly Condition[]): boolean =>
      group.some((other) => other.columns.some((column) => one.columns.includes(column)));
    return [...groups.filter((group) => !isShared(group)), [...groups.filter(isShared).flat(), one]];
  }, []);
}

/**
 * The usual values with one of them replaced, then with two; and the same again with NULL wherever it may be: what most
 * conditions ask for is near.
 */
function combinationsOf(lists: readonly (readonly (string | null)[])[]): readonly (readonly (string | null)[])[] {
  const usual = lists.map((list) => list[0] ?? null);
  const bare = lists.map((list, i) => (list.includes(null) ? null : (usual[i] ?? null)));
  const found: (readonly (string | null)[])[] = [];
  for (const start of [usual, bare]) {
    found.push(start);
    const single = lists.flatMap((list, i) => list.map((value) => start.with(i, value)));
    found.push(...single);
    for (const one of single) {
      if (found.length > most) return found;
      found.push(...lists.flatMap((list, i) => list.map((value) => one.with(i, value))));
    }
  }
  return found.slice(0, most);
}

function queryFor(
  columns: readonly Column[],
  combinations: readonly (readonly (string | null)[])[],
  conditions: readonly Condition[],
): string {
  const texts = columns.map((_, i) =>
    combinations.map((one) => (typeof one[i] === 'string' ? quote(one[i]) : 'null')).join(', '),
  );
  const typed = columns.map(({ name, type }, i) => `v${i}::${type} as ${identifier(name)}`);
  const wanted = columns.map(({ name }) => `${identifier(name)}::text as ${identifier(name)}`);
  return `select ${wanted.join(', ')} from (
      select ${typed.join(', ')}, o as recourse_order from unnest(${texts.map((all) => `array[${all}]::text[]`).join(', ')})
        with ordinality u(${columns.map((_, i) => `v${i}`).join(', ')}, o)) tried
    where ${conditions.map(({ condition }) => `(${condition}) is not false`).join(' and ')}
    order by recourse_order limit 1`;
}
