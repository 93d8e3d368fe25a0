/**
 * One migration, really done and undone on one database: with rows in it, with rows written in between, and with the
 * application of before going on meanwhile.
 */
import { isDeepStrictEqual } from 'node:util';

import type { Contents } from '../decide/rehearsed-data.ts';
import type { Trial } from '../decide/rehearsed.ts';
import type { Migration, MigrationText } from '../model/migration.ts';
import type { Column, Schema, Table } from '../model/scratch.ts';
import { type Missed, missedByOldApplication, refusalsOf } from './rehearse-old-application.ts';
import type { Fill, Filled } from './rehearse-rows.ts';
import type { Stage } from './rehearse-stage.ts';
import { largestFor, type Style } from './rehearse-values.ts';

export interface Before {
  readonly schema: Schema;
  readonly tables: readonly Table[];
}

/** Rows that most resemble real ones first; a migration that does not run over them is tried with tamer ones. */
const styles = ['varied', 'varied-filled', 'coherent', 'coherent-filled', 'sparse'] as const satisfies readonly Style[];
/** With other rows it would take as long. */
const tookTooLong = '57014';
const rowsEach = 3;
const rowsWritten = 2;

interface Tried extends Trial {
  readonly missed?: Missed;
}

/** @param before the schema and the tables of the stage as it is given */
export async function rehearseOne(stage: Stage, migration: Migration, before: Before, fill: Fill): Promise<Trial> {
  let refused: Trial | undefined;
  for (const made of before.tables.length > 0 ? [...styles, 'none' as const] : ['none' as const]) {
    const trial = await stage.branch(async (branch) => {
      const { filled, now } = await withRows(branch, before, fill, made);
      return tried(branch, migration, now, fill, { made, filled });
    });
    if (stage.scratch.isGone() || trial.upFailed?.sqlState === tookTooLong) return trial;
    if (trial.up === 'ran')
      return {
        ...trial,
        oldApplication: await newlyMissed(stage, trial, before, fill),
        ...(refused?.upFailed && { refusedWith: refused.upFailed }),
      };
    refused ??= trial;
  }
  return refused as Trial;
}

async function withRows(
  stage: Stage,
  before: Before,
  fill: Fill,
  style: Style | 'none',
): Promise<{ readonly filled: Filled; readonly now: Before }> {
  if (style === 'none') return { filled: nothing, now: before };
  const { scratch } = stage;
  const relations = await countOfRelations(stage);
  const filled = await stage.write('kept', () =>
    fill(scratch, before.tables, { style, first: 1, count: rowsEach, how: 'loaded' }),
  );
  // A trigger may have made tables of its own.
  const isAsBefore = relations === (await countOfRelations(stage));
  return { filled, now: isAsBefore ? before : { schema: await scratch.schema(), tables: await scratch.tables() } };
}

/** What was refused before the up as well is nothing new. */
async function newlyMissed(
  stage: Stage,
  { missed, rows }: Tried,
  before: Before,
  fill: Fill,
): Promise<readonly string[]> {
  if (!missed || missed.refusals.size === 0) return missed?.gone ?? [];
  const tables = before.tables.filter((table) => missed.refusals.has(table.name));
  const old = await stage.branch(async (branch) => {
    const { now } = await withRows(branch, before, fill, rows.made);
    const present = await branch.scratch.rows(now.tables);
    return branch.write('undone', () => refusalsOf(branch.scratch, tables, present, fill));
  });
  const refusals = [...missed.refusals].filter(([table]) => !old.has(table));
  return [
    ...missed.gone,
    ...refusals.map(([table, because]) => `a row as it was written before is refused by table ${table}: ${because}`),
  ];
}

const nothing: Filled = { tables: 0, rows: 0, empty: {}, refused: {} };

async function tried(
  stage: Stage,
  migration: Migration,
  { schema, tables }: Before,
  fill: Fill,
  rows: Trial['rows'],
): Promise<Tried> {
  const { scratch } = stage;
  const before: Contents = { tables, rows: await scratch.rows(tables) };
  const upFailed = await stage.run(migration.up);
  if (upFailed) return { rows, up: 'failed', upFailed };
  const after = await contentsOf(stage);
  const { down } = migration;
  const common = {
    rows,
    up: 'ran' as const,
    before: { ...before, schema },
    after,
    missed: await stage.write('undone', () => missedByOldApplication(scratch, before, after, fill)),
  };
  if (!down) return common;
  const undone = await stage.branch((branch) => backFrom(branch, down, migration.up, { ...before, schema }));
  return { ...common, ...undone, ...(await afterWrites(stage, down, { before, after, back: undone.back }, fill)) };
}

type Undone = Pick<Trial, 'downFailed' | 'back' | 'upAgainFailed'>;

async function backFrom(
  stage: Stage,
  down: MigrationText,
  up: MigrationText,
  before: Contents & { readonly schema: Schema },
): Promise<Undone> {
  const downFailed = await stage.run(down);
  if (downFailed) return { downFailed };
  const schema = await stage.scratch.schema();
  const tables = isDeepStrictEqual(schema, before.schema) ? before.tables : await stage.scratch.tables();
  const back = { schema, tables, rows: await stage.scratch.rows(tables) };
  const upAgainFailed = await stage.run(up);
  return { back, ...(upAgainFailed && { upAgainFailed }) };
}

/** Rows are written into the new schema, and then the down runs. What it leaves has the tables that it always leaves. */
async function afterWrites(
  stage: Stage,
  down: MigrationText,
  { before, after, back }: { readonly before: Contents; readonly after: Contents; readonly back: Contents | undefined },
  fill: Fill,
): Promise<Pick<Trial, 'written'>> {
  const { scratch } = stage;
  const { rows } = await stage.write('kept', () =>
    fill(scratch, after.tables, {
      style: 'varied',
      first: 41,
      count: rowsWritten,
      how: 'written',
      present: after.rows,
      instead: widest(before.tables),
    }),
  );
  if (rows === 0) return {};
  const contents = { tables: after.tables, rows: await scratch.rows(after.tables) };
  const failed = await stage.run(down);
  if (failed) return { written: { rows, contents, failed } };
  const tables = back?.tables ?? (await scratch.tables());
  return { written: { rows, contents, after: { tables, rows: await scratch.rows(tables) } } };
}

async function countOfRelations({ scratch }: Stage): Promise<string | null | undefined> {
  const ran = await scratch.run('select count(*)::text as count from pg_catalog.pg_class');
  return 'results' in ran ? ran.results[0]?.[0]?.['count'] : undefined;
}

async function contentsOf({ scratch }: Stage): Promise<Contents> {
  const tables = await scratch.tables();
  return { tables, rows: await scratch.rows(tables) };
}

/** The new version uses what only the new schema takes: a wider type, another label. NULL is in the last row anyway. */
const widest =
  (before: readonly Table[]) =>
  (table: Table, column: Column, row: number): string | undefined => {
    const was = before.find((one) => one.name === table.name)?.columns.find((one) => one.name === column.name);
    const isWider = was && (was.type !== column.type || was.labels?.length !== column.labels?.length);
    return isWider && row % 2 === 1 ? largestFor(column, row) : undefined;
  };
