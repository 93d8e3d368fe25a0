import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { type SchemaMigration, upEffects } from './schema-migration.ts';

export const policyChanged: Rule<SchemaMigration> = {
  id: 'postgres/policy-changed',
  problem:
    'Who sees or writes which rows changes. The policy can be put back; what was seen or written meanwhile cannot be taken back.',
  instead: 'Keep the old definition at hand, and try both versions against the new one.',
  source: docs.rowSecurity,
  examples: {
    matches: [
      'create policy p on users using (true);',
      'drop policy p on users;',
      'alter policy p on users using (owner = current_user);',
    ],
    passes: ['create table t (id int);\ncreate policy p on t using (true);'],
  },
  *find(change) {
    for (const { effect, at } of upEffects(change)) {
      const { kind, before, after, isOnNew, isWithParent, table, inverse } = effect;
      if (kind !== 'policy' || isOnNew || isWithParent) continue;
      const name = (before ?? after)?.name;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'compensatable',
        message: `The policy “${name}” of “${table}” ${before ? (after ? 'changes' : 'is dropped') : 'is new'}. Rows that are shown or hidden by it meanwhile were shown or hidden.`,
        instead: 'Look at what each role sees before and after.',
        ...(inverse !== undefined && { inverse }),
        probe: `select * from pg_policies where tablename = '${table}'`,
        closedBy: 'the first query that the change decides',
        at,
      };
    }
  },
};
