import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { type SchemaMigration, upEffects } from './schema-migration.ts';

export const grantedAccess: Rule<SchemaMigration> = {
  id: 'postgres/granted-access',
  problem:
    'A role may do more than before. The privilege can be taken away again; what was read or written with it meanwhile cannot.',
  instead: 'Grant to the narrowest role, and note when it was given and taken away.',
  source: docs.privileges,
  examples: {
    matches: ['grant select on users to reporting;', 'grant all on all tables in schema public to public;'],
    passes: ['create table t (id int);\ngrant select on t to reporting;', 'revoke select on users from reporting;'],
  },
  *find(change) {
    for (const { effect, step, at } of upEffects(change)) {
      const { kind, before, after, isOnNew } = effect;
      if (kind !== 'privilege' || before || !after || isOnNew) continue;
      const { node } = step.statement;
      if (!('GrantStmt' in node) && !('GrantRoleStmt' in node)) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'compensatable',
        message: `A privilege is given: ${after.name.replaceAll(/\{.*?\}/g, '…')}${effect.table === undefined ? '' : ` on “${effect.table}”`}. What is seen or changed with it meanwhile stays seen or changed.`,
        instead: 'Watch who uses it, and revoke it when you roll back.',
        ...('GrantStmt' in node && effect.table !== undefined && { inverse: revoke(after.name, effect.table) }),
        closedBy: 'the first use of the privilege',
        at,
      };
    }
  },
};

function revoke(name: string, table: string): string {
  const [what = '', role = ''] = name.split(' to ');
  return `REVOKE ${what} ON ${table} FROM ${role === 'ROLESPEC_PUBLIC' ? 'PUBLIC' : role};`;
}
