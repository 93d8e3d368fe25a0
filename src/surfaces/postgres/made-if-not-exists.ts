import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, type SchemaMigration } from './schema-migration.ts';

export const madeIfNotExists: Rule<SchemaMigration> = {
  id: 'postgres/made-if-not-exists',
  problem:
    'Something is made only if it is not there, and the way back drops it in any case: where it was there before, the way back takes what the migration did not bring.',
  instead: 'Make it without IF NOT EXISTS, so that the migration knows what it did.',
  source: docs.createTable,
  examples: {
    matches: [
      '-- migrate:up\ncreate table if not exists a (id int);\n-- migrate:down\ndrop table a;\n',
      '-- migrate:up\nalter table users add column if not exists email text;\n-- migrate:down\nalter table users drop column email;\n',
    ],
    passes: ['-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop table a;\n'],
  },
  *find({ after }) {
    if (!after) return;
    const dropped = new Set(
      after.down.flatMap(({ effects }) => effects.flatMap((effect) => (effect.after ? [] : [effect.before?.oid]))),
    );
    for (const { statement, effects } of after.up) {
      if (!isOnlyIfMissing(statement.node)) continue;
      const made = effects.find(
        (effect) =>
          !effect.before &&
          !effect.isWithParent &&
          (effect.kind === 'table' || effect.kind === 'column') &&
          dropped.has(effect.after?.oid),
      );
      if (!made) continue;
      yield {
        message: `“${made.name}” is made only if it is not there, but the way back drops it in any case, with what was in it before.`,
        instead: 'Leave out IF NOT EXISTS, or leave it in place on the way back.',
        at: positionIn(after, 'up', statement.start),
      };
    }
  },
};

interface Conditional {
  readonly if_not_exists?: boolean;
  readonly cmds?: readonly { readonly AlterTableCmd?: { readonly missing_ok?: boolean; readonly subtype?: string } }[];
}
const isOnlyIfMissing = (node: object): boolean =>
  Object.values(node as Record<string, Conditional>).some(
    ({ if_not_exists, cmds }) =>
      if_not_exists === true ||
      cmds?.some((one) => one.AlterTableCmd?.subtype === 'AT_AddColumn' && one.AlterTableCmd.missing_ok === true) ===
        true,
  );
