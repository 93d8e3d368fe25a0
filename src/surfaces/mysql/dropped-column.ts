import type { Rule } from '../../model/surface.ts';
import { droppedColumn as inPostgres } from '../postgres/dropped-column.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const droppedColumn: Rule<SchemaMigration> = {
  id: 'mysql/dropped-column',
  problem:
    'A column is dropped, since 8.0.29 in milliseconds: no wait for a lock warns anybody, and its values are gone.',
  instead: 'Make it invisible or rename it aside, and drop it when no way back is needed.',
  source: docs.onlineDdl,
  examples: {
    matches: [
      'alter table `users` drop column `email`;',
      '-- migrate:up\nalter table `users` drop `email`;\n-- migrate:down\nalter table `users` add `email` varchar(50);\n',
    ],
    passes: ['create table `users` (id int, email text);\nalter table `users` drop column `email`;'],
  },
  find: (change) => inPostgres.find(change),
};
