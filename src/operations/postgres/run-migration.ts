import { hash } from 'node:crypto';

import { z } from 'zod';

import { Hash } from '../../model/ids.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { Observation } from '../../model/observation.ts';
import { operation } from '../../model/operation.ts';
import { rehearsedText } from '../../model/rehearsal.ts';
import { type ReversibilityClass, reversibilityClasses } from '../../model/reversibility.ts';
import { controlsTransaction } from '../../model/sql-statement.ts';
import type { Side } from '../../systems/postgres-migration.ts';
import { postgres } from '../../systems/postgres.ts';

const Given = z
  .object({
    /** The database of the connection where it is left out. */
    database: z.exactOptional(z.string().min(1).max(63)),
    up: z.string(),
    /** What takes the up back. */
    down: z.string(),
    /** The hash of the rehearsal of exactly these two texts: `recourse rehearse --json` says it. */
    rehearsed: Hash,
    /** Somebody has seen what the rehearsal lost, or what rows written in between would lose, and accepts it. */
    lossAccepted: z.boolean(),
    /** Seconds that a statement waits for a lock before it is given up; everybody else queues behind it. */
    lockTimeout: z.number().int().min(1).max(600).default(5),
  })
  .strict();
type Given = z.infer<typeof Given>;

const Params = Given.superRefine((given, context) => {
  const say = (path: keyof Given, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  for (const text of ['up', 'down'] as const)
    if (controlsTransaction(given[text]))
      say(text, 'begins or ends a transaction of its own, and runs in one transaction here');
  const found = rehearsalOf(given);
  if (!found)
    say('rehearsed', 'is not the hash of a rehearsal of exactly these texts; rehearse them with `recourse rehearse`');
  else if (losesData(found) && !given.lossAccepted)
    say('lossAccepted', 'the rehearsal lost data: look at it, and accept the loss or change the migration');
});

const State = z.object({ schema: Hash, last: z.enum(['up', 'down']).nullable() });
type State = z.infer<typeof State>;
const Context = z.object({ left: Hash.nullable() });

const example = {
  up: 'alter table users add column phone text',
  down: 'alter table users drop column phone',
  lossAccepted: true,
  lockTimeout: 5,
};

/**
 * Runs a migration that was rehearsed, in one transaction; the inverse is the same with up and down exchanged.
 *
 * The transaction also writes a row into `recourse_migration`, the one table that is ours: so it is known afterwards
 * whether it ran, whatever died meanwhile, and it never runs twice.
 */
export const runMigration = operation({
  name: 'postgres.run-migration',
  title: 'Run a database migration',
  summary: 'Runs the SQL of a migration in one transaction, after a rehearsal of it and of its way back.',
  system: postgres,
  params: Params,
  state: State,
  result: z.object({ schema: Hash }),
  examples: [
    {
      ...example,
      rehearsed: hashOf({
        ...example,
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
      }),
    },
  ],
  permissions: {
    apply: ['what the statements of the up need', 'CREATE on the current schema, for the table recourse_migration'],
    inverse: ['what the statements of the down need'],
  },
  resource: ({ database }) => `database:${database ?? 'of the connection'}`,
  reversibility: (params) => {
    const found = rehearsalOf(params);
    const inverse = ({ params: given }: { readonly params: Given }): [Invocation] => [
      runMigration.with({ ...given, up: given.down, down: given.up }),
    ];
    const by = { known: 'rehearsal', undoneBy: ['postgres.run-migration'], inverse } as const;
    const worst = found && (found.class === 'fully-reversible' ? found.classAfterWrites : found.class);
    if (worst === 'fully-reversible')
      return { ...by, class: worst, because: 'it was done and undone, and everything came back' };
    if (worst === 'reversible-with-compatibility-window' && found?.side === 'up')
      return {
        ...by,
        class: worst,
        because: 'it was done and undone, and everything came back but rows that were written in between',
        window: { before: 'the new version writes what the down discards' },
      };
    if (worst === 'reversible-with-manual-repair')
      return {
        ...by,
        class: worst,
        because: 'in the rehearsal its way back did not bring back everything',
        repair: 'what the rehearsal found missing or left over, with the statements it says',
      };
    return {
      class: 'non-recoverable-without-restore',
      because:
        found?.side === 'down'
          ? 'it takes back a migration, and discards what was written since'
          : 'in the rehearsal data was lost',
      known: 'rehearsal',
      restoreFrom: 'a backup from before it',
    };
  },
  observe: async ({ database, rehearsed }, { client, signal }) => {
    const { identity, schema, last, left } = await client.readMigration({ database, rehearsed, signal });
    return { state: { schema, last }, identity, context: { left } };
  },
  apply: async (params, { client, signal }, { identity, state }) => {
    const { database, rehearsed, up: text, lockTimeout } = params;
    const run = { database, rehearsed, side: sideOf(params), text, lockTimeout, identity, signal, from: state };
    return { schema: await client.runMigration(run) };
  },
  settle: (params, before, now) => {
    const other = otherDatabase(before.identity, now.identity);
    if (other) return { as: 'foreign', because: other };
    const left = Context.safeParse(now.context).data?.left;
    if (now.state.last !== before.state.last && now.state.last === afterRunning(params, before.state))
      return now.state.schema === left
        ? { as: 'applied', result: { schema: now.state.schema } }
        : { as: 'foreign', because: 'it ran, and somebody changed the schema since' };
    if (now.state.last === before.state.last && now.state.schema === before.state.schema) return { as: 'untouched' };
    return { as: 'foreign', because: 'somebody else changed the schema' };
  },
  verify: ({ params, before, after, result }) => {
    const ran = before.state.last === sideOf(params) || after.state.last === afterRunning(params, before.state);
    return ran && after.state.schema === result.schema
      ? []
      : [
          {
            rule: 'postgres/migration-not-run',
            message: ran ? 'the schema is not the one that the migration left' : 'the migration did not run',
            known: 'observed',
          },
        ];
  },
});

interface Rehearsed {
  /** Which of the two texts that were rehearsed is the up here. */
  readonly side: Side;
  readonly class: ReversibilityClass;
  readonly classAfterWrites: ReversibilityClass;
}

function hashOf(of: Parameters<typeof rehearsedText>[0]): Hash {
  return `sha256:${hash('sha256', rehearsedText(of), 'hex')}`;
}

/** What was rehearsed, as far as the hash says it: of these texts, in this order or exchanged. */
function rehearsalOf({ up, down, rehearsed }: Given): Rehearsed | undefined {
  const texts = [
    { side: 'up', up, down },
    { side: 'down', up: down, down: up },
  ] as const;
  for (const { side, ...both } of texts)
    for (const found of reversibilityClasses)
      for (const classAfterWrites of reversibilityClasses)
        if (hashOf({ ...both, class: found, classAfterWrites }) === rehearsed)
          return { side, class: found, classAfterWrites };
  return undefined;
}

const sideOf = (params: Given): Side => rehearsalOf(params)?.side ?? 'up';
/** Up and then down, or down and then up, leave neither. */
const afterRunning = (params: Given, { last }: State): State['last'] => (last === null ? sideOf(params) : null);

const losing: ReadonlySet<ReversibilityClass> = new Set([
  'reversible-with-compatibility-window',
  'non-recoverable-without-restore',
]);
const losesData = ({ class: found, classAfterWrites }: Rehearsed): boolean =>
  losing.has(found) || losing.has(classAfterWrites);

function otherDatabase(
  was: Observation<unknown>['identity'],
  is: Observation<unknown>['identity'],
): string | undefined {
  if (was['server'] !== is['server']) return 'another database server answers there now';
  return was['database'] === is['database'] ? undefined : 'another database has this name now';
}
