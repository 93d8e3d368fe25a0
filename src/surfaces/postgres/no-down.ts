import type { Rule } from '../../model/surface.ts';
import type { Effect } from './catalog/effects.ts';
import { docs } from './docs.ts';
import { hasDown, positionIn, type SchemaMigration } from './schema-migration.ts';

export const noDown: Rule<SchemaMigration> = {
  id: 'postgres/no-down',
  problem: 'The migration changes the schema or data and has no way back, or an empty one.',
  instead: 'Write the way back and try it; where there is none, say what is done instead.',
  source: docs.transactions,
  examples: {
    matches: ['create table a (id int);', '-- migrate:up\nalter table users add column email text;\n-- migrate:down\n'],
    passes: ['-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop table a;\n', 'select 1;'],
  },
  *find({ after }) {
    if (!after || after.migration.isCode || hasDown(after) || after.differences.length === 0) return;
    const first = after.up.find(({ effects }) => effects.length > 0) ?? after.up[0];
    const inverse = wholeInverse(after);
    yield {
      class: 'reversible-with-manual-repair',
      message: after.migration.down
        ? 'The way back is empty: after it everything that this migration did is still there.'
        : 'There is no way back: what this migration did has to be undone by hand.',
      instead: inverse === undefined ? 'Write one, or say that there is none.' : 'Put the statements below into it.',
      ...(inverse !== undefined && { inverse }),
      at: positionIn(after, 'up', first?.statement.start ?? 0),
    };
  },
};

/** Every statement undone, the last one first; undefined where one of them cannot be. */
function wholeInverse({ up }: SchemaMigration): string | undefined {
  const effects = up.flatMap((step) => step.effects).toReversed();
  const inverses = effects.filter((effect) => !goesWithOthers(effect)).map((effect) => effect.inverse);
  return inverses.length > 0 && inverses.every((inverse) => inverse !== undefined) ? inverses.join('\n') : undefined;
}

/** Undone together with the whole that it is part of, or with the new thing that it fills. */
function goesWithOthers({ before, after, kind, isWithParent, isNew, isOnNew }: Effect): boolean {
  const isOwned = kind === 'sequence' && (before ?? after)?.goesWith.length !== 0;
  const isFilled =
    before !== undefined && after !== undefined && before.facts === after.facts && before.name === after.name;
  const isMovedAlong = isFilled && (kind === 'index' || kind === 'constraint');
  return isWithParent || isOwned || isMovedAlong || (isFilled && (isNew || isOnNew));
}
