import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, type SchemaMigration } from './schema-migration.ts';

export const removedMigration: Rule<SchemaMigration> = {
  id: 'postgres/removed-migration',
  problem:
    'A migration is removed, and its way back with it: databases that have run it keep what it did, and no tool can undo it any more.',
  instead: 'Keep the files of what has run; undo it with a new migration.',
  source: docs.transactions,
  examples: {
    matches: [{ before: 'create table a (id int);' }],
    passes: ['create table a (id int);'],
  },
  *find({ before, after }) {
    if (!before || after) return;
    yield {
      class: 'reversible-with-manual-repair',
      message:
        'This migration is removed. Where it has run, what it did stays, and there is no way back for it any more.',
      instead: 'Leave the file; write a new migration that undoes it.',
      at: positionIn(before, 'up', before.up[0]?.statement.start ?? 0),
    };
  },
};
