import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, isLost, type SchemaMigration } from './schema-migration.ts';

export const truncatedTable: Rule<SchemaMigration> = {
  id: 'postgres/truncated-table',
  problem:
    'TRUNCATE takes all rows at once, fires no trigger that could have noted them, and with CASCADE empties every table that refers to it.',
  instead: 'Copy the rows into another table first; without a way back, say so.',
  source: docs.truncate,
  examples: {
    matches: ['truncate sessions;', 'truncate table users restart identity cascade;'],
    passes: ['create table t (id int);\ntruncate t;'],
  },
  *find(change) {
    for (const { migration, step, effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, table = '' } = effect;
      if (!('TruncateStmt' in step.statement.node) || kind !== 'table' || !after || !isLost(migration, before?.oid))
        continue;
      const restarts = step.statement.node.TruncateStmt.restart_seqs === true;
      yield {
        class: 'non-recoverable-without-restore',
        message: `All rows of “${name}” are taken away${restarts ? ', and its numbers start again from the beginning' : ''}. Nothing brings them back.`,
        instead: `create table ${table}_kept as select * from ${table} — before it.`,
        probe: `select 1 from ${table} limit 1`,
        closedBy: 'the commit of this migration',
        at,
      };
    }
  },
};
