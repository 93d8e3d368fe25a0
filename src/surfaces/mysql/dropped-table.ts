import type { Rule } from '../../model/surface.ts';
import { droppedTable as inPostgres } from '../postgres/dropped-table.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const droppedTable: Rule<SchemaMigration> = {
  id: 'mysql/dropped-table',
  problem:
    'A table is dropped. The statement commits at once and takes part in no transaction: only a restore brings the rows back.',
  instead: 'RENAME TABLE aside, and drop it when no way back is needed.',
  source: docs.atomicDdl,
  examples: {
    matches: ['drop table `orders`;'],
    passes: ['rename table `orders` to `orders_old`;'],
  },
  find: (change) => inPostgres.find(change),
};
