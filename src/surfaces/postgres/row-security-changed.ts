import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';

export const rowSecurityChanged: Rule<SchemaMigration> = {
  id: 'postgres/row-security-changed',
  problem:
    'Row level security is switched on or off: off shows every row to all who may read the table, on hides all rows that no policy shows.',
  instead: 'Write the policies first; switch it in a release of its own; never off in order to repair something else.',
  source: docs.rowSecurity,
  examples: {
    matches: ['alter table users disable row level security;', 'alter table users enable row level security;'],
    passes: ['create table t (id int);\nalter table t enable row level security;'],
  },
  *find(change) {
    for (const { step, effect, at } of changesOfOld(change)) {
      const { node } = step.statement;
      if (effect.kind !== 'table' || !('AlterTableStmt' in node)) continue;
      const command = (node.AlterTableStmt.cmds ?? [])
        .flatMap((one) => ('AlterTableCmd' in one ? [one.AlterTableCmd.subtype ?? ''] : []))
        .find((one) => one.endsWith('RowSecurity'));
      if (command === undefined) continue;
      const isOpened = command === 'AT_DisableRowSecurity' || command === 'AT_NoForceRowSecurity';
      const inverse = inverses[command];
      yield {
        class: 'fully-reversible',
        classAfterWrites: isOpened ? 'compensatable' : 'reversible-with-compatibility-window',
        message: isOpened
          ? `Row level security of “${effect.name}” no longer holds. Rows that are seen meanwhile stay seen.`
          : `Row level security of “${effect.name}” holds from now on: a version that no policy lets in sees no rows, without an error.`,
        instead: isOpened ? 'Change the policy instead.' : 'Try the old version against the policies first.',
        ...(inverse !== undefined && { inverse: `ALTER TABLE ${effect.table} ${inverse};` }),
        closedBy: isOpened ? 'the first query that sees a row it should not' : 'the first query that misses a row',
        at,
      };
    }
  },
};

const inverses: Readonly<Record<string, string>> = {
  AT_EnableRowSecurity: 'DISABLE ROW LEVEL SECURITY',
  AT_DisableRowSecurity: 'ENABLE ROW LEVEL SECURITY',
  AT_ForceRowSecurity: 'NO FORCE ROW LEVEL SECURITY',
  AT_NoForceRowSecurity: 'FORCE ROW LEVEL SECURITY',
};
