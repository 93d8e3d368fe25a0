import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, type SchemaMigration } from './schema-migration.ts';

export const downFails: Rule<SchemaMigration> = {
  id: 'postgres/down-fails',
  problem:
    'The way back stops with an error: it asks for something that is not there then, or the database does not accept what is there.',
  instead: 'Run the migration there and back on a copy of production before it is merged (`recourse rehearse`).',
  source: docs.dependencies,
  examples: {
    matches: [
      '-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop table a;\ndrop table a;\n',
      '-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop tabel a;\n',
      '-- migrate:up\ncreate table a (id int primary key);\ncreate table b (a int references a);\n-- migrate:down\ndrop table a;\ndrop table b;\n',
    ],
    passes: ['-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop table a;\n'],
  },
  *find({ after }) {
    if (!after || after.migration.isCode) return;
    const [refused] = after.refused.down;
    const first = refused ?? after.failure;
    const at = refused ? refused.start : after.failure?.statement.start;
    if (!first || at === undefined) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `The way back fails: ${first.why}. Somebody has to finish it by hand.`,
      instead: 'Correct the way back, and try it there and back on a copy.',
      at: positionIn(after, 'down', at),
    };
  },
};
