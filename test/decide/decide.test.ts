import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decide } from '#src/decide/decide.ts';
import { byClass, rows, safetyRows } from '#src/decide/table.ts';
import type { Situation } from '#src/model/decision.ts';
import { reversibilityClasses } from '#src/model/reversibility.ts';

const questions = [...rows, ...safetyRows];
const answer = fc.constantFrom('yes', 'no', 'unknown', 'absent');
const situations: fc.Arbitrary<Situation> = fc
  .record({
    class: fc.constantFrom(...reversibilityClasses),
    trigger: fc.constantFrom('asked', 'step-failed', 'verification-failed', 'unconfirmed', 'alert'),
    given: fc.tuple(...questions.map(() => answer)),
    inPlace: answer,
  })
  .map(({ class: found, trigger, given, inPlace }) => {
    const answers: Record<`${string}/${string}`, { answer: 'yes' | 'no' | 'unknown'; seen: string }> = {};
    questions.forEach(({ check }, i) => {
      const each = given[i];
      if (each && each !== 'absent') answers[check] = { answer: each, seen: `said ${each}` };
    });
    if (inPlace !== 'absent') answers['change/in-place'] = { answer: inPlace, seen: `said ${inPlace}` };
    return { class: found, trigger, answers, done: [] };
  });

describe('the decision', () => {
  test('[L2.1] nothing answers rollback while a question it depends on says no or unknown', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { transition, path } = decide(situation);
        if (transition !== 'rollback') return;
        for (const { check } of questions) expect(situation.answers[check]?.answer).toBe('yes');
        expect(byClass[situation.class]).toBe('rollback');
        expect(path.filter(({ row }) => row !== 'in-place').every(({ answer: said }) => said === 'yes')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('[L7.1] the path holds every row read, in the order of the table, and ends with the one that decided', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { transition, path } = decide(situation);
        const order = [
          'in-place',
          ...rows.map(({ row }) => row),
          'way-back-exists',
          ...safetyRows.map(({ row }) => row),
        ];
        const read = path.map(({ row }) => row);
        expect(read).toEqual(order.filter((row) => read.includes(row)));
        for (const { because, asks } of path) expect(because.length * asks.length).toBeGreaterThan(0);
        if (transition !== 'rollback' && transition !== 'nothing-to-do') expect(path.at(-1)?.answer).not.toBe('yes');
      }),
    );
  });

  test('a question that nobody answered is unknown', () => {
    const { transition, path } = decide({ trigger: 'asked', class: 'fully-reversible', answers: {}, done: [] });
    expect(path).toEqual([expect.objectContaining({ row: 'something-applied', answer: 'unknown' })]);
    expect(transition).toBe('repair');
  });

  const allYes = Object.fromEntries(
    questions.map(({ check }) => [check, { answer: 'yes', seen: '' }]),
  ) as Situation['answers'];
  test.each(
    questions.flatMap((row) =>
      (['no', 'unknown'] as const).map((said) => [row.row, said, row[said], row.check] as const),
    ),
  )('the row %s, answered %s, decides: %s', (_, said, transition, check) => {
    const answers = { ...allYes, [check]: { answer: said, seen: 'so' } };
    expect(decide({ trigger: 'asked', class: 'fully-reversible', answers, done: [] }).transition).toBe(transition);
  });

  test.each(Object.entries(byClass))('with every answer yes, the class %s leads to %s', (found, transition) => {
    const situation = { trigger: 'asked', class: found, answers: allYes, done: [] } as Situation;
    expect(decide(situation).transition).toBe(transition);
  });
});
