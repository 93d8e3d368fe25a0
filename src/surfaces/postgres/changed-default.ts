import type { Node } from '@pgsql/types';

import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';

export const changedDefault: Rule<SchemaMigration> = {
  id: 'postgres/changed-default',
  problem:
    'A default changes: rows that are written meanwhile keep what they got, and a version that leaves the column out gets another value, or none.',
  instead: 'Let the application give the value itself, and change the default when no version relies on the old one.',
  source: docs.alterTable,
  examples: {
    matches: [
      "alter table users alter column state set default 'new';",
      'alter table users alter column state drop default;',
    ],
    passes: [
      "create table t (a text);\nalter table t alter column a set default 'x';",
      "alter table users add column state text default 'x';",
    ],
  },
  *find(change) {
    for (const { step, effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, inverse } = effect;
      if (kind !== 'column' || !before || !after || before.facts['type'] !== after.facts['type']) continue;
      const isDropped =
        'AlterTableStmt' in step.statement.node &&
        before.isAssumed &&
        before.facts['default'] === undefined &&
        setsDefault(step.statement.node.AlterTableStmt.cmds, after.name);
      if (before.facts['default'] === after.facts['default'] && !isDropped) continue;
      const is =
        after.facts['default'] === undefined ? 'no default any more' : `the default ${effect.sql('default', 'after')}`;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `“${name}” has ${is}. Rows written from now on keep what that gave them, also after the way back.`,
        instead: 'Give the value in the application instead of by default.',
        ...(inverse !== undefined && { inverse }),
        closedBy: 'the first row that is written without the column',
        at,
      };
    }
  },
};

const setsDefault = (commands: readonly Node[] | undefined, column: string): boolean =>
  (commands ?? []).some(
    (one) =>
      'AlterTableCmd' in one && one.AlterTableCmd.subtype === 'AT_ColumnDefault' && one.AlterTableCmd.name === column,
  );
