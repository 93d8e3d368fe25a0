import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { conditionIn, positionIn, sqlIn, type SchemaMigration } from './schema-migration.ts';

export const downDeletesNewerRows: Rule<SchemaMigration> = {
  id: 'postgres/down-deletes-newer-rows',
  problem: 'The way back deletes rows that do not fit the old schema: those that the new version wrote.',
  instead: 'Convert those rows, or copy them aside before they are deleted.',
  source: docs.delete,
  examples: {
    matches: [
      '-- migrate:up\nalter table users alter column email drop not null;\n-- migrate:down\ndelete from users where email is null;\nalter table users alter column email set not null;\n',
    ],
    passes: [
      '-- migrate:up\nalter table users alter column email drop not null;\n-- migrate:down\nalter table users alter column email set not null;\n',
    ],
  },
  *find({ after }) {
    if (!after) return;
    for (const { statement } of after.down) {
      if (!('DeleteStmt' in statement.node)) continue;
      const sql = sqlIn(after, statement, 'down');
      const table = statement.node.DeleteStmt.relation?.relname ?? '';
      const condition = conditionIn(sql);
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'non-recoverable-without-restore',
        message: `The way back deletes rows of “${table}”: those that the new version has written and the old schema does not take.`,
        instead: 'Copy them aside first, or convert them.',
        ...(condition !== undefined &&
          !/\busing\b/i.test(sql) && { probe: `select 1 from ${table} where ${condition} limit 1` }),
        closedBy: 'the first such row that the new version writes',
        at: positionIn(after, 'down', statement.start),
      };
    }
  },
};
