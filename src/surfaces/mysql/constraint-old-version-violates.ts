import type { Rule } from '../../model/surface.ts';
import { constraintOldVersionViolates as inPostgres } from '../postgres/constraint-old-version-violates.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const constraintOldVersionViolates: Rule<SchemaMigration> = {
  id: 'mysql/constraint-old-version-violates',
  problem:
    'A table in use gets a constraint that the old version does not know: what it writes may be refused, or changed in silence where sql_mode is not strict.',
  instead: 'Let the new version keep it first, and keep a default for what the old one leaves out.',
  source: docs.sqlMode,
  examples: {
    matches: [
      'alter table `users` modify `email` varchar(50) not null;',
      'create unique index `i` on `users` (`email`);',
      'alter table `orders` add constraint `c` check (total > 0);',
      'alter table `orders` add column `state` text not null;',
    ],
    passes: ["alter table `orders` add column `state` varchar(9) not null default 'new';"],
  },
  find: (change) => inPostgres.find(change),
};
