import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { differenceWords, hasDown, positionIn, type SchemaMigration, upEffects } from './schema-migration.ts';

export const leavesResidue: Rule<SchemaMigration> = {
  id: 'postgres/leaves-residue',
  problem:
    'The way back leaves something behind that the way there made: the next try finds it there and may fail, and what it forbids it still forbids.',
  instead: 'Drop in the way back all that the way there makes, extensions and types included.',
  source: docs.dependencies,
  examples: {
    matches: [
      "-- migrate:up\ncreate type mood as enum ('sad');\ncreate table a (m mood);\n-- migrate:down\ndrop table a;\n",
    ],
    passes: [
      "-- migrate:up\ncreate type mood as enum ('sad');\ncreate table a (m mood);\n-- migrate:down\ndrop table a;\ndrop type mood;\n",
    ],
  },
  *find(change) {
    const { after } = change;
    if (!after || after.failure || !hasDown(after)) return;
    for (const difference of after.differences) {
      if (difference.what !== 'left over') continue;
      const found = upEffects(change).find(({ effect }) => effect.after?.oid === difference.after?.oid);
      const back = after.down.findLast(({ effects }) =>
        effects.some((effect) => effect.after?.oid === difference.after?.oid),
      );
      yield {
        class: 'reversible-with-manual-repair',
        message: `The way back leaves ${differenceWords(difference)}, which was not there before.`,
        instead: 'Drop it in the way back.',
        ...(found?.effect.inverse !== undefined && { inverse: found.effect.inverse }),
        at: found?.at ?? positionIn(after, back ? 'down' : 'up', back?.statement.start ?? 0),
      };
    }
  },
};
