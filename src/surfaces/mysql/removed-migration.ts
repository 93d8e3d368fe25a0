import type { Rule } from '../../model/surface.ts';
import { removedMigration as inPostgres } from '../postgres/removed-migration.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const removedMigration: Rule<SchemaMigration> = {
  id: 'mysql/removed-migration',
  problem: 'A migration is removed, and its way back with it: databases that have run it keep what it did.',
  instead: 'Keep the files of what has run; undo it with a new migration.',
  source: docs.implicitCommit,
  examples: {
    matches: [{ before: 'create table `a` (id int);' }],
    passes: ['create table `a` (id int);'],
  },
  find: (change) => inPostgres.find(change),
};
