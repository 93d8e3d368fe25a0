/**
 * A rehearsal in findings: what was lost first, each with its class, the exact statement that would make up for it, and
 * the query that tells whether the way back is still open.
 */
import type { Finding } from '../model/finding.ts';
import type { FailedAt, Loss, Rehearsal, SchemaDifference } from '../model/rehearsal.ts';

type At = NonNullable<Finding['at']>;
/** Where in the texts something is spoken of: the first statement that names it, or the first one. */
export interface Places {
  readonly up: (names: readonly string[]) => At;
  readonly down: (names: readonly string[]) => At;
}

export function rehearsedFindings(rehearsal: Rehearsal, places: Places): readonly Finding[] {
  const all =
    rehearsal.up === 'ran' ? [...broken(rehearsal, places), ...remarks(rehearsal, places)] : notDone(rehearsal, places);
  return all.map((one): Finding => ({ ...one, known: 'rehearsal' }));
}

type Said = Omit<Finding, 'known'>;

const failureOf = ({ failures }: Rehearsal, side: At | undefined): FailedAt | undefined =>
  failures.find((one) => one.path === side?.path) ?? failures[0];
const placed = ({ path, line, column }: FailedAt): At => ({ path, line, column });

function notDone(rehearsal: Rehearsal, { up }: Places): readonly Said[] {
  const failed = failureOf(rehearsal, undefined);
  return [
    {
      rule: 'rehearsal/up-fails',
      class: 'reversible-with-manual-repair',
      message: `The up does not run on a database with all migrations before it: ${failed?.message ?? 'it ended the database'}`,
      instead: 'Repair it before it is rolled out; half of it may be done where it does not run in one transaction.',
      at: failed ? placed(failed) : up([]),
    },
  ];
}

function broken(rehearsal: Rehearsal, places: Places): readonly Said[] {
  if (rehearsal.down === 'none') return withoutDown(rehearsal, places);
  if (rehearsal.down === 'failed') return [...downFails(rehearsal, places), ...destroyed(rehearsal, places)];
  return [
    ...rehearsal.data.filter(isReal).map((loss): Said => ({
      rule: 'rehearsal/data-lost',
      class: 'non-recoverable-without-restore',
      message: `${lossWords(loss)} after up and down.${sampleWords(loss)}`,
      instead:
        'Keep the old data until nobody needs the way back (rename instead of drop, copy before a rewrite), or restore it from a backup.',
      at: rehearsal.destroyed.some((one) => one.table === loss.table)
        ? places.up(namesIn(loss))
        : places.down(namesIn(loss)),
    })),
    ...rehearsal.schema.map((difference): Said => ({
      rule: `rehearsal/schema-${difference.problem}`,
      class: 'reversible-with-manual-repair',
      message: differenceWords(difference),
      instead: 'Complete the down, so that it leaves what was there before.',
      ...inverseOf(difference),
      at:
        difference.problem === 'left-over'
          ? places.up(partsOf(difference.what))
          : places.down(partsOf(difference.what)),
    })),
  ];
}

function withoutDown(rehearsal: Rehearsal, places: Places): readonly Said[] {
  return [
    ...destroyed(rehearsal, places),
    {
      rule: 'rehearsal/no-down',
      class: 'reversible-with-manual-repair',
      message: 'No down was written: there is no way back that could be rehearsed.',
      instead: 'Write a down, or say in the change that the application alone is rolled back.',
      at: places.up([]),
    },
  ];
}

function downFails(rehearsal: Rehearsal, { down }: Places): readonly Said[] {
  const failed = failureOf(rehearsal, down([]));
  return [
    {
      rule: 'rehearsal/down-fails',
      class: 'reversible-with-manual-repair',
      message: `The down fails: ${failed?.message ?? 'no reason was given'}`,
      instead: 'Repair the down and rehearse it again before the up is rolled out.',
      at: failed ? placed(failed) : down([]),
    },
  ];
}

const destroyed = ({ destroyed: losses }: Rehearsal, { up }: Places): readonly Said[] =>
  losses.filter(isReal).map((loss) => ({
    rule: 'rehearsal/data-destroyed',
    class: 'non-recoverable-without-restore',
    message: `${lossWords(loss)} once the up has run, and nothing brings them back.${sampleWords(loss)}`,
    instead: 'Keep the old data until nobody needs the way back, or restore it from a backup.',
    at: up(namesIn(loss)),
  }));

