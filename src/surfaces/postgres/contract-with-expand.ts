import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { additionsToOld, changesOfOld, upEffects, type SchemaMigration } from './schema-migration.ts';

export const contractWithExpand: Rule<SchemaMigration> = {
  id: 'postgres/contract-with-expand',
  problem:
    'One migration brings in the new and takes away the old: no version of the application works with both, so there is no moment at which one can go back.',
  instead:
    'Expand in one release, let both versions work with both, and contract in a later one when no way back is needed.',
  source: docs.alterTable,
  examples: {
    matches: ['alter table users add column full_name text;\nalter table users drop column first_name;'],
    passes: ['alter table users drop column first_name;', 'alter table users add column full_name text;'],
  },
  *find(change) {
    const added =
      additionsToOld(change).find(({ effect }) => effect.kind === 'column') ??
      upEffects(change).find(({ effect }) => effect.kind === 'table' && !effect.before);
    const gone = changesOfOld(change).find(
      ({ effect }) =>
        (effect.kind === 'column' || effect.kind === 'table') && effect.before && !effect.after && !effect.isWithParent,
    );
    if (!added || !gone) return;
    yield {
      message: `“${added.effect.name}” comes in and “${gone.effect.name}” goes in the same migration: neither version works before and after it.`,
      instead: 'Take the drop into a migration of a later release.',
      at: gone.at,
    };
  },
};
