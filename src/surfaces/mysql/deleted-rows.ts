import type { Rule } from '../../model/surface.ts';
import { deletedRows as inPostgres } from '../postgres/deleted-rows.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const deletedRows: Rule<SchemaMigration> = {
  id: 'mysql/deleted-rows',
  problem: 'Rows that were there before are deleted: nothing in the migration keeps them.',
  instead: 'Copy them into a table of their own first.',
  source: docs.delete,
  examples: {
    matches: ['delete from `sessions`;', "delete from `users` where kind = 'guest';"],
    passes: [
      "-- migrate:up\ninsert into `kinds` (name) values ('x');\n-- migrate:down\ndelete from `kinds` where name = 'x';\n",
    ],
  },
  find: (change) => inPostgres.find(change),
};
