import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { heavyLocks } from './heavy-locks.ts';
import type { SchemaMigration } from './schema-migration.ts';

export const blocksWrites: Rule<SchemaMigration> = {
  id: 'postgres/blocks-writes',
  problem: 'A statement holds a lock on a table in use for as long as it takes to read or rewrite all of it.',
  instead:
    'Build indexes CONCURRENTLY, add constraints NOT VALID and validate them later, and change types through a new column.',
  source: docs.locks,
  examples: {
    matches: [
      'create index on orders (state);',
      'alter table orders add constraint c check (total > 0);',
      'alter table orders alter column id type bigint;',
      'alter table users alter column email set not null;',
      'alter table orders add column token uuid default gen_random_uuid();',
    ],
    passes: [
      'create index concurrently on orders (state);',
      'alter table orders add constraint c check (total > 0) not valid;',
      'create table t (a int);\ncreate index on t (a);',
    ],
  },
  *find(change) {
    for (const { found, why, instead } of heavyLocks(change)) {
      yield {
        message: `${why}: meanwhile the old and the new version wait, and so does the way back.`,
        instead,
        at: found.at,
      };
    }
  },
};
