import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, isLost, type SchemaMigration } from './schema-migration.ts';
import { typeChange } from './type-change.ts';

export const lossyTypeChange: Rule<SchemaMigration> = {
  id: 'postgres/lossy-type-change',
  problem:
    'A column gets a type that cannot hold all that its values said, or they are computed anew: what was there cannot be told from what is there.',
  instead: 'Add a column of the new type, fill it, switch to it, and keep the old one until no way back is needed.',
  source: docs.alterTable,
  examples: {
    matches: [
      '-- migrate:up\nalter table events alter column at type date;\n-- migrate:down\nalter table events alter column at type timestamp;\n',
      'alter table users alter column name type varchar(10) using name::varchar(10);',
      'alter table orders alter column total type integer using round(total);',
    ],
    passes: [
      'alter table users alter column name type text;',
      'create table t (a text);\nalter table t alter column a type int using a::int;',
    ],
  },
  *find(change) {
    for (const found of changesOfOld(change)) {
      const typed = typeChange(found);
      if (!typed || typed.isKept) continue;
      const { migration, effect, at } = found;
      const lost = isLost(migration, effect.before?.oid, effect.before?.parent);
      yield {
        class: lost ? 'non-recoverable-without-restore' : 'reversible-with-compatibility-window',
        message: lost
          ? `The values of “${effect.name}” are converted ${typed.words}, and what they were before cannot be computed from them.`
          : `The values of “${effect.name}” are converted ${typed.words}. The way back converts them again, but the old version cannot read them meanwhile.`,
        instead: 'Keep the old column beside the new one until no way back is needed.',
        probe: `select count(*) from ${effect.table} where ${typed.column} is not null`,
        closedBy: 'the commit of this migration',
        at,
      };
    }
  },
};
