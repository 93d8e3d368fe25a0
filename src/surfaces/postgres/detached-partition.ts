import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';

export const detachedPartition: Rule<SchemaMigration> = {
  id: 'postgres/detached-partition',
  problem:
    'A partition is taken out: its rows are no longer found through the table, and rows written for its range meanwhile keep it out.',
  instead: 'Stop writing to its range first, and note its bound.',
  source: docs.partitions,
  examples: {
    matches: ['alter table events detach partition events_2020;'],
    passes: ["alter table events attach partition events_2021 for values from ('2021-01-01') to ('2022-01-01');"],
  },
  *find(change) {
    for (const { step, effect, at } of changesOfOld(change)) {
      const { node } = step.statement;
      if (effect.kind !== 'table' || !('AlterTableStmt' in node)) continue;
      const isDetached = (node.AlterTableStmt.cmds ?? []).some(
        (one) => 'AlterTableCmd' in one && one.AlterTableCmd.subtype === 'AT_DetachPartition',
      );
      if (!isDetached) continue;
      const from = node.AlterTableStmt.relation?.relname ?? '';
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `“${effect.name}” is no longer part of “${from}”: the old version does not find its rows any more.`,
        instead: 'Leave it attached until no version asks for its rows.',
        inverse: `ALTER TABLE ${from} ATTACH PARTITION ${effect.table} FOR VALUES <its bound before>;`,
        closedBy: 'the first row of its range that is written elsewhere',
        at,
      };
    }
  },
};
