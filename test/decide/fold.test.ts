import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { advance, fold, type Happened, isAtRest } from '#src/decide/fold.ts';
import { successions } from '#src/decide/successions.ts';
import type { State } from '#src/model/state.ts';
import { Status } from '#src/model/status.ts';

import { stories, told } from '../stories/told.ts';

const allLines = stories.flatMap((name) => told(name).facts);

/** Random walks over the facts of all stories: whatever is legal is taken, whatever is not must be refused. */
const walks = fc.array(fc.constantFrom(...allLines.map(({ happened }) => happened)), { maxLength: 60 });

describe('the fold', () => {
  test('a fact is taken exactly when the table of successions allows it', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        let state: State | null = null;
        for (const happened of walk) {
          const { fact } = happened;
          const law: { when: readonly string[]; step?: readonly string[] } = successions[fact.fact];
          const step = state && 'step' in fact ? state.steps.find((one) => one.step.id === fact.step) : undefined;
          const mayFollow =
            law.when.includes(state?.status ?? 'none') &&
            (!law.step || (step !== undefined && law.step.includes(step.status)));
          let next: State | undefined;
          try {
            next = advance(state, happened);
          } catch (error) {
            expect(error).toMatchObject({ code: 'out-of-order' });
          }
          // The table is necessary; some facts carry a condition of their own (the plan approved, an open recovery).
          if (!mayFollow) expect(next).toBeUndefined();
          if (next) {
            expect(Status.options).toContain(next.status);
            state = next;
          }
        }
      }),
    );
  });

  test('it never changes what it is given, and the same facts add up to the same', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stories), fc.nat(), (name, cut) => {
        const lines = told(name).facts.filter(({ of }) => of === 'A');
        const happened: Happened[] = lines.slice(0, cut % (lines.length + 1)).map((line) => line.happened);
        const before = structuredClone(happened);
        const first = fold(happened);
        expect(fold(happened)).toEqual(first);
        expect(happened).toEqual(before);
      }),
    );
  });

  test('a change that failed, is stuck or is being recovered is not at rest and keeps its leases', () => {
    const chains = (name: (typeof stories)[number], of: string) =>
      fold(
        told(name)
          .facts.filter((line) => line.of === of)
          .map(({ happened }) => happened),
      );
    const stuck = chains('failure-undone-into-drift', 'R');
    const recovering = chains('failure-undone-into-drift', 'A');
    const byHand = chains('rollback-fails-in-part', 'R');
    expect([stuck, recovering, byHand].map((state) => state && [state.status, isAtRest(state)])).toEqual([
      ['stuck', false],
      ['recovering', false],
      ['partly-applied', true],
    ]);
  });

  test('what is owed keeps a change open', () => {
    const facts = told('happy-path').facts.map(({ happened }) => happened);
    const [closed, ...earlier] = facts.toReversed();
    const at = closed?.at ?? facts[0]!.at;
    const owing = advance(fold(earlier.toReversed()), {
      at,
      by: 'local:ana',
      fact: { v: 1, fact: 'owed', what: 'a test' },
    });
    expect(() => advance(owing, closed!)).toThrow('it still owes: a test');
    const settled = advance(owing, { at, by: 'local:ana', fact: { v: 1, fact: 'no-longer-owed', what: 'a test' } });
    expect(advance(settled, closed!).status).toBe('closed');
  });
});
