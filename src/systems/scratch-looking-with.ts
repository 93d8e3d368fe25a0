import { Fault } from '../model/fault.ts';
import type { Ran, Row, Rows, Schema, Table } from '../model/scratch.ts';
import { catalogQuery } from './scratch-catalog-query.ts';
import { rowsQuery, tablesFrom, tablesQueries } from './scratch-postgres-tables.ts';

type Run = (sql: string) => Promise<Ran>;

/** Looks at schema, tables and rows inside the transaction that is open, or in one of its own; leaves no trace. */
export const lookingWith = (run: Run) => ({
  async schema(): Promise<Schema> {
    const [rows = []] = await asked(run, 'execute recourse_catalog');
    return Object.fromEntries(rows.map((row) => [row['what'] ?? '', row['is'] ?? '']));
  },
  async tables(): Promise<readonly Table[]> {
    return tablesFrom(await asked(run, tablesQueries.map((_, i) => `execute recourse_tables_${i}`).join('; ')));
  },
  async rows(tables: readonly Table[]): Promise<Rows> {
    const filled = tables.filter((table) => table.columns.length > 0);
    if (filled.length === 0) return new Map();
    const results = await asked(run, rowsQuery(filled));
    return new Map(filled.map(({ name }, i) => [name, results[i] ?? []]));
  },
});

/** Planning these queries takes as long as running them, and they are asked again and again. */
const prepared = [
  `prepare recourse_catalog as ${catalogQuery}`,
  ...tablesQueries.map((query, i) => `prepare recourse_tables_${i} as ${query}`),
].join(';\n');

/** Names in full, all rows of a table whatever its policies say, and nothing compiled for one short answer. */
const settings = 'set local search_path = pg_catalog; set local row_security = off; set local jit = off';
const noTransaction = '25P01';
const notPrepared = '26000';

async function asked(run: Run, query: string): Promise<readonly (readonly Row[])[]> {
  const inside = await run(`savepoint look; ${settings}; ${query}; rollback to look; release look`);
  if ('results' in inside) return inside.results.slice(4, -2);
  if (inside.failed.sqlState === noTransaction) {
    const alone = await run(`begin; ${settings}; ${query}; rollback`);
    if ('results' in alone) return alone.results.slice(4, -1);
    await run('rollback');
    if (alone.failed.sqlState === notPrepared) return askedAgain(run, `begin; ${settings}; ${prepared}; commit`, query);
    throw unreadable(alone.failed.message);
  }
  await run('rollback to look; release look');
  if (inside.failed.sqlState !== notPrepared) throw unreadable(inside.failed.message);
  return askedAgain(run, `savepoint look; ${settings}; ${prepared}; rollback to look; release look`, query);
}

async function askedAgain(run: Run, prepare: string, query: string): Promise<readonly (readonly Row[])[]> {
  const ran = await run(prepare);
  if ('failed' in ran) throw unreadable(ran.failed.message);
  return asked(run, query);
}

const unreadable = (because: string): Fault =>
  new Fault('bug', `cannot read the catalog of the scratch database: ${because}`);
