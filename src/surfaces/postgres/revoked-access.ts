import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { type SchemaMigration, upEffects } from './schema-migration.ts';

export const revokedAccess: Rule<SchemaMigration> = {
  id: 'postgres/revoked-access',
  problem: 'A role may do less than before: a version that relies on the privilege fails at once.',
  instead: 'Look at who uses it before it is taken away.',
  source: docs.privileges,
  examples: {
    matches: ['revoke select on users from reporting;'],
    passes: ['grant select on users to reporting;'],
  },
  *find(change) {
    for (const { effect, at } of upEffects(change)) {
      const { kind, before, after } = effect;
      if (kind !== 'privilege' || !before || after || effect.isWithParent) continue;
      const [what = '', role = ''] = before.name.split(' to ');
      yield {
        class: 'reversible-with-compatibility-window',
        message: `A privilege is taken away: ${what} from ${role}${effect.table === undefined ? '' : ` on “${effect.table}”`}. A version that needs it fails.`,
        instead: 'Take it away after the last version that needs it is gone.',
        ...(effect.table !== undefined && { inverse: `GRANT ${what} ON ${effect.table} TO ${role};` }),
        closedBy: 'the first request of a version that needs it',
        at,
      };
    }
  },
};
