import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';

export const droppedRoutine: Rule<SchemaMigration> = {
  id: 'postgres/dropped-routine',
  problem:
    'A function or a view is dropped: a version that uses it fails at once, and made anew it has lost the privileges that were given on it.',
  instead: 'CREATE OR REPLACE it, or drop it after the last version that uses it is gone; note its privileges first.',
  source: docs.functions,
  examples: {
    matches: ['drop function note();', 'drop view active_users;', 'drop materialized view totals;'],
    passes: [
      'create function f() returns int language sql as $$ select 1 $$;\ndrop function f();',
      'create or replace view v as select 1;',
    ],
  },
  *find(change) {
    for (const { effect, at } of changesOfOld(change)) {
      const { kind, before, after, name, inverse } = effect;
      if ((kind !== 'function' && kind !== 'view') || !before || after) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `The ${kind} “${name}” is dropped. A version that uses it fails; made anew, everybody may execute a function, and nobody but the owner may read a view.`,
        instead: 'Drop it in a release after the last version that uses it.',
        ...(inverse !== undefined && { inverse }),
        probe:
          kind === 'function'
            ? `select proacl from pg_proc where proname = '${before.name.replace(/\(.*$/, '')}'`
            : `select relacl from pg_class where relname = '${before.name}'`,
        closedBy: 'the first request of a version that uses it',
        at,
      };
    }
  },
};
