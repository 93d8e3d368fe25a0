import type { Rule } from '../../model/surface.ts';
import { rewrittenValues as inPostgres } from '../postgres/rewritten-values.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const rewrittenValues: Rule<SchemaMigration> = {
  id: 'mysql/rewritten-values',
  problem: 'Values that were there before are written over, and what they were is not kept.',
  instead: 'Write the new values into a column of their own.',
  source: docs.update,
  examples: {
    matches: ["update `users` set state = 'active';"],
    passes: ["alter table `users` add column `state` text;\nupdate `users` set `state` = 'active';"],
  },
  find: (change) => inPostgres.find(change),
};
