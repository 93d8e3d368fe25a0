import type { Rule } from '../../model/surface.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';
import { typeChanges } from './type-changes.ts';

export const widenedType: Rule<SchemaMigration> = {
  id: 'mysql/widened-type',
  problem:
    'A column gets a wider type, or an enum more members: the old one can be given back only until a value is written that does not fit it.',
  instead: 'Roll back the application only, and leave the wider type.',
  source: docs.onlineDdl,
  examples: {
    matches: [
      'alter table `users` modify `name` varchar(50);\nalter table `users` modify `name` varchar(100);',
      "alter table `t` modify `s` enum('a');\nalter table `t` modify `s` enum('a','b');",
    ],
    passes: ['create table `t` (`a` int);\nalter table `t` modify `a` bigint;'],
  },
  *find(change) {
    for (const { change: one, from, to, isWider } of typeChanges(change)) {
      if (!isWider) continue;
      const { name, inverse } = one.effect;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `“${name}” is changed from ${from} to ${to}. Once something is written that ${from} cannot hold, it cannot come back without loss.`,
        instead: 'Leave it when you roll back the application.',
        ...(inverse !== undefined && { inverse }),
        closedBy: 'the first value that does not fit the old type',
        at: one.at,
      };
    }
  },
};