/** What does not decide the class at the commit. */
function remarks(rehearsal: Rehearsal, { up, down }: Places): readonly Said[] {
  const { rows, afterWrites, oldApplication, upAgain, failures } = rehearsal;
  const refused = rows.made === 'none' ? failures.find((one) => one.path === up([]).path) : undefined;
  const failedAfter = afterWrites?.down === 'failed' ? failureOf(rehearsal, down([])) : undefined;
  return [
    ...(refused
      ? [
          {
            rule: 'rehearsal/without-rows' as const,
            class: 'fully-reversible' as const,
            classAfterWrites: 'reversible-with-manual-repair' as const,
            message: `The up runs on empty tables only: with rows in them it failed (${refused.message}). What it does to data was not seen.`,
            instead: 'Rehearse it on a copy of real data.',
            at: placed(refused),
          },
        ]
      : []),
    ...(afterWrites?.down === 'failed' && rehearsal.down === 'ran'
      ? [
          {
            rule: 'rehearsal/down-fails-after-writes' as const,
            class: 'fully-reversible' as const,
            classAfterWrites: 'reversible-with-manual-repair' as const,
            message: `Once the new version has written rows, the down fails: ${failedAfter?.message ?? 'no reason was given'}`,
            instead: 'Make the down take the rows of the new version, or close the window before it writes.',
            at: failedAfter ? placed(failedAfter) : down([]),
            closedBy: 'the first such row of the new version',
          },
        ]
      : []),
    ...(afterWrites?.discarded ?? []).filter(isReal).map((loss): Said => ({
      rule: 'rehearsal/new-data-discarded',
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-compatibility-window',
      message: `The down discards what the new version wrote: ${lossWords(loss)}.`,
      instead: 'Roll back the application and leave the new schema in place.',
      probe: probeFor(loss),
      closedBy: `the first row that the new version writes into ${loss.table}`,
      at: down(namesIn(loss)),
    })),
    ...oldApplication.map((what): Said => ({
      rule: 'rehearsal/old-application',
      message: `The application of before cannot run on the new schema: ${what}.`,
      instead: 'Expand first, contract in a later release, so that both versions of the application run on it.',
      at: up([...what.matchAll(/[\w"]+\.[\w".]+/g)].flatMap(([name]) => partsOf(name))),
    })),
    ...(upAgain === 'failed'
      ? [
          {
            rule: 'rehearsal/up-fails-again' as const,
            message: `After the down the up does not run again: ${failures.at(-1)?.message ?? 'no reason was given'}`,
            instead: 'Make the down take back everything that the up makes.',
            at: up([]),
          },
        ]
      : []),
  ];
}

/** The time of the last change is meant to be set anew. */
const isReal = ({ kind }: Loss): boolean => kind !== 'touched';
const rowsWord = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
const lossWords = ({ table, kind, column, count, of, toNull }: Loss): string =>
  ({
    table: `table ${table} with ${rowsWord(count)} is gone`,
    rows: `${count} of ${rowsWord(of)} of ${table} ${count === 1 ? 'is' : 'are'} gone`,
    column: `the values of ${table}.${column} are gone, in ${count} of ${rowsWord(of)}`,
    touched: `${table}.${column} was set anew by a trigger in ${count} of ${rowsWord(of)}`,
    values: `${table}.${column} is another in ${count} of ${rowsWord(of)}${toNull ? `, NULL in ${toNull}` : ''}`,
  })[kind];
const sampleWords = ({ sample }: Loss): string =>
  sample ? ` It was ${sample.before ?? 'NULL'} and is ${sample.after ?? 'NULL'}.` : '';

function differenceWords({ what, problem, before, after }: SchemaDifference): string {
  if (problem === 'missing') return `The down does not bring back ${what}.`;
  if (problem === 'left-over') return `The down leaves ${what} behind.`;
  return `After the down ${what} is not what it was: ${short(before)} before, ${short(after)} now.`;
}
const short = (definition = ''): string => {
  const line = definition.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
};

/** The statement that makes up for a difference, where it can be written down from it alone. */
function inverseOf({ what, problem, before }: SchemaDifference): { inverse?: string } {
  const [, kind = '', name = ''] =
    /^(table|column|constraint|index|sequence|view|type|trigger|function) (.+)$/.exec(what) ?? [];
  const at = name.lastIndexOf('.');
  const [owner, own] = [name.slice(0, at), name.slice(at + 1)];
  if (problem === 'left-over') {
    if (kind === 'column' || kind === 'constraint')
      return { inverse: `ALTER TABLE ${owner} DROP ${kind.toUpperCase()} ${own};` };
    if (kind === 'trigger') return { inverse: `DROP TRIGGER ${own} ON ${owner};` };
    return kind === '' ? {} : { inverse: `DROP ${kind.toUpperCase()} ${name};` };
  }
  if (problem === 'missing' && before !== undefined) {
    if (kind === 'index') return { inverse: `${before};` };
    if (kind === 'constraint') return { inverse: `ALTER TABLE ${owner} ADD CONSTRAINT ${own} ${before};` };
  }
  return {};
}

const probeFor = ({ table, kind, column }: Loss): string =>
  kind === 'column' ? `SELECT count(*) FROM ${table} WHERE "${column}" IS NOT NULL;` : `SELECT count(*) FROM ${table};`;

const namesIn = ({ table, column }: Loss): readonly string[] => [
  ...(column === undefined ? [] : [column]),
  ...partsOf(table),
];
/** The bare names in a full one, the last first: `email`, `users`. */
const partsOf = (what: string): readonly string[] =>
  what
    .replace(/^[a-z ]+ /, '')
    .replace(/\(.*$/, '')
    .replaceAll('"', '')
    .split('.')
    .slice(1)
    .toReversed();
