import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { enumChanges } from './enum-changes.ts';
import type { SchemaMigration } from './schema-migration.ts';

export const enumValueRenamed: Rule<SchemaMigration> = {
  id: 'postgres/enum-value-renamed',
  problem:
    'A value of an enum gets another name: the old version writes a value that is no more, and does not know the one it reads.',
  instead: 'Add the new value, let both versions read both, move the rows, and leave the old value.',
  source: docs.alterType,
  examples: {
    matches: ["alter type mood rename value 'sad' to 'blue';"],
    passes: ["alter type mood add value 'blue';"],
  },
  *find(change) {
    for (const { effect, at, gone, step } of enumChanges(change)) {
      const [old] = gone;
      if (old === undefined || !('AlterEnumStmt' in step.statement.node)) continue;
      const to = step.statement.node.AlterEnumStmt.newVal ?? '';
      yield {
        class: 'reversible-with-compatibility-window',
        message: `In the enum “${effect.name}” the value '${old}' is now '${to}'. The old version fails when it writes '${old}'.`,
        instead: 'Add the new value beside the old one, and let both versions read both.',
        inverse: `ALTER TYPE ${effect.name} RENAME VALUE '${to}' TO '${old}';`,
        closedBy: 'the first start of a version that knows only one of the names',
        at,
      };
    }
  },
};
