import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';
import { typeChange } from './type-change.ts';

export const unknownTypeChange: Rule<SchemaMigration> = {
  id: 'postgres/unknown-type-change',
  problem:
    'A column gets another type, and what it was is in no file that was read: whether its values still fit, and what would bring them back, cannot be told.',
  instead: 'Assess the migration together with the earlier ones, or write the way back.',
  source: docs.alterTable,
  examples: {
    matches: ['alter table users alter column name type varchar(50);'],
    passes: [
      'alter table users alter column name type text;',
      '-- migrate:up\nalter table users alter column name type varchar(50);\n-- migrate:down\nalter table users alter column name type varchar(20);\n',
    ],
  },
  *find(change) {
    for (const found of changesOfOld(change)) {
      const typed = typeChange(found);
      if (!typed || typed.isKnown || !typed.isKept || typed.isWider) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `“${found.effect.name}” is converted to ${typed.to}. What it was is not in the files that were given.`,
        instead: 'Give the folder with all migrations, or look at the column first.',
        probe: `select data_type, character_maximum_length from information_schema.columns where table_name = '${found.effect.table}' and column_name = '${typed.column}'`,
        closedBy: 'the commit of this migration',
        at: found.at,
      };
    }
  },
};
