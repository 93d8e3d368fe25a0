/**
 * What a trial of a migration comes to: which parts of schema and data did not come back, what rows written in between
 * lose, and from that the class. What really happened outweighs every rule.
 */
import type { FailedAt, Rehearsal, SchemaDifference } from '../model/rehearsal.ts';
import type { Failure, Row, Schema } from '../model/scratch.ts';
import { type Contents, lossesBetween } from './rehearsed-data.ts';

/** What was seen when a migration was done and undone. What is missing was not reached. */
export interface Trial {
  readonly rows: {
    readonly made: Rehearsal['rows']['made'];
    readonly filled: {
      readonly tables: number;
      readonly rows: number;
      readonly empty: Readonly<Record<string, string>>;
    };
  };
  readonly up: 'ran' | 'failed';
  readonly upFailed?: Failure;
  /** Why rows of another making had to be taken. */
  readonly refusedWith?: Failure;
  readonly before?: Contents & { readonly schema: Schema };
  readonly after?: Contents;
  readonly oldApplication?: readonly string[];
  /** Rows written into the new schema before the down ran. */
  readonly written?:
    | {
        readonly rows: number;
        readonly contents: Contents;
        readonly after?: Contents;
        readonly failed?: Failure;
      }
    | undefined;
  readonly downFailed?: Failure;
  readonly back?: Contents & { readonly schema: Schema };
  readonly upAgainFailed?: Failure;
}

export function rehearsalOf(
  trial: Trial,
  hasDown: boolean,
  on: string,
  failedAt: (failure: Failure, side: 'up' | 'down') => FailedAt,
): Rehearsal {
  const { before, after, back, written, rows } = trial;
  const failures = [
    trial.upFailed && failedAt(trial.upFailed, 'up'),
    trial.refusedWith && failedAt(trial.refusedWith, 'up'),
    trial.downFailed && failedAt(trial.downFailed, 'down'),
    written?.failed && failedAt(written.failed, 'down'),
    trial.upAgainFailed && failedAt(trial.upAgainFailed, 'up'),
  ].filter((one) => one !== undefined);
  return {
    on,
    rows: { tables: rows.filled.tables, rows: rows.filled.rows, made: rows.made, empty: rows.filled.empty },
    up: trial.up,
    down: downOf(trial, hasDown),
    failures,
    schema: before && back ? differencesBetween(before.schema, back.schema) : [],
    data: before && back ? lossesBetween(before, back) : [],
    destroyed: before && after ? lossesBetween(before, after) : [],
    afterWrites: written
      ? {
          rows: written.rows,
          down: written.failed ? 'failed' : 'ran',
          discarded: written.after ? newLosses(written.contents, written.after, trial) : [],
        }
      : null,
    oldApplication: trial.oldApplication ?? [],
    upAgain: back === undefined ? 'not-run' : trial.upAgainFailed ? 'failed' : 'ran',
  };
}

function downOf({ up, downFailed, back }: Trial, hasDown: boolean): Rehearsal['down'] {
  if (!hasDown) return 'none';
  if (up === 'failed') return 'not-run';
  return downFailed ? 'failed' : back ? 'ran' : 'not-run';
}

/** What becomes of the rows that were written since, and of no others. */
const newLosses = (written: Contents, after: Contents, { after: up }: Trial): Rehearsal['data'] => {
  const rows = new Map(written.tables.map(({ name }) => [name, newIn(name, written, up)]));
  return lossesBetween({ tables: written.tables, rows }, after);
};

function newIn(table: string, written: Contents, up: Contents | undefined): readonly Row[] {
  const old = Map.groupBy(up?.rows.get(table) ?? [], (row) => JSON.stringify(row));
  return (written.rows.get(table) ?? []).filter((row) => old.get(JSON.stringify(row))?.pop() === undefined);
}

/** By name and definition. What belongs to a table that is missing or left over is said with the table. */
export function differencesBetween(before: Schema, after: Schema): readonly SchemaDifference[] {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .flatMap((what): SchemaDifference[] => {
      const [was, is] = [before[what], after[what]];
      if (was === is) return [];
      if (is === undefined) return [{ what, problem: 'missing', before: was ?? '' }];
      return [
        was === undefined
          ? { what, problem: 'left-over', after: is }
          : { what, problem: 'changed', before: was, after: is },
      ];
    });
  const whole = all.filter((one) => /^(?:table|view) /.test(one.what) && one.problem !== 'changed');
  return all.filter((one) => !whole.some((table) => table !== one && isPartOf(one, table)));
}

function isPartOf(one: SchemaDifference, table: SchemaDifference): boolean {
  const name = table.what.replace(/^\w+ /, '');
  return (
    one.problem === table.problem &&
    (one.what.includes(` ${name}.`) ||
      [one.before, one.after].some(
        (definition) => definition?.includes(` ON ${name} `) || definition?.includes(` owned by ${name}.`),
      ))
  );
}
