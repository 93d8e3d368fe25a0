import type { Rule } from '../../model/surface.ts';
import { downDoesNotRestore as inPostgres } from '../postgres/down-does-not-restore.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const downDoesNotRestore: Rule<SchemaMigration> = {
  id: 'mysql/down-does-not-restore',
  problem: 'After the way back the schema is not what it was: something is missing, or has come back in another form.',
  instead: 'Say the whole column in MODIFY: what is left out is lost (NOT NULL, default, comment, collation).',
  source: docs.alterTable,
  examples: {
    matches: ['-- migrate:up\nalter table `users` drop index `i`;\n-- migrate:down\nselect 1;\n'],
    passes: ['-- migrate:up\nalter table `users` add `a` int;\n-- migrate:down\nalter table `users` drop `a`;\n'],
  },
  find: (change) => inPostgres.find(change),
};
