import type { Rule } from '../../model/surface.ts';
import { downDiscardsNewData as inPostgres } from '../postgres/down-discards-new-data.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const downDiscardsNewData: Rule<SchemaMigration> = {
  id: 'mysql/down-discards-new-data',
  problem:
    'The way back drops tables or columns that the migration made, with whatever the new version has written there.',
  instead: 'Roll back the application and leave what is new in place.',
  source: docs.atomicDdl,
  examples: {
    matches: ['-- migrate:up\ncreate table `a` (id int);\n-- migrate:down\ndrop table `a`;\n'],
    passes: ['-- migrate:up\ncreate index `i` on `users` (`email`);\n-- migrate:down\ndrop index `i` on `users`;\n'],
  },
  find: (change) => inPostgres.find(change),
};
