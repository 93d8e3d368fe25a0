import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { verdictOn } from '#src/decide/gate.ts';
import { rankOf, worstClass } from '#src/decide/plan.ts';
import { narrowestWindow, windowAnswer } from '#src/decide/windows.ts';
import type { Change } from '#src/model/change.ts';
import type { Instant } from '#src/model/ids.ts';
import { reversibilityClasses } from '#src/model/reversibility.ts';

import { told } from '../stories/told.ts';

const proposed = told('happy-path').facts[0]?.happened.fact;
const change = (proposed?.fact === 'proposed' ? proposed.change : undefined) as Change;
const instant = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString() as Instant;
const classes = fc.constantFrom(...reversibilityClasses);

describe('the gate', () => {
  test('[L6.2] a class declared better than the one found is denied with the reason', () => {
    fc.assert(
      fc.property(classes, classes, (declared, found) => {
        const judged = verdictOn({
          change: {
            ...change,
            declared: { class: declared, method: 'revert', irreversibleEffects: [], verification: [] },
          },
          class: found,
        });
        expect(judged.verdict).toBe(rankOf(found) > rankOf(declared) ? 'denied' : 'admitted');
        if (judged.verdict === 'denied') expect(judged.reasons[0]).toContain(found);
      }),
    );
  });
  test('a change is as reversible as its worst step', () => {
    fc.assert(
      fc.property(fc.array(classes, { minLength: 1 }), (found) => {
        expect(rankOf(worstClass(found))).toBe(Math.max(...found.map(rankOf)));
      }),
    );
  });
});

describe('the rollback window', () => {
  test('[L23.1] of several windows the earliest closes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 23 }), { minLength: 1 }), (hours) => {
        expect(narrowestWindow(hours.map((hour) => ({ until: instant(hour) })))).toEqual({
          until: instant(Math.min(...hours)),
        });
      }),
    );
  });
  test.each([
    [null, [], 'yes'],
    [{ until: instant(13) }, [], 'yes'],
    [{ until: instant(12) }, [], 'no'],
    [{ before: 'the key is deleted' }, [], 'unknown'],
    [{ before: 'the key is deleted' }, [{ answer: 'yes', seen: 'it is there' }], 'yes'],
    [{ before: 'the key is deleted', until: instant(11) }, [{ answer: 'yes', seen: 'it is there' }], 'no'],
    [{ until: instant(13), unless: 'it leaked' }, [{ answer: 'no', seen: 'it leaked' }], 'no'],
    [{ until: instant(13), unless: 'it leaked' }, [{ answer: 'unknown', seen: '?' }], 'unknown'],
  ] as const)('[L23.1] %o with %o is open: %s', (window, watched, answer) => {
    expect(windowAnswer(window, instant(12), watched).answer).toBe(answer);
  });
});
