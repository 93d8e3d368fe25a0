import type { Rule } from '../../model/surface.ts';
import { changesOfOld, type SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const changedType: Rule<SchemaMigration> = {
  id: 'mysql/changed-type',
  problem:
    'A column is said anew, and what it was before is not known from what was read: it may be cut, and whatever MODIFY leaves out is lost.',
  instead: 'Compare it with SHOW CREATE TABLE, and put the whole of it into the way back.',
  source: docs.alterTable,
  examples: {
    matches: [
      'alter table `users` modify `name` varchar(10);',
      'alter table `users` change `name` `name` int unsigned;',
    ],
    passes: ['alter table `users` add `name` varchar(10);'],
  },
  *find(change) {
    for (const { effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, table } = effect;
      if (
        kind !== 'column' ||
        !before ||
        !after ||
        before.facts['type'] !== undefined ||
        after.facts['type'] === undefined
      )
        continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `“${name}” is now ${String(after.facts['type'])}. What it was is not in the files that were given, so whether values are cut cannot be told.`,
        instead: 'Give the earlier migrations too, or look at SHOW CREATE TABLE first.',
        probe: `show create table ${table}`,
        closedBy: 'the statement itself: it commits at once',
        at,
      };
    }
  },
};
