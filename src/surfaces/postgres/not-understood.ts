import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, type SchemaMigration } from './schema-migration.ts';

export const notUnderstood: Rule<SchemaMigration> = {
  id: 'postgres/not-understood',
  problem:
    'A statement cannot be read, or it makes up what it does while it runs: what it changes, and whether that comes back, is not known.',
  instead: 'Write out what it does; or rehearse the migration on a copy (`recourse rehearse`).',
  source: docs.doBlocks,
  examples: {
    matches: ['alter tabel users;', "do $$ begin execute format('drop table %I', 'a' || 1); end $$;"],
    passes: ['do $$ begin create table a (id int); exception when duplicate_table then null; end $$;'],
  },
  *find({ after }) {
    if (!after || after.migration.isCode) return;
    for (const { start, why } of after.refused.up)
      yield {
        class: 'reversible-with-manual-repair',
        message: `This is not understood: ${why}. What it changes is not known.`,
        instead: 'Rehearse it, or write it so that PostgreSQL reads it.',
        at: positionIn(after, 'up', start),
      };
    for (const side of ['up', 'down'] as const)
      for (const { statement, isOpaque } of after[side])
        if (isOpaque)
          yield {
            class: 'reversible-with-manual-repair',
            message:
              'This statement makes up what it does while it runs, or does what is not followed here: what it changes is not known.',
            instead: 'Rehearse it on a copy.',
            at: positionIn(after, side, statement.start),
          };
  },
};
