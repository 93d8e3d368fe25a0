import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, sqlIn, additionsToOld, type SchemaMigration } from './schema-migration.ts';

export const noLockTimeout: Rule<SchemaMigration> = {
  id: 'postgres/no-lock-timeout',
  problem:
    'The migration locks a table in use and sets no lock_timeout: while it waits behind one long reader, all others wait behind it.',
  instead: "SET LOCAL lock_timeout = '5s' at the beginning, and try again when it runs out.",
  source: docs.lockTimeout,
  examples: {
    matches: ['alter table orders add column note text;'],
    passes: [
      "set lock_timeout = '5s';\nalter table orders add column note text;",
      'create table t (id int);',
      'create index concurrently i on orders (state);',
    ],
  },
  *find(change) {
    const { after } = change;
    if (
      !after ||
      after.up.some(
        ({ statement }) => /\block_timeout\b/i.test(sqlIn(after, statement)) && !('AlterTableStmt' in statement.node),
      )
    )
      return;
    for (const { step, effect, at } of [...changesOfOld(change), ...additionsToOld(change)].toSorted(
      (a, b) => a.step.statement.start - b.step.statement.start,
    )) {
      if (!isLocking(step.statement.node) || effect.table === undefined) continue;
      yield {
        message: `“${effect.table}” is locked against everybody, and nothing limits how long this waits for the lock.`,
        instead: "SET LOCAL lock_timeout = '5s' before it.",
        at,
      };
      return;
    }
  },
};

const isLocking = (node: object): boolean =>
  ['AlterTableStmt', 'DropStmt', 'RenameStmt', 'TruncateStmt', 'AlterObjectSchemaStmt', 'CreateTrigStmt'].some(
    (kind) => kind in node,
  );
