import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, type SchemaMigration } from './schema-migration.ts';

export const notTransactional: Rule<SchemaMigration> = {
  id: 'postgres/not-transactional',
  problem:
    'The migration runs outside of a transaction: when one of its statements fails, those before it stay, and an index that was being built stays invalid.',
  instead: 'One statement in each such migration, written so that it can be run again.',
  source: docs.createIndex,
  examples: {
    matches: [
      '-- migrate:up transaction:false\ncreate index concurrently i on orders (state);\ncreate index concurrently j on orders (total);\n',
    ],
    passes: [
      '-- migrate:up transaction:false\ncreate index concurrently i on orders (state);\n',
      'create table a (id int);\ncreate table b (id int);',
    ],
  },
  *find({ after }) {
    if (!after || after.migration.up.isTransactional) return;
    const acting = after.up.filter(({ effects }) => effects.length > 0);
    const [first, second] = acting;
    if (!first || !second) return;
    yield {
      message: `${acting.length} statements run one by one, each committed at once. If one fails, those before it stay, and neither the way there nor the way back starts from where it expects.`,
      instead: 'Put each into a migration of its own.',
      probe: 'select indexrelid::regclass from pg_index where not indisvalid',
      at: positionIn(after, 'up', second.statement.start),
    };
  },
};
