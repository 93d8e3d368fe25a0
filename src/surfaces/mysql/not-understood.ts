import type { Rule } from '../../model/surface.ts';
import { notUnderstood as inPostgres } from '../postgres/not-understood.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const notUnderstood: Rule<SchemaMigration> = {
  id: 'mysql/not-understood',
  problem: 'A statement is not one that is followed here: what it changes, and whether that comes back, is not known.',
  instead: 'Write out what it does; or rehearse the migration on a copy.',
  source: docs.alterTable,
  examples: {
    matches: ['install plugin x soname "y";', 'alter table `t` frobnicate `a`;'],
    passes: ['set foreign_key_checks = 0;'],
  },
  find: (change) => inPostgres.find(change),
};
