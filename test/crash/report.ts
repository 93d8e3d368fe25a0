/** What a campaign came to, in words. */
import type { Judgement } from './judge.ts';
import type { Stage } from './stage.ts';

export interface Verdict {
  readonly lost: number;
  readonly doubled: number;
  readonly wrongEnd: number;
  readonly isGood: boolean;
}
type Judged = Judgement & { readonly stage: Stage };

const shown = 12;
const shownWhole = 2;

export function reportOf(
  store: string,
  judged: readonly Judged[],
  seconds: number,
): { readonly words: string; readonly verdict: Verdict } {
  const all = <T>(of: (one: Judged) => readonly T[]): readonly T[] => judged.flatMap(of);
  const sum = (of: (one: Judged) => number): number => judged.reduce((total, one) => total + of(one), 0);
  const [lost, doubled, wrongEnd] = [all((one) => one.lost), all((one) => one.doubled), all((one) => one.wrongEnd)];
  const [broken, troubles] = [all((one) => one.broken), all(({ stage }) => stage.crowd.troubles)];
  const told = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [
          `  ${title}:`,
          ...lines.slice(0, shown).map((line, at) => `    ${at < shownWhole ? line : line.split('\n', 1).join('')}`),
        ];
  const counted = `lost ${lost.length}, doubled ${doubled.length}, wrong end ${wrongEnd.length}`;
  const words = [
    ...told('lost', lost),
    ...told('doubled', doubled),
    ...told('wrong end', wrongEnd),
    ...told('evidence that is broken', broken),
    ...told('refused, and should not have been', troubles),
    ...told(
      'complaints of jobs, which were tried again',
      all(({ stage }) => stage.complaints),
    ),
    `  ${sum((one) => one.stage.killed.size)} kills in ${seconds.toFixed(0)} s, by point: ${counts(judged.map(({ stage }) => stage.moments))}`,
    `  ${sum((one) => one.changes)} changes and ${sum((one) => one.recoveries)} recoveries, ${sum((one) => one.facts)} facts, every chain verified; ${sum((one) => one.effects)} effects seen, ${sum((one) => one.confirmed)} confirmed appends held`,
    `  in doubt and settled by a look: ${counts(judged.map(({ settled }) => settled))}`,
    `${store}: ${counted}`,
  ].join('\n');
  const isGood = [lost, doubled, wrongEnd, broken, troubles].every((list) => list.length === 0);
  return { words, verdict: { lost: lost.length, doubled: doubled.length, wrongEnd: wrongEnd.length, isGood } };
}

/** `apply 7, start 5`, the most first. */
function counts(tables: readonly ReadonlyMap<string, number>[]): string {
  const total = new Map<string, number>();
  for (const [name, count] of tables.flatMap((table) => [...table])) total.set(name, (total.get(name) ?? 0) + count);
  const rows = [...total].toSorted(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);
  return rows.length > 0 ? rows.join(', ') : 'none';
}
