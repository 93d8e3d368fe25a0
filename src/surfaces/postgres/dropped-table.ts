import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, isLost, type SchemaMigration } from './schema-migration.ts';

export const droppedTable: Rule<SchemaMigration> = {
  id: 'postgres/dropped-table',
  problem:
    'A table is dropped with its rows, indexes, triggers, policies and privileges: only a restore brings the rows back.',
  instead: 'Rename the table aside, and drop it when no way back is needed.',
  source: docs.dropTable,
  examples: {
    matches: [
      'drop table orders;',
      '-- migrate:up\ndrop table orders;\n-- migrate:down\ncreate table orders (id int);\n',
    ],
    passes: ['create table orders (id int);\ndrop table orders;', 'alter table orders rename to orders_old;'],
  },
  *find(change) {
    for (const { migration, effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, table = '' } = effect;
      if (kind !== 'table' || !before || after || before.schema === 'pg_temp') continue;
      const lost = isLost(migration, before.oid);
      yield {
        class: lost ? 'non-recoverable-without-restore' : 'reversible-with-compatibility-window',
        message: lost
          ? `The table “${name}” is dropped with all its rows. Creating it again brings back an empty table.`
          : `The table “${name}” is dropped. Its rows come back from where they were copied, but the old version fails at once while it is gone.`,
        instead: `Rename it (ALTER TABLE ${table} RENAME TO …) and drop it in a later release.`,
        probe: `select 1 from ${table} limit 1`,
        closedBy: 'the commit of this migration',
        at,
      };
    }
  },
};
