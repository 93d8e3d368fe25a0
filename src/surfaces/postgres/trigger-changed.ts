import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { type SchemaMigration, upEffects } from './schema-migration.ts';

export const triggerChanged: Rule<SchemaMigration> = {
  id: 'postgres/trigger-changed',
  problem:
    'A trigger goes, comes or is switched off. It can be put back, but what it did or left undone meanwhile stays so.',
  instead: 'Note the time, and make good afterwards what the trigger would have done.',
  source: docs.triggers,
  examples: {
    matches: [
      'drop trigger audit on users;',
      'create trigger audit after update on users for each row execute function note();',
    ],
    passes: ['create table t (id int);\ncreate trigger audit after update on t for each row execute function note();'],
  },
  *find(change) {
    for (const { effect, at } of upEffects(change)) {
      const { kind, before, after, isOnNew, isWithParent, table, inverse } = effect;
      if (kind !== 'trigger' || isOnNew || isWithParent) continue;
      const isStopped = !after || after.facts['fires'] === 'disabled';
      yield {
        class: 'fully-reversible',
        classAfterWrites: isStopped ? 'reversible-with-manual-repair' : 'reversible-with-compatibility-window',
        message: isStopped
          ? `The trigger “${(before ?? after)?.name}” of “${table}” no longer runs. What it would have done for rows written meanwhile has to be made good by hand.`
          : `The trigger “${after.name}” of “${table}” runs from now on, for the old version too. What it did stays when it goes.`,
        instead: isStopped
          ? 'Write the statement that makes it good, together with this migration.'
          : 'Make sure that the old version works with it.',
        ...(inverse !== undefined && { inverse }),
        closedBy: `the first row that is written to “${table}”`,
        at,
      };
    }
  },
};
