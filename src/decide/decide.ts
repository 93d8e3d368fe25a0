/**
 * `decide` reads the table from the top and stops at the first row that does not reassure. The rows read on the way are
 * kept as the path: they are the explanation. No row answers *rollback* while a question it depends on says no or
 * unknown.
 */
import type { Decision, PathRow, Situation } from '../model/decision.ts';
import { asksWhetherInPlace, byClass, type Row, rows, safetyRows } from './table.ts';

export function decide(situation: Situation): Decision {
  const path: PathRow[] = [];
  const inPlace = situation.answers[asksWhetherInPlace.check];
  if (inPlace) {
    path.push({
      row: asksWhetherInPlace.row,
      asks: asksWhetherInPlace.asks,
      answer: inPlace.answer,
      because: inPlace.seen,
    });
    if (inPlace.answer === 'yes') return { transition: 'nothing-to-do', path };
  }

  const blocked = firstBlocked(rows, situation, path);
  if (blocked) return { transition: blocked, path };

  const allowed = byClass[situation.class];
  const hasWayBack = allowed === 'rollback';
  path.push({
    row: 'way-back-exists',
    asks: 'Does this class of change have a way back?',
    answer: hasWayBack ? 'yes' : 'no',
    because: `it is ${situation.class}`,
  });
  if (!hasWayBack) return { transition: allowed, path };

  const unsafe = firstBlocked(safetyRows, situation, path);
  return { transition: unsafe ?? 'rollback', path };
}

function firstBlocked(
  table: readonly Row[],
  { answers }: Situation,
  path: PathRow[],
): Decision['transition'] | undefined {
  for (const { row, check, asks, no, unknown } of table) {
    const { answer, seen } = answers[check] ?? { answer: 'unknown' as const, seen: 'nobody could tell' };
    path.push({ row, asks, answer, because: seen });
    if (answer !== 'yes') return answer === 'no' ? no : unknown;
  }
  return undefined;
}
