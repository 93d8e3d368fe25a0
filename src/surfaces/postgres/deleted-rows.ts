import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import {
  changesOfOld,
  conditionIn,
  isLost,
  quoted,
  sqlIn,
  takesData,
  type Found,
  type SchemaMigration,
} from './schema-migration.ts';

export const deletedRows: Rule<SchemaMigration> = {
  id: 'postgres/deleted-rows',
  problem:
    'Rows that were there before are deleted: nothing in the migration keeps them, so nothing can put them back.',
  instead: 'Copy the rows into a table of their own first (CREATE TABLE … AS SELECT …), or mark them as deleted.',
  source: docs.delete,
  examples: {
    matches: ['delete from sessions;', "delete from users where kind = 'guest';"],
    passes: [
      'create table t (id int);\ninsert into t values (1);\ndelete from t;',
      "-- migrate:up\ninsert into kinds (name) values ('x');\n-- migrate:down\ndelete from kinds where name = 'x';\n",
    ],
  },
  *find(change) {
    for (const [step, founds] of Map.groupBy(deletions(change), (found) => found.step)) {
      const [first] = founds;
      if (!first) continue;
      const { migration, at } = first;
      if (!founds.some(({ effect }) => isLost(migration, effect.before?.oid))) continue;
      const target = targetOf(sqlIn(migration, step.statement)) ?? first.effect.name;
      const condition = conditionIn(sqlIn(migration, step.statement));
      const others = founds.map(({ effect }) => effect.name).filter((name) => name !== target);
      yield {
        class: 'non-recoverable-without-restore',
        message: `${condition === undefined ? 'All rows' : 'Rows'} of “${target}” are deleted${others.length > 0 ? `, and with them rows of ${quoted(others)}` : ''}. The way back does not bring them back.`,
        instead: 'Copy them into another table before, and put them back from there.',
        probe:
          condition === undefined || /\busing\b/i.test(sqlIn(migration, step.statement))
            ? `select count(*) from ${first.effect.table}`
            : `select 1 from ${first.effect.table} where ${condition} limit 1`,
        closedBy: 'the commit of this migration',
        at,
      };
    }
  },
};

function* deletions(change: Parameters<typeof deletedRows.find>[0]): Iterable<Found> {
  for (const found of changesOfOld(change)) {
    const { effect, step } = found;
    if (effect.kind === 'table' && effect.after && takesData(effect) && !('TruncateStmt' in step.statement.node))
      yield found;
  }
}

const targetOf = (sql: string): string | undefined => /\bdelete\s+from\s+(?:only\s+)?"?([\w.]+)"?/i.exec(sql)?.[1];
