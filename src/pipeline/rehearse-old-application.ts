import type { Contents } from '../decide/rehearsed-data.ts';
import type { Column, Rows, Scratch, Table } from '../model/scratch.ts';
import type { Fill } from './rehearse-rows.ts';

/** What the application of before cannot do while the new schema is there. */
export interface Missed {
  /** In words. */
  readonly gone: readonly string[];
  /** Tables that refuse a row as it was written before, and why. */
  readonly refusals: ReadonlyMap<string, string>;
}

/** Reads its tables and columns, and writes the rows it has always written. Only tables that changed can refuse. */
export async function missedByOldApplication(
  scratch: Scratch,
  before: Contents,
  after: Contents,
  fill: Fill,
): Promise<Missed> {
  const gone: string[] = [];
  const written: Table[] = [];
  for (const table of before.tables) {
    const now = after.tables.find((one) => one.name === table.name);
    if (now && isSame(table, now)) continue;
    const missing = now
      ? table.columns.flatMap((column) => missed(table, column, now))
      : [`table ${table.name} is not there any more`];
    gone.push(...missing);
    if (missing.length === 0) written.push(table);
  }
  return { gone, refusals: await refusalsOf(scratch, written, after.rows, fill) };
}

/** Which tables refuse rows in the shape that is given, and why. */
export async function refusalsOf(
  scratch: Scratch,
  tables: readonly Table[],
  present: Rows,
  fill: Fill,
): Promise<ReadonlyMap<string, string>> {
  const refusals = new Map<string, string>();
  for (const table of tables) {
    const { refused } = await fill(scratch, [table], { style: 'varied', first: 61, count: 2, how: 'probed', present });
    const because = refused[table.name];
    if (because !== undefined) refusals.set(table.name, because);
  }
  return refusals;
}

const isSame = (a: Table, b: Table): boolean => JSON.stringify({ ...a, id: '' }) === JSON.stringify({ ...b, id: '' });

function missed({ name: table }: Table, column: Column, now: Table): readonly string[] {
  const found = now.columns.find((one) => one.name === column.name);
  if (!found) return [`column ${table}.${column.name} is not there any more`];
  if (found.isGenerated && !column.isGenerated) return [`column ${table}.${column.name} cannot be written any more`];
  const labels = (column.labels ?? []).filter((label) => !(found.labels ?? [label]).includes(label));
  return labels.map((label) => `column ${table}.${column.name} does not take '${label}' any more`);
}
