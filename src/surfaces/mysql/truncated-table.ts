import type { Rule } from '../../model/surface.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { truncatedTable as inPostgres } from '../postgres/truncated-table.ts';
import { docs } from './docs.ts';

export const truncatedTable: Rule<SchemaMigration> = {
  id: 'mysql/truncated-table',
  problem: 'TRUNCATE drops the table and makes it anew: it commits at once, fires no trigger, and numbers start again.',
  instead: 'Copy the rows into another table first.',
  source: docs.truncate,
  examples: {
    matches: ['truncate table `sessions`;'],
    passes: ['create table `t` (id int);\ntruncate `t`;'],
  },
  find: (change) => inPostgres.find(change),
};
