import type { MigrationText } from '../model/migration.ts';
import type { Failure, Scratch } from '../model/scratch.ts';
import { statementsIn } from '../model/sql-statement.ts';
import { deferredChecks } from './rehearse-rows.ts';

/** A database in some state. Whatever is tried in a branch leaves the state as it was. */
export interface Stage {
  readonly scratch: Scratch;
  /** Runs a migration's text as its tool does, in a session of its own; answers where and why it failed. */
  run(text: MigrationText): Promise<Failure | undefined>;
  branch<T>(use: (stage: Stage) => Promise<T>): Promise<T>;
  /** Rows of our own, written in a transaction: kept, or undone. */
  write<T>(what: 'kept' | 'undone', use: () => Promise<T>): Promise<T>;
}

/** What the end of a session does: settings, roles and temporary tables are gone. */
const endOfSession = 'reset session authorization; reset role; reset all; discard temp';

/** Where nobody else is, an index comes to the same, and can be made in a transaction. */
const withoutConcurrently = (text: string): string =>
  statementsIn(text).reduce((all, { text: one, offset }) => {
    const [start = '', word = ''] =
      /^((?:create\s+(?:unique\s+)?index|drop\s+index|reindex\s+(?:\([^)]*\)\s*)?\w+)\s+)(concurrently)\b/i
        .exec(one)
        ?.slice(1) ?? [];
    const at = offset + start.length;
    return all.slice(0, at) + ' '.repeat(word.length) + all.slice(at + word.length);
  }, text);

/** In one session the plans of trigger functions outlive a change of their table. */
const stalePlan = /does not match that when preparing the plan/;

/** Everything in one transaction that is never committed: cheap, for what can run in one. */
export function inOneTransaction(scratch: Scratch): Stage {
  const undone = async <T>(use: () => Promise<T>): Promise<T> => {
    await must(scratch, 'savepoint branch');
    try {
      return await use();
    } finally {
      if (!scratch.isGone()) await must(scratch, 'rollback to branch; release branch');
    }
  };
  const stage: Stage = {
    scratch,
    async run({ text: given, isTransactional }) {
      const text = isTransactional ? given : withoutConcurrently(given);
      await must(scratch, 'savepoint step');
      let ran = await scratch.run(text);
      if ('failed' in ran && stalePlan.test(ran.failed.message)) {
        await must(scratch, 'rollback to step; discard plans');
        ran = await scratch.run(text);
      }
      const ended = 'failed' in ran ? ran : await scratch.run(`${deferredChecks}; ${endOfSession}`);
      if ('results' in ended) {
        await must(scratch, 'release step');
        return undefined;
      }
      if (!scratch.isGone()) await must(scratch, 'rollback to step; release step');
      return ended.failed;
    },
    branch: (use) => undone(() => use(stage)),
    write: (what, use) => (what === 'kept' ? use() : undone(use)),
  };
  return stage;
}

/** Every branch is a copy of the database: for what a transaction cannot hold. */
export function onCopies(scratch: Scratch): Stage {
  return {
    scratch,
    async run({ text, isTransactional }) {
      const failed = await (isTransactional ? inTransaction(scratch, text) : oneByOne(scratch, text));
      if (scratch.isGone()) return failed;
      await scratch.run('rollback');
      await scratch.run(endOfSession);
      return failed;
    },
    async branch(use) {
      const copy = await scratch.copy();
      try {
        return await use(onCopies(copy));
      } finally {
        if (!copy.isGone()) await copy.close();
      }
    },
    async write(what, use) {
      await must(scratch, 'begin');
      try {
        return await use();
      } finally {
        if (!scratch.isGone()) await must(scratch, what === 'kept' ? 'commit' : 'rollback');
      }
    },
  };
}

async function inTransaction(scratch: Scratch, text: string): Promise<Failure | undefined> {
  for (const sql of ['begin', text, 'commit']) {
    const ran = await scratch.run(sql);
    if ('failed' in ran) return ran.failed;
  }
  return undefined;
}

async function oneByOne(scratch: Scratch, text: string): Promise<Failure | undefined> {
  for (const statement of statementsIn(text)) {
    const ran = await scratch.run(statement.text);
    if ('failed' in ran) return { ...ran.failed, position: statement.offset + (ran.failed.position ?? 1) };
  }
  return undefined;
}

/** For statements that are ours. */
async function must(scratch: Scratch, sql: string): Promise<void> {
  const ran = await scratch.run(sql);
  if ('failed' in ran) throw new Error(`${sql}: ${ran.failed.message}`);
}

/** Failures that only say that the transaction was in the way. Source: "PostgreSQL Error Codes", appendix A. */
export const wantsNoTransaction: ReadonlySet<string> = new Set(['25001', '55P04', '2D000', '25P01']);
