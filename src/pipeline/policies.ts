/**
 * Policies in CEL, compiled once and asked about every change. An expression that cannot be evaluated denies: unknown is
 * never the reassuring answer. Source of the language: https://cel.dev
 */
import { isCelError, celEnv, parse, plan, type CelInput } from '@bufbuild/cel';

import { Fault } from '../model/fault.ts';
import type { Policies, Policy, PolicyFile, PolicySubject, PolicyTest } from '../model/policy.ts';

interface Compiled {
  readonly policy: Policy;
  /** A sentence where it could not be evaluated. */
  readonly holds: (subject: PolicySubject) => boolean | string;
}

/** Faults: `invalid-input` for an expression that is none, or two policies of one name. */
export function policiesIn({ policies }: PolicyFile): Policies {
  const compiled = compiledOf(policies);
  return (subject) => {
    const answers = compiled.map(({ policy, holds }) => ({ policy, answer: holds(subject) }));
    const held = (effect: Policy['effect']) =>
      answers.flatMap(({ policy, answer }) =>
        answer === true && policy.effect === effect ? [`${policy.because} (policy ${policy.id})`] : [],
      );
    const unknown = answers.flatMap(({ policy, answer }) =>
      typeof answer === 'string' ? [`policy ${policy.id} could not be evaluated: ${answer}`] : [],
    );
    return { denied: [...held('deny'), ...unknown], highRisk: held('high-risk') };
  };
}

export interface PolicyTestResult {
  readonly test: PolicyTest;
  readonly answer: boolean | string;
  readonly passed: boolean;
}

/** Runs the tests that a policy file brings. Faults: `invalid-input`, also for a test of a policy that is not there. */
export function testedPolicies({ policies, tests }: PolicyFile): readonly PolicyTestResult[] {
  const compiled = new Map(compiledOf(policies).map((one) => [one.policy.id, one]));
  return tests.map((test) => {
    const found = compiled.get(test.policy);
    if (!found)
      throw new Fault(
        'invalid-input',
        `The test "${test.name}" is of policy ${test.policy}, which is not in the file.`,
        {
          at: test.name,
        },
      );
    const answer = found.holds(test.change);
    return { test, answer, passed: answer === test.holds };
  });
}

function compiledOf(policies: readonly Policy[]): readonly Compiled[] {
  const twice = policies.find(({ id }, i) => policies.findIndex((one) => one.id === id) !== i);
  if (twice) throw new Fault('invalid-input', `There are two policies with the id ${twice.id}.`, { at: twice.id });
  return policies.map((policy) => ({ policy, holds: evaluated(policy) }));
}

function evaluated({ id, when }: Policy): Compiled['holds'] {
  const environment = celEnv();
  const run = (() => {
    try {
      return plan(environment, parse(when));
    } catch (error) {
      throw new Fault('invalid-input', `The expression of policy ${id} is no CEL: ${(error as Error).message}.`, {
        at: id,
        advice: "Write it like: change.environment == 'production' && change.class == 'forward-only'",
      });
    }
  })();
  return (subject) => {
    const answer = run({ change: celInput(subject) });
    if (isCelError(answer)) return answer.message;
    return typeof answer === 'boolean' ? answer : 'it does not answer true or false';
  };
}

const celInput = (subject: PolicySubject): CelInput =>
  new Map<string, CelInput>(
    Object.entries(subject).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? BigInt(value)
        : Array.isArray(value)
          ? [...(value as readonly string[])]
          : (value as string),
    ]),
  );
