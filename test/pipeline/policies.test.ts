import { describe, expect, test } from 'vitest';

import { PolicyFile } from '#src/model/policy.ts';
import { PolicySubject } from '#src/model/policy.ts';
import { policiesIn, testedPolicies } from '#src/pipeline/policies.ts';

const file = (when: string, effect = 'deny'): PolicyFile =>
  PolicyFile.parse({
    policies: [{ id: 'one', when, effect, because: 'it must not' }],
    tests: [
      { name: 'production', policy: 'one', change: { environment: 'production' }, holds: true },
      { name: 'staging', policy: 'one', change: { environment: 'staging' }, holds: false },
    ],
  });
const production = "change.environment == 'production'";
const subject = (more: object) => PolicySubject.parse(more);

describe('[L22.2] policies', () => {
  test('where one holds, its effect is told with its reason', () => {
    expect(policiesIn(file(production))(subject({ environment: 'production' })).denied).toEqual([
      'it must not (policy one)',
    ]);
    expect(policiesIn(file(production))(subject({ environment: 'staging' }))).toEqual({ denied: [], highRisk: [] });
    expect(policiesIn(file(production, 'high-risk'))(subject({ environment: 'production' })).highRisk).toHaveLength(1);
  });

  test('they may ask about surfaces, rules, numbers and what is declared', () => {
    const asks =
      "'postgres' in change.surfaces && change.artifacts > 3 && change.rules.exists(r, r.startsWith('postgres/'))";
    const many = subject({ surfaces: ['postgres'], artifacts: 4, rules: ['postgres/no-down'] });
    expect(policiesIn(file(asks))(many).denied).toHaveLength(1);
    expect(policiesIn(file(asks))(subject({ ...many, artifacts: 3 })).denied).toEqual([]);
  });

  test.for(['change.nothing == 1', "'text'", 'change.artifacts / 0 == 1'])(
    'one that cannot be evaluated denies: %s',
    (when) =>
      expect(policiesIn(file(when))(subject({})).denied).toEqual([expect.stringContaining('could not be evaluated')]),
  );

  test.for(['change.', '(', 'a b'])('an expression that is none is refused by name: %s', (when) =>
    expect(() => policiesIn(file(when))).toThrow(expect.objectContaining({ code: 'invalid-input', at: 'one' })),
  );

  test('their own tests run, and say what went otherwise', () => {
    expect(testedPolicies(file(production)).map(({ passed }) => passed)).toEqual([true, true]);
    expect(testedPolicies(file('true')).map(({ passed, answer }) => [passed, answer])).toEqual([
      [true, true],
      [false, true],
    ]);
    const stray = { ...file(production), tests: [{ ...file(production).tests[0]!, policy: 'another' }] };
    expect(() => testedPolicies(stray)).toThrow(/not in the file/);
  });
});
