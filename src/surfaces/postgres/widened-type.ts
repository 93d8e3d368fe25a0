import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';
import { typeChange } from './type-change.ts';

export const widenedType: Rule<SchemaMigration> = {
  id: 'postgres/widened-type',
  problem:
    'A column gets a wider type: the old one can be given back only until a value is written that does not fit it.',
  instead:
    'Keep the wider type when you roll back the application; or write only values that fit the old one while the way back is open.',
  source: docs.alterTable,
  examples: {
    matches: [
      'create table a (id int);\n-- the next one widens\nalter table b alter column name type text;',
      { before: '', after: 'alter table users alter column name type text;' },
    ],
    passes: ['create table a (name varchar(5));\nalter table a alter column name type text;'],
  },
  *find(change) {
    for (const found of changesOfOld(change)) {
      const typed = typeChange(found);
      if (!typed?.isKept || !typed.isWider) continue;
      const { effect, at } = found;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `“${effect.name}” is widened ${typed.words}. Once a value is written that the old type cannot hold, the old type cannot come back.`,
        instead: 'Roll back the application only, and leave the wider type.',
        ...(effect.inverse !== undefined && { inverse: effect.inverse }),
        ...(typed.beyond !== undefined && { probe: `select 1 from ${effect.table} where ${typed.beyond} limit 1` }),
        closedBy: 'the first value that does not fit the old type',
        at,
      };
    }
  },
};
