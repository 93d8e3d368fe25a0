import type { Rule } from '../../model/surface.ts';
import { changesOfOld, isLost, type SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const convertedCharset: Rule<SchemaMigration> = {
  id: 'mysql/converted-charset',
  problem:
    'All texts of a table are converted to another character set: what it does not have becomes a question mark for ever.',
  instead: 'Count the texts that change (CONVERT(c USING x) <> c) first, and keep a copy of the table.',
  source: docs.charset,
  examples: {
    matches: ['alter table `users` convert to character set latin1;'],
    passes: ['alter table `users` add `name` varchar(10) character set latin1;'],
  },
  *find(change) {
    for (const { migration, effect, step, at } of changesOfOld(change)) {
      const to = effect.after?.facts['options'];
      if (
        effect.kind !== 'table' ||
        !effect.before ||
        !effect.after ||
        to === effect.before.facts['options'] ||
        typeof to !== 'string'
      )
        continue;
      const isGone = step.effects.some(
        (other) => other.kind === 'column' && isLost(migration, other.before?.oid, other.before?.parent),
      );
      const isWide = to.includes('utf8mb4');
      yield {
        class: isWide && !isGone ? 'reversible-with-compatibility-window' : 'reversible-with-manual-repair',
        message: `The texts of “${effect.name}” are converted to ${to}. ${isWide ? 'The way back loses what only that set can hold.' : 'What that set does not have becomes a question mark.'}`,
        instead: 'Keep a copy of the table until no way back is needed.',
        probe: `select count(*) from ${effect.table}`,
        closedBy: isWide ? 'the first text that the old set cannot hold' : 'the statement itself: it commits at once',
        at,
      };
    }
  },
};
