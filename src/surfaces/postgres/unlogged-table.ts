import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';

export const unloggedTable: Rule<SchemaMigration> = {
  id: 'postgres/unlogged-table',
  problem:
    'A table is no longer written to the log: after a crash or a failover it is empty, and no backup from the log holds it.',
  instead: 'Only for what can be computed again.',
  source: docs.createTable,
  examples: {
    matches: ['alter table sessions set unlogged;'],
    passes: ['alter table sessions set logged;', 'create unlogged table t (id int);'],
  },
  *find(change) {
    for (const { effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, table } = effect;
      if (kind !== 'table' || !before || after?.facts['persistence'] !== 'u' || before.facts['persistence'] === 'u')
        continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `“${name}” is no longer logged. The first crash or failover empties it, and then SET LOGGED brings nothing back.`,
        instead: 'Leave it logged.',
        inverse: `ALTER TABLE ${table} SET LOGGED;`,
        closedBy: 'the next crash or failover',
        at,
      };
    }
  },
};
