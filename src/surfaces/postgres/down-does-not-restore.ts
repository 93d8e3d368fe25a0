import type { Rule } from '../../model/surface.ts';
import type { Difference } from './catalog/compare.ts';
import { docs } from './docs.ts';
import { differenceWords, hasDown, positionIn, type SchemaMigration, upEffects } from './schema-migration.ts';

export const downDoesNotRestore: Rule<SchemaMigration> = {
  id: 'postgres/down-does-not-restore',
  problem: 'After the way back the schema is not what it was: something is missing, or has come back in another form.',
  instead:
    'Make the way back restore exactly what the way there takes or changes, with its name, type, default, constraints and indexes.',
  source: docs.alterTable,
  examples: {
    matches: [
      '-- migrate:up\nalter table users alter column email drop not null;\ndrop index users_email_idx;\n-- migrate:down\nalter table users alter column email set not null;\n',
      "-- migrate:up\nalter table users alter column state set default 'new';\n-- migrate:down\nselect 1;\n",
    ],
    passes: [
      '-- migrate:up\nalter table users alter column email drop not null;\n-- migrate:down\nalter table users alter column email set not null;\n',
    ],
  },
  *find(change) {
    const { after } = change;
    if (!after || after.failure || !hasDown(after)) return;
    for (const difference of after.differences) {
      if (difference.what !== 'missing' && difference.what !== 'changed') continue;
      const found = upEffects(change).find(({ effect }) => effect.before?.oid === difference.before?.oid);
      const back = after.down.findLast(({ effects }) =>
        effects.some((effect) => effect.before?.oid === difference.before?.oid),
      );
      yield {
        class: 'reversible-with-manual-repair',
        message: wordsOf(difference),
        instead: 'Add it to the way back.',
        ...(found?.effect.inverse !== undefined && { inverse: found.effect.inverse }),
        at: found?.at ?? positionIn(after, back ? 'down' : 'up', back?.statement.start ?? 0),
      };
    }
  },
};

function wordsOf(difference: Difference): string {
  const what = capital(differenceWords(difference));
  if (difference.what === 'missing') return `${what} was there before and is not there after the way back.`;
  return `${what} comes back changed: ${difference.facts.map((fact) => words[fact] ?? fact).join(', ')}.`;
}
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const words: Readonly<Record<string, string>> = {
  type: 'another type',
  notNull: 'NOT NULL or not',
  default: 'another default',
  on: 'over something else',
  where: 'another condition',
  actions: 'other ON DELETE or ON UPDATE',
  unique: 'unique or not',
  query: 'another query',
  body: 'another body',
  options: 'another body or other options',
  values: 'other values',
  isValid: 'validated or not',
  identity: 'another identity',
  persistence: 'logged or not',
  rowSecurity: 'row level security on or off',
  when: 'deferrable or not',
  ownedBy: 'another owner',
};
