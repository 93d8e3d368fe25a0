import type { Rule } from '../../model/surface.ts';
import { isLost, type SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';
import { typeChanges } from './type-changes.ts';

export const narrowedType: Rule<SchemaMigration> = {
  id: 'mysql/narrowed-type',
  problem:
    'A column gets a type that cannot hold all that the old one held, or members of an enum go or change places: without strict sql_mode values are cut in silence, and the old ones are gone.',
  instead: 'Add a column of the new type, fill it, switch to it, and keep the old one until no way back is needed.',
  source: docs.sqlMode,
  examples: {
    matches: [
      'alter table `users` modify `name` varchar(50);\nalter table `users` modify `name` varchar(10);',
      "alter table `t` modify `s` enum('a','b');\nalter table `t` modify `s` enum('b','a');",
    ],
    passes: [
      'alter table `users` modify `name` varchar(50);\nalter table `users` modify `name` varchar(100);',
      'alter table `users` add `name` varchar(50);',
    ],
  },
  *find(change) {
    for (const { change: one, from, to, isWider } of typeChanges(change)) {
      if (isWider) continue;
      const { before, after, name, table } = one.effect;
      yield {
        class: isLost(one.migration, before?.oid, before?.parent)
          ? 'non-recoverable-without-restore'
          : 'reversible-with-compatibility-window',
        message: `“${name}” is changed from ${from} to ${to}. What does not fit is refused, or cut in silence where sql_mode is not strict, and does not come back.`,
        instead: 'Keep the old column beside the new one until no way back is needed.',
        probe: `select count(*) from ${table} where ${after?.name} is not null`,
        closedBy: 'the statement itself: it commits at once',
        at: one.at,
      };
    }
  },
};
