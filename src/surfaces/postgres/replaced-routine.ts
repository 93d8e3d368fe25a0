import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration, upEffects } from './schema-migration.ts';

export const replacedRoutine: Rule<SchemaMigration> = {
  id: 'postgres/replaced-routine',
  problem:
    'A function or a view does something else from now on, for both versions. The database keeps no earlier definition.',
  instead: 'Keep the old definition in the way back, exactly; or give the new one another name.',
  source: docs.functions,
  examples: {
    matches: ['create or replace function f() returns int language sql as $$ select 1 $$;'],
    passes: ['create function g() returns int language sql as $$ select 1 $$;', 'drop function f();'],
  },
  *find(change) {
    for (const { migration, effect, step, at } of upEffects(change)) {
      if (effect.before || migration.isAfterOthers || !isReplacing(step.statement.node)) continue;
      yield {
        message: `If “${effect.name}” is there already, its definition is written over, and the database keeps no earlier one.`,
        instead: 'Look whether it is there, and put its definition into the way back.',
        at,
      };
    }
    for (const { effect, step, at } of changesOfOld(change)) {
      const { kind, before, after, name, inverse } = effect;
      if (
        (kind !== 'function' && kind !== 'view') ||
        !before ||
        !after ||
        before.name !== after.name ||
        'AlterTableStmt' in step.statement.node
      )
        continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `The ${kind} “${name}” is replaced. What it computes from now on stays where it was written.`,
        instead: 'Put the old definition into the way back.',
        ...(inverse !== undefined && { inverse }),
        closedBy: 'the first row that is written with it',
        at,
      };
    }
  },
};

const isReplacing = (node: object): boolean =>
  Object.entries(node).some(
    ([kind, inner]) =>
      (kind === 'CreateFunctionStmt' || kind === 'ViewStmt') && (inner as { replace?: boolean }).replace === true,
  );
