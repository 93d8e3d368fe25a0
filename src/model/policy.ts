/**
 * A policy is what an organisation asks of its changes, as an expression in CEL over one variable, `change`. Where it
 * holds, the change is denied, or it is of high risk and its author owes seven answers. A policy comes with tests of
 * its own, because a policy that nobody tried denies the wrong thing at the wrong hour.
 */
import { z } from 'zod';

import { ReversibilityClass } from './reversibility.ts';

/** What an expression can ask about: the variable `change`. */
export const PolicySubject = z
  .object({
    environment: z.string().default(''),
    class: ReversibilityClass.default('fully-reversible'),
    classAfterWrites: ReversibilityClass.default('fully-reversible'),
    /** Kinds of artifacts in it, and the rules that found something. */
    surfaces: z.array(z.string()).readonly().default([]),
    rules: z.array(z.string()).readonly().default([]),
    artifacts: z.int().default(0),
    /** Operations of its steps. */
    operations: z.array(z.string()).readonly().default([]),
    /** The class that its author declares; empty without one. */
    declared: z.string().default(''),
  })
  .strict()
  .readonly();
export type PolicySubject = z.infer<typeof PolicySubject>;

const PolicyId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words with dashes');

export const Policy = z
  .object({
    id: PolicyId,
    /** CEL; longer ones are hard to test. */
    when: z.string().min(1).max(2000),
    effect: z.enum(['deny', 'high-risk']),
    because: z.string().min(1),
  })
  .strict()
  .readonly();
export type Policy = z.infer<typeof Policy>;

export const PolicyTest = z
  .object({ name: z.string().min(1), policy: PolicyId, change: PolicySubject, holds: z.boolean() })
  .strict()
  .readonly();
export type PolicyTest = z.infer<typeof PolicyTest>;

export const PolicyFile = z
  .object({ policies: z.array(Policy).readonly(), tests: z.array(PolicyTest).readonly().default([]) })
  .strict()
  .readonly();
export type PolicyFile = z.infer<typeof PolicyFile>;

/** What all policies together make of one change. */
export interface PolicyVerdict {
  readonly denied: readonly string[];
  /** Why it is of high risk; empty when it is not. */
  readonly highRisk: readonly string[];
}
export type Policies = (subject: PolicySubject) => PolicyVerdict;
