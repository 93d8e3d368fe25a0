import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';

export const insertedRows: Rule<SchemaMigration> = {
  id: 'postgres/inserted-rows',
  problem:
    'Rows are put into a table in use and the way back leaves them: the old version meets values that it does not know.',
  instead: 'Delete exactly those rows in the way back, by their keys.',
  source: docs.insert,
  examples: {
    matches: ["-- migrate:up\ninsert into kinds (name) values ('new');\n-- migrate:down\nselect 1;\n"],
    passes: [
      "-- migrate:up\ninsert into kinds (name) values ('new');\n-- migrate:down\ndelete from kinds where name = 'new';\n",
      'create table t (a int);\ninsert into t values (1);',
    ],
  },
  *find(change) {
    const { after } = change;
    if (!after) return;
    const cleaned = new Set(
      after.down.flatMap(({ effects }) =>
        effects.flatMap((effect) => (effect.kind === 'table' ? [effect.before?.oid] : [])),
      ),
    );
    const told = new Set(cleaned);
    for (const { step, effect, at } of changesOfOld(change)) {
      if (effect.kind !== 'table' || !('InsertStmt' in step.statement.node) || told.has(effect.before?.oid)) continue;
      told.add(effect.before?.oid);
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `Rows are put into “${effect.name}”, and the way back leaves them there.`,
        instead: 'Delete them by their keys in the way back.',
        closedBy: 'the first row that refers to them',
        at,
      };
    }
  },
};
