import type { Rule } from '../../model/surface.ts';
import { downFails as inPostgres } from '../postgres/down-fails.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const downFails: Rule<SchemaMigration> = {
  id: 'mysql/down-fails',
  problem: 'The way back stops with an error. What it did before that is committed and stays.',
  instead: 'Run the migration there and back on a copy before it is merged.',
  source: docs.implicitCommit,
  examples: {
    matches: ['-- migrate:up\ncreate table `a` (id int);\n-- migrate:down\ndrop table `a`;\ndrop table `a`;\n'],
    passes: ['-- migrate:up\ncreate table `a` (id int);\n-- migrate:down\ndrop table `a`;\n'],
  },
  find: (change) => inPostgres.find(change),
};
