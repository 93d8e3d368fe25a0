import type { Rule } from '../../model/surface.ts';
import { editedAfterRelease as inPostgres } from '../postgres/edited-after-release.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const editedAfterRelease: Rule<SchemaMigration> = {
  id: 'mysql/edited-after-release',
  problem:
    'The way there of a migration that was there before is changed. Databases that have run it do not run it again.',
  instead: 'Leave it as it is and write a new migration.',
  source: docs.implicitCommit,
  examples: {
    matches: [{ before: 'create table `a` (id int);', after: 'create table `a` (id bigint);' }],
    passes: ['create table `a` (id int);'],
  },
  find: (change) => inPostgres.find(change),
};
