import type { Trial } from '../decide/rehearsed.ts';
import type { Migration } from '../model/migration.ts';
import type { Failure, ScratchServer } from '../model/scratch.ts';
import { controlsTransaction } from '../model/sql-statement.ts';
import { statementsInCode } from './rehearse-code.ts';
import { missingExtension } from './rehearse-extensions.ts';
import { type Before, rehearseOne } from './rehearse-one.ts';
import type { Fill } from './rehearse-rows.ts';
import { inOneTransaction, onCopies, wantsNoTransaction } from './rehearse-stage.ts';

/** A database that goes forward by one migration after the other, and on which the next one is tried. */
export interface Chain {
  rehearse(migration: Migration): Promise<Trial>;
  apply(migration: Migration): Promise<void>;
  /** Versions that were left out, or did not run. */
  missed(): readonly string[];
  /** What had to be made that no migration makes. */
  prepared(): readonly string[];
  close(): Promise<void>;
}

export async function chainOn(server: ScratchServer, fill: Fill): Promise<Chain> {
  let scratch = await server.open();
  let before: Before | undefined;
  const applied: Migration[] = [];
  const missed: string[] = [];
  const prepared: string[] = [];

  /** A statement that took too long has ended the database: another one is brought to the same state. */
  async function renewed(): Promise<void> {
    if (!scratch.isGone()) return;
    scratch = await server.open();
    before = undefined;
    for (const made of prepared) await scratch.run(`create ${made}`);
    for (const migration of applied) await forward(migration);
  }

  async function forward(migration: Migration): Promise<Failure | undefined> {
    before = undefined;
    if (migration.isCode && !/\.sql$/i.test(migration.up.path)) return forwardInCode(migration);
    const failed = await onCopies(scratch).run(migration.up);
    return (await isPrepared(failed)) ? forward(migration) : failed;
  }

  async function forwardInCode({ up }: Migration): Promise<undefined> {
    for (const text of statementsInCode(up.text)) await onCopies(scratch).run({ ...up, text, isTransactional: true });
  }

  /**
   * Extensions that migrations use, and roles that they speak of, are made by somebody else before them. Here we make
   * them; roles only where nobody else is.
   */
  async function isPrepared(failed: Failure | undefined): Promise<boolean> {
    if (!failed || scratch.isGone()) return false;
    const role = failed.sqlState === '42704' ? /role "(.+)" does not exist/.exec(failed.message)?.[1] : undefined;
    const extension = missingExtension(failed);
    const made =
      role !== undefined && server.kind === 'embedded'
        ? `role "${role.replaceAll('"', '""')}"`
        : extension && `extension "${extension}"`;
    if (made === undefined || prepared.includes(made)) return false;
    const ran = await scratch.run(`create ${made} ${made.startsWith('extension') ? 'schema public cascade' : ''}`);
    if ('failed' in ran) return false;
    prepared.push(made);
    before = undefined;
    return true;
  }

  async function look(): Promise<Before> {
    before ??= { schema: await scratch.schema(), tables: await scratch.tables() };
    return before;
  }

  async function inTransaction(migration: Migration): Promise<Trial> {
    const at = await look();
    await scratch.run('begin');
    try {
      return await rehearseOne(inOneTransaction(scratch), migration, at, fill);
    } finally {
      if (!scratch.isGone()) await scratch.run('rollback');
    }
  }

  async function once(migration: Migration): Promise<Trial> {
    const trial = needsCopies(migration) ? undefined : await inTransaction(migration);
    await renewed();
    if (trial && !failuresOf(trial).some((one) => wantsNoTransaction.has(one.sqlState))) return trial;
    const copied = await rehearseOne(onCopies(scratch), migration, await look(), fill);
    await renewed();
    return copied;
  }

  async function rehearse(migration: Migration): Promise<Trial> {
    const trial = await once(migration);
    return (await isPrepared(trial.upFailed ?? trial.downFailed)) ? rehearse(migration) : trial;
  }

  return {
    rehearse,
    async apply(migration) {
      const failed = await forward(migration);
      if (failed || migration.isCode) missed.push(migration.version);
      if (!failed) applied.push(migration);
      await renewed();
    },
    missed: () => missed,
    prepared: () => prepared,
    close: async () => {
      if (!scratch.isGone()) await scratch.close();
    },
  };
}

const failuresOf = (trial: Trial): readonly Failure[] =>
  [trial.upFailed, trial.downFailed, trial.written?.failed, trial.upAgainFailed].filter((one) => one !== undefined);

/** What cannot be rehearsed inside a transaction: what ends one, and a new label, which can be used only after it. */
const needsCopies = ({ up, down }: Migration): boolean =>
  [up, ...(down ? [down] : [])].some(({ text }) => controlsTransaction(text) || /\badd\s+value\b/i.test(text));
