import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';
import { typeChange } from './type-change.ts';

export const convertedType: Rule<SchemaMigration> = {
  id: 'postgres/converted-type',
  problem:
    'A column gets another type that keeps its values apart, but that the old version does not expect or that holds less.',
  instead: 'Add a column of the new type, write both, switch reading, and drop the old one later.',
  source: docs.alterTable,
  examples: {
    matches: [
      'alter table users alter column name type varchar(20);\nalter table users alter column name type varchar(10);',
    ],
    passes: ['create table a (at timestamp);\nalter table a alter column at type timestamptz;'],
  },
  *find(change) {
    for (const found of changesOfOld(change)) {
      const typed = typeChange(found);
      if (!typed?.isKept || typed.isWider || !typed.isKnown) continue;
      const { effect, at } = found;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `“${effect.name}” is converted ${typed.words}. Its values can be converted back, but the old version may read or write it wrongly meanwhile.`,
        instead: 'Expand first: a new column beside the old one, both written, then switched.',
        ...(effect.inverse !== undefined && { inverse: effect.inverse }),
        closedBy: 'the first value that the old type cannot hold',
        at,
      };
    }
  },
};
