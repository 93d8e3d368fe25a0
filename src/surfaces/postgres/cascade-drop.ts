import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, quoted, sqlIn, type SchemaMigration } from './schema-migration.ts';

export const cascadeDrop: Rule<SchemaMigration> = {
  id: 'postgres/cascade-drop',
  problem:
    'CASCADE drops whatever depends on it, and the statement does not say what: views, foreign keys of other tables, columns, triggers.',
  instead: 'Drop what depends on it by name, so that the way back can name it too.',
  source: docs.dependencies,
  examples: {
    matches: ['drop table users cascade;', 'drop type mood cascade;', 'drop schema archive cascade;'],
    passes: ['drop table users;', "comment on table t is 'drop cascade';"],
  },
  *find(change) {
    for (const [step, founds] of Map.groupBy(changesOfOld(change), (found) => found.step)) {
      const [first] = founds;
      const { node } = step.statement;
      if (!first || !isCascade(node) || !/\bcascade\b/i.test(sqlIn(first.migration, step.statement))) continue;
      const along = founds
        .filter(({ effect }) => !effect.after && effect !== first.effect && !effect.isWithParent)
        .map(({ effect }) => `${effect.kind} ${effect.name}`);
      yield {
        message:
          along.length > 0
            ? `CASCADE also drops ${quoted(along)}, and whatever else depends on it in the database.`
            : 'CASCADE drops whatever depends on it in the database; what that is, the statement does not say.',
        instead: 'Name what is dropped, one by one.',
        at: first.at,
      };
    }
  },
};

const isCascade = (node: object): boolean =>
  Object.values(node).some(
    (inner: { behavior?: string; cmds?: readonly { AlterTableCmd?: { behavior?: string } }[] }) =>
      inner.behavior === 'DROP_CASCADE' ||
      inner.cmds?.some((one) => one.AlterTableCmd?.behavior === 'DROP_CASCADE') === true,
  );
