import type { Rule } from '../../model/surface.ts';
import { changesOfOld, type SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const droppedIndex: Rule<SchemaMigration> = {
  id: 'mysql/dropped-index',
  problem:
    'An index is dropped: what used it becomes slow at once, and building it again takes as long as the table is big.',
  instead: 'ALTER INDEX … INVISIBLE first: that can be taken back in an instant.',
  source: docs.invisible,
  examples: {
    matches: ['drop index `users_email` on `users`;', 'alter table `users` drop index `users_email`;'],
    passes: ['alter table `users` alter index `users_email` invisible;', 'alter table `users` drop column `email`;'],
  },
  *find(change) {
    for (const { effect, step, at } of changesOfOld(change)) {
      const { kind, before, after, table, inverse } = effect;
      if (
        kind !== 'index' ||
        !before ||
        after ||
        step.effects.some((other) => other.kind === 'column' || other.kind === 'table')
      )
        continue;
      yield {
        class: 'fully-reversible',
        message: `The index “${before.name}” of “${table}” is dropped. Queries that used it read the whole table until it is built again.`,
        instead: `ALTER TABLE ${table} ALTER INDEX ${before.name} INVISIBLE; and drop it when nothing was missed.`,
        ...(inverse !== undefined && { inverse }),
        probe: `select count_star from performance_schema.table_io_waits_summary_by_index_usage where index_name = '${before.name}'`,
        closedBy: 'the statement itself: from then on it has to be built again',
        at,
      };
    }
  },
};
