import type { Rule } from '../../model/surface.ts';
import { sqlIn, positionIn, type SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const droppedPartition: Rule<SchemaMigration> = {
  id: 'mysql/dropped-partition',
  problem: 'A partition goes with all of its rows, at once.',
  instead: 'EXCHANGE PARTITION with an empty table first: that keeps the rows.',
  source: docs.partitions,
  examples: {
    matches: ['alter table `events` drop partition `p2020`;', 'alter table `events` truncate partition `p2020`;'],
    passes: ['alter table `events` add partition (partition `p2021` values less than (2022));'],
  },
  *find({ after }) {
    if (!after) return;
    for (const { statement } of after.up) {
      const sql = sqlIn(after, statement);
      const [, table = '', what, name = ''] =
        /^alter\s+table\s+`?(\w+)`?\s+(drop|truncate)\s+partition\s+`?(\w+)/i.exec(sql) ?? [];
      if (what === undefined) continue;
      yield {
        class: 'non-recoverable-without-restore',
        message: `The rows of the partition “${name}” of “${table}” go at once. Only a restore brings them back.`,
        instead: `ALTER TABLE ${table} EXCHANGE PARTITION ${name} WITH TABLE …, and drop it later.`,
        probe: `select 1 from ${table} partition (${name}) limit 1`,
        closedBy: 'the statement itself: it commits at once',
        at: positionIn(after, 'up', statement.start),
      };
    }
  },
};
