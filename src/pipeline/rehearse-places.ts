import type { Places } from '../decide/rehearsed-findings.ts';
import type { Migration, MigrationText } from '../model/migration.ts';
import type { FailedAt } from '../model/rehearsal.ts';
import type { Failure } from '../model/scratch.ts';
import { placeOf, statementsIn } from '../model/sql-statement.ts';

/** Where in the texts of a migration something is spoken of, and where a statement failed. */
export function placesIn({ up, down }: Migration): {
  readonly places: Places;
  readonly failedAt: (failure: Failure, side: 'up' | 'down') => FailedAt;
} {
  return {
    places: { up: placesOf(up), down: placesOf(down ?? up) },
    failedAt: ({ sqlState, message, position }, side) => {
      const { path, text } = (side === 'down' ? down : undefined) ?? up;
      const offset = position === undefined ? (statementsIn(text)[0]?.offset ?? 0) : position - 1;
      return { path, ...placeOf(text, offset), sqlState, message };
    },
  };
}

const placesOf = ({ path, text }: MigrationText): Places['up'] => {
  const statements = statementsIn(text);
  return (names) => {
    const named = names.flatMap((name) => {
      const found = statements.find((one) => one.text.toLowerCase().includes(name.toLowerCase()));
      return name === '' || !found ? [] : [found];
    });
    const offset = (named[0] ?? statements[0])?.offset ?? 0;
    return { path, ...placeOf(text, offset) };
  };
};
