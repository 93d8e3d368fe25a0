import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { withAllowances } from '#src/decide/allowances.ts';
import { assessedArtifact, assessmentOf, denials } from '#src/decide/assessed.ts';
import { rankOf } from '#src/decide/plan.ts';
import { openQuestions } from '#src/decide/seven-questions.ts';
import { changeWindow } from '#src/decide/windows.ts';
import type { AssessedArtifact } from '#src/model/assessment.ts';
import type { Declared } from '#src/model/change.ts';
import { DeclaredWindow } from '#src/model/declared-window.ts';
import type { Finding } from '#src/model/finding.ts';
import type { Instant, Seconds } from '#src/model/ids.ts';
import { reversibilityClasses } from '#src/model/reversibility.ts';
import type { State } from '#src/model/state.ts';

const anyClass = fc.constantFrom(...reversibilityClasses);
const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: 'postgres/drops-column',
  message: 'm',
  known: 'rule',
  ...more,
});
const artifact = (path: string, findings: readonly Finding[]): AssessedArtifact =>
  assessedArtifact(path, [{ surface: 'postgres', reading: { path }, findings }]);

describe('an assessment', () => {
  test('[L6.1] the worst artifact decides, and the first that nothing brings back is the point of no return', () => {
    fc.assert(
      fc.property(fc.array(anyClass, { minLength: 1, maxLength: 8 }), (classes) => {
        const artifacts = classes.map((of, i) => artifact(String(i), [finding({ class: of })]));
        const { class: worst, pointOfNoReturn } = assessmentOf(artifacts, []);
        expect(rankOf(worst)).toBe(Math.max(...classes.map(rankOf)));
        const door = classes.findIndex((of) => rankOf(of) >= rankOf('forward-only'));
        expect(pointOfNoReturn?.artifact).toBe(door < 0 ? undefined : String(door));
      }),
    );
  });

  test('[N2] after the first writes it is never better than before them, unless a rule says so of itself', () => {
    fc.assert(
      fc.property(fc.array(anyClass, { minLength: 1 }), (classes) => {
        const one = artifact(
          'a',
          classes.map((of) => finding({ class: of })),
        );
        expect(one.classAfterWrites).toBe(one.class);
      }),
    );
    const later = artifact('a', [finding({ class: 'fully-reversible', classAfterWrites: 'compensatable' })]);
    expect([later.class, later.classAfterWrites]).toEqual(['fully-reversible', 'compensatable']);
  });

  test('[L6.2] a declared class better than the found one is denied with the reason; a worse one is not', () => {
    fc.assert(
      fc.property(anyClass, anyClass, (found, promised) => {
        const assessment = assessmentOf(
          [artifact('a.sql', [finding({ class: found, message: 'the table is gone' })])],
          [],
        );
        const reasons = denials(assessment, promised);
        expect(reasons.length > 0).toBe(rankOf(found) > rankOf(promised));
        for (const reason of reasons) expect(reason).toContain(promised);
      }),
    );
  });

  test('without a declaration only what needs a restore is denied', () => {
    for (const found of reversibilityClasses) {
      const { denied } = assessmentOf([artifact('a.sql', [finding({ class: found })])], []);
      expect(denied.length > 0).toBe(found === 'non-recoverable-without-restore');
    }
  });
});

describe('an allowance', () => {
  const now = '2027-01-15T00:00:00.000Z' as Instant;
  const at = (line: number) => ({ path: 'a.sql', line, column: 1 });
  const drop = finding({ class: 'non-recoverable-without-restore', at: at(2) });
  const read = (text: string, findings = [drop]) => withAllowances({ path: 'a.sql', after: text }, findings, now);

  test('above the line, with a reason and a day, it decides nothing and stays visible', () => {
    const [kept] = read('-- recourse-allow: postgres/drops-column until 2027-01-31 because it was never filled\ndrop');
    expect(kept?.allowed).toEqual({ until: '2027-01-31', because: 'it was never filled' });
    expect(artifact('a.sql', [kept ?? drop]).class).toBe('fully-reversible');
  });

  test.for([
    [
      'one that has ended',
      '-- recourse-allow: postgres/drops-column until 2027-01-14 because it is old\ndrop',
      'ended on 2027-01-14',
    ],
    ['one without a reason', '-- recourse-allow: postgres/drops-column until 2027-01-31\ndrop', 'gives no reason'],
    ['one without an end', '-- recourse-allow: postgres/drops-column because I say so\ndrop', 'no day'],
  ] as const)('%s allows nothing and is a finding itself', ([, text, words]) => {
    const [kept, refused] = read(text);
    expect(kept?.allowed).toBeUndefined();
    expect(refused?.message).toContain(words);
  });

  test('it covers its own rule and its own place alone', () => {
    const other = '-- recourse-allow: postgres/truncates until 2027-01-31 because of it\ndrop';
    expect(read(other)[0]?.allowed).toBeUndefined();
    const between = '-- recourse-allow: postgres/drops-column until 2027-01-31 because of it\nselect 1;\ndrop';
    expect(read(between, [{ ...drop, at: at(3) }])[0]?.allowed).toBeUndefined();
  });
});

describe('[L22.2] the seven questions', () => {
  const whole: Declared = {
    class: 'fully-reversible',
    window: { before: 'the contract phase' },
    method: 'revert and sync',
    irreversibleEffects: [],
    verification: ['error-rate < 1%'],
    unsafeWhen: 'rows were written',
    trigger: 'error-rate > 1%',
    approver: 'payments on call',
    takes: '15m',
  };
  test('all answered leaves none open, and each left out is named', () => {
    expect(openQuestions(whole)).toEqual([]);
    expect(openQuestions(undefined)).toHaveLength(7);
    for (const name of ['window', 'unsafeWhen', 'trigger', 'approver', 'takes'] as const) {
      const { [name]: _, ...rest } = whole;
      expect(openQuestions(rest)).toEqual([expect.stringContaining(`\`${name}\``)]);
    }
    expect(openQuestions({ ...whole, method: ' ', verification: [] })).toHaveLength(2);
  });
});

describe('[L23.1] a window in the words people use', () => {
  test.for([
    ['24h', { lasts: 86_400 }],
    ['until-contract-phase', { before: 'contract phase' }],
    ['2h unless compromise suspected', { lasts: 7200, unless: 'compromise suspected' }],
    ['before old resource deletion', { before: 'old resource deletion' }],
    ['7d with regression test', { lasts: 604_800, given: 'regression test' }],
  ] as const)('%s', ([words, window]) => expect(DeclaredWindow.parse(words)).toEqual(window));
  test.for(['soon', '', '24 hours maybe'])('%j is refused with how to write it', (words) =>
    expect(() => DeclaredWindow.parse(words)).toThrow(/until-contract-phase/),
  );

  test('a duration is counted from the moment the change is verified', () => {
    const at = '2027-01-01T00:00:00.000Z' as Instant;
    const declared = { window: { lasts: 3600 as Seconds } };
    const state = { change: { declared }, steps: [], verification: undefined } as unknown as State;
    expect(changeWindow(state)).toEqual({ lasts: 3600 });
    const verified = { ...state, verification: { at, findings: [] } } as State;
    expect(changeWindow(verified)).toEqual({ until: '2027-01-01T01:00:00.000Z' });
  });
});
