import type { Rule } from '../../model/surface.ts';
import { positionIn, type SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const implicitCommit: Rule<SchemaMigration> = {
  id: 'mysql/implicit-commit',
  problem:
    'Every statement that changes the schema commits at once, and what was open before it: when one of several fails, those before it stay, and ROLLBACK does nothing.',
  instead: 'One such statement in each migration; or one ALTER TABLE with all of its parts, which is taken as a whole.',
  source: docs.implicitCommit,
  examples: {
    matches: ['create table `a` (id int);\ncreate table `b` (id int);'],
    passes: ['create table `a` (id int);', 'alter table `users` add `a` int, add `b` int;'],
  },
  *find({ after }) {
    const changing = (after?.up ?? []).filter(
      ({ effects, statement }) => effects.length > 0 && !isOfRows(statement.node),
    );
    const [, second] = changing;
    if (!after || !second) return;
    yield {
      message: `${changing.length} statements commit one by one. If one fails, those before it stay, and neither the way there nor the way back starts from where it expects.`,
      instead: 'Put each into a migration of its own, or all parts for one table into one ALTER TABLE.',
      at: positionIn(after, 'up', second.statement.start),
    };
  },
};

const isOfRows = (node: object): boolean => 'InsertStmt' in node || 'UpdateStmt' in node || 'DeleteStmt' in node;
