import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, type SchemaMigration } from './schema-migration.ts';

export const roleChanged: Rule<SchemaMigration> = {
  id: 'postgres/role-changed',
  problem:
    'A role of the server is made, changed or dropped by a migration of one database: other databases have it too, and a password that is written over is gone.',
  instead: 'Keep roles and passwords out of migrations; use the operations for them, which keep what was before.',
  source: docs.roles,
  examples: {
    matches: ["alter role app password 'x';", 'create role reporting login;', 'drop role app;'],
    passes: ['grant select on users to reporting;', 'alter role app set work_mem = 100;'],
  },
  *find({ after }) {
    if (!after) return;
    for (const { statement } of after.up) {
      const { node } = statement;
      if (!('AlterRoleStmt' in node) && !('CreateRoleStmt' in node) && !('DropRoleStmt' in node)) continue;
      const isMade = 'CreateRoleStmt' in node;
      yield {
        class: isMade ? 'fully-reversible' : 'reversible-with-manual-repair',
        classAfterWrites: 'reversible-with-manual-repair',
        message: isMade
          ? 'A role is made. Once it owns something or was given a privilege, it cannot simply be dropped.'
          : 'A role is changed or dropped. What it was, above all its password, is not kept.',
        instead: 'Change roles outside of migrations.',
        closedBy: isMade ? 'the first object or privilege of the role' : 'the commit of this migration',
        at: positionIn(after, 'up', statement.start),
      };
    }
  },
};
