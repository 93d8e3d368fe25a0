import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, isLost, type SchemaMigration } from './schema-migration.ts';

export const droppedColumn: Rule<SchemaMigration> = {
  id: 'postgres/dropped-column',
  problem: 'A column is dropped: its values are gone with the commit, and a way back that adds it again adds it empty.',
  instead: 'Stop using the column in one release, rename it aside or leave it, and drop it when no way back is needed.',
  source: docs.alterTable,
  examples: {
    matches: [
      'alter table users drop column email;',
      '-- migrate:up\nalter table users drop column email;\n-- migrate:down\nalter table users add column email text;\n',
    ],
    passes: [
      'create table users (id int, email text);\nalter table users drop column email;',
      'alter table users add column email text;',
    ],
  },
  *find(change) {
    for (const { migration, effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, table = '', structure, isWithParent } = effect;
      if (kind !== 'column' || !before || after || isWithParent || before.facts['type'] === '?view') continue;
      const lost = before.facts['generated'] === undefined && isLost(migration, before.oid, before.parent);
      const column = name.slice(name.lastIndexOf('.') + 1);
      yield {
        class: lost ? 'non-recoverable-without-restore' : 'reversible-with-compatibility-window',
        message: lost
          ? `The column “${name}” is dropped with all its values. Adding it again brings back its shape, not what was in it.`
          : `The column “${name}” is dropped. Its values come back, but the old version fails at once while it is gone.`,
        instead: `Leave “${name}” until no way back is needed, or rename it aside; keep a copy of its values before you drop it.`,
        ...(!lost && structure !== undefined && { inverse: structure }),
        probe: `select 1 from ${table} where ${column} is not null limit 1`,
        closedBy: 'the commit of this migration',
        at,
      };
    }
  },
};
