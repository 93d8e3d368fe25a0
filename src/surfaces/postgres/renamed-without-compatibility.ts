import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, upEffects, type SchemaMigration } from './schema-migration.ts';

export const renamedWithoutCompatibility: Rule<SchemaMigration> = {
  id: 'postgres/renamed-without-compatibility',
  problem:
    'A table or a column gets another name, and nothing keeps the old one: the version that uses the old name fails at once.',
  instead: 'Leave a view under the old name, or add the new column beside the old one and write both.',
  source: docs.alterTable,
  examples: {
    matches: [
      'alter table users rename to people;',
      'alter table users rename column mail to email;',
      'alter table users set schema archive;',
    ],
    passes: [
      'alter table users rename to people;\ncreate view users as select * from people;',
      'alter index a rename to b;',
    ],
  },
  *find(change) {
    const views = new Set(
      upEffects(change).flatMap(({ effect }) => (effect.kind === 'view' && !effect.before ? [effect.name] : [])),
    );
    for (const { effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, inverse } = effect;
      if ((kind !== 'table' && kind !== 'column' && kind !== 'view') || !before || !after) continue;
      if ((before.name === after.name && before.schema === after.schema) || views.has(name)) continue;
      const to = before.schema === after.schema ? after.name : `${after.schema}.${after.name}`;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `The ${kind} “${name}” is now “${to}”. No data is lost, but the old version still asks for the old name and fails.`,
        instead:
          kind === 'column'
            ? 'Add a column with the new name and write both until the old version is gone.'
            : `Create a view “${before.name}” over it in the same migration.`,
        ...(inverse !== undefined && { inverse }),
        closedBy: 'the first start of a version that knows only one of the names',
        at,
      };
    }
  },
};
