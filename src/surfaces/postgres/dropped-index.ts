import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';

export const droppedIndex: Rule<SchemaMigration> = {
  id: 'postgres/dropped-index',
  problem:
    'An index is dropped: what used it becomes slow at once, and building it again takes as long as the table is big.',
  instead: 'Look at pg_stat_user_indexes first; drop it alone, CONCURRENTLY, when nothing has used it for long enough.',
  source: docs.dropIndex,
  examples: {
    matches: ['drop index users_email_idx;', 'drop index concurrently if exists users_email_idx;\ndrop index a;'],
    passes: ['create index i on t (a);\ndrop index i;', 'alter table users drop column email;'],
  },
  *find(change) {
    for (const { step, effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, inverse } = effect;
      if (kind !== 'index' || !before || after || !('DropStmt' in step.statement.node)) continue;
      if (step.statement.node.DropStmt.removeType !== 'OBJECT_INDEX') continue;
      yield {
        class: 'fully-reversible',
        message: `The index “${name}” is dropped. Queries that used it read the whole table until it is built again.`,
        instead: 'Make sure that nothing uses it, and that its definition is at hand.',
        ...(inverse !== undefined && { inverse }),
        probe: `select idx_scan, last_idx_scan from pg_stat_user_indexes where indexrelname = '${before.name}'`,
        closedBy: 'the commit of this migration: from then on it has to be built again',
        at,
      };
    }
  },
};
