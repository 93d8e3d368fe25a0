import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { enumChanges } from './enum-changes.ts';
import { isBack, type SchemaMigration } from './schema-migration.ts';

export const enumValueAdded: Rule<SchemaMigration> = {
  id: 'postgres/enum-value-added',
  problem:
    'A value is added to an enum. PostgreSQL has no way to take one away: the type must be made anew and every column converted.',
  instead: 'Leave the value when you roll back; or use a text column with a CHECK, which can be changed both ways.',
  source: docs.alterType,
  examples: {
    matches: ["alter type mood add value 'calm';", "alter type mood add value if not exists 'calm' before 'sad';"],
    passes: [
      "create type mood as enum ('sad');\nalter type mood add value 'calm';",
      "alter type mood rename value 'sad' to 'blue';",
    ],
  },
  *find(change) {
    for (const { migration, effect, at, added } of enumChanges(change)) {
      if (added.length === 0) continue;
      const isUndone = isBack(migration, effect.before?.oid);
      yield {
        class: isUndone ? 'reversible-with-compatibility-window' : 'forward-only',
        message: `The enum “${effect.name}” gets ${added.map((value) => `'${value}'`).join(', ')}. It cannot be taken away again, and the old version does not know it once a row holds it.`,
        instead: 'Roll back the application and leave the value; write it only when no way back is needed.',
        probe: `select 1 from pg_attribute a join pg_type t on t.oid = a.atttypid where t.typname = '${effect.after?.name}' limit 1 -- then each such column for the value`,
        closedBy: 'the first row that holds the new value',
        at,
      };
    }
  },
};
