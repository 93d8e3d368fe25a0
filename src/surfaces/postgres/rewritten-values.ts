import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import {
  changesOfOld,
  conditionIn,
  isLost,
  quoted,
  sqlIn,
  type Found,
  type SchemaMigration,
} from './schema-migration.ts';

export const rewrittenValues: Rule<SchemaMigration> = {
  id: 'postgres/rewritten-values',
  problem:
    'Values that were there before are written over: from then on the column means something else, and what it held is not kept.',
  instead: 'Write the new values into a column of their own and keep the old ones until no way back is needed.',
  source: docs.update,
  examples: {
    matches: ["update users set state = 'active';", 'update users set email = lower(email);'],
    passes: [
      "alter table users add column state text;\nupdate users set state = 'active';",
      '-- migrate:up\nalter table users add column old_state text;\nupdate users set old_state = state;\n-- migrate:down\nalter table users drop column old_state;\n',
    ],
  },
  *find(change) {
    for (const [step, founds] of Map.groupBy(rewritings(change), (found) => found.step)) {
      const [first] = founds;
      if (!first) continue;
      const { migration, at } = first;
      const lost = founds.some(({ effect }) => isLost(migration, effect.before?.oid, effect.before?.parent));
      const sql = sqlIn(migration, step.statement);
      const condition = conditionIn(sql);
      const names = quoted(founds.map(({ effect }) => effect.name));
      yield {
        class: lost ? 'non-recoverable-without-restore' : 'reversible-with-compatibility-window',
        message: lost
          ? `The values of ${names} are written over${condition === undefined ? '' : ' where the condition holds'}. What they were is not kept, and the way back does not restore it.`
          : `The values of ${names} are written over. The way back computes what they were, but the old version reads the new ones meanwhile.`,
        instead: 'Keep the old values: in a column beside, or in a copy of the table.',
        probe:
          condition === undefined || /\bfrom\b/i.test(sql)
            ? `select count(*) from ${first.effect.table}`
            : `select 1 from ${first.effect.table} where ${condition} limit 1`,
        closedBy: 'the commit of this migration',
        at,
      };
    }
  },
};

function* rewritings(change: Parameters<typeof rewrittenValues.find>[0]): Iterable<Found> {
  for (const found of changesOfOld(change)) {
    const { kind, before, after } = found.effect;
    if (kind === 'column' && before && after && before.data !== after.data && before.facts === after.facts) yield found;
  }
}
