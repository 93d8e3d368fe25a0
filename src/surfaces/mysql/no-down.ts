import type { Rule } from '../../model/surface.ts';
import { noDown as inPostgres } from '../postgres/no-down.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const noDown: Rule<SchemaMigration> = {
  id: 'mysql/no-down',
  problem: 'The migration changes the schema or data and has no way back, or an empty one.',
  instead: 'Write the way back and try it; where there is none, say what is done instead.',
  source: docs.implicitCommit,
  examples: {
    matches: ['create table `a` (id int);'],
    passes: ['-- migrate:up\ncreate table `a` (id int);\n-- migrate:down\ndrop table `a`;\n'],
  },
  find: (change) => inPostgres.find(change),
};
