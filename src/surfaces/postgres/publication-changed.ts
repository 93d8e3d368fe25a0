import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, type SchemaMigration } from './schema-migration.ts';

export const publicationChanged: Rule<SchemaMigration> = {
  id: 'postgres/publication-changed',
  problem:
    'What is replicated to others changes: what was sent stays with them, and what was not sent meanwhile is never sent.',
  instead: 'Tell the subscribers, and copy their tables anew after the way back.',
  source: docs.publications,
  examples: {
    matches: ['create publication p for table users;', 'drop publication p;', 'alter publication p drop table users;'],
    passes: ['create table t (id int);'],
  },
  *find({ after }) {
    if (!after) return;
    for (const { statement } of after.up) {
      const { node } = statement;
      const isDrop = 'DropStmt' in node && node.DropStmt.removeType === 'OBJECT_PUBLICATION';
      const isMade = 'CreatePublicationStmt' in node;
      if (!isDrop && !isMade && !('AlterPublicationStmt' in node)) continue;
      yield {
        class: isMade ? 'fully-reversible' : 'reversible-with-manual-repair',
        classAfterWrites: isMade ? 'compensatable' : 'reversible-with-manual-repair',
        message: isMade
          ? 'Rows are sent to subscribers from now on. What was sent stays there.'
          : 'What is sent to subscribers changes. What they miss meanwhile they never get.',
        instead: 'Plan a new copy of the tables for every subscriber.',
        closedBy: 'the first change that is sent, or not sent',
        at: positionIn(after, 'up', statement.start),
      };
    }
  },
};
