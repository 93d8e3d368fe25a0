import type { Rule } from '../../model/surface.ts';
import { downDestroysData as inPostgres } from '../postgres/down-destroys-data.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const downDestroysData: Rule<SchemaMigration> = {
  id: 'mysql/down-destroys-data',
  problem: 'The way back itself takes away data that was there before the migration.',
  instead: 'Take out of the way back what the way there did not do.',
  source: docs.atomicDdl,
  examples: {
    matches: ['-- migrate:up\nalter table `users` add `a` int;\n-- migrate:down\ndrop table `users`;\n'],
    passes: ['-- migrate:up\ncreate table `a` (id int);\n-- migrate:down\ndrop table `a`;\n'],
  },
  find: (change) => inPostgres.find(change),
};
