import type { Versions } from '../../model/artifact.ts';
import type { Position } from '../manifest.ts';

/** What a policy does with what breaks it, strictest last. */
export const enforcements = ['off', 'audit', 'warn', 'deny'] as const;
export type Enforcement = (typeof enforcements)[number];

/** One thing that a policy says, in a form in which two of them can be compared. */
export interface Clause {
  /** What it is called: the same thing in the other version. */
  readonly name: string;
  readonly text: string;
  /** Whether it refuses (a rule, a Deny) or lets through (an exception, an Allow). */
  readonly refuses: boolean;
  at(): Position;
}

/** A policy of any kind, in one version. */
export interface Policy {
  /** `ClusterPolicy require-labels`, or the package of a Rego file: what messages call it. */
  readonly title: string;
  /** What it says is logic that can be tested, only turns logic on, or grants access. */
  readonly is: 'logic' | 'switch' | 'access';
  readonly enforcement: Enforcement | undefined;
  /** What happens while it cannot be asked: refused, or let through. */
  readonly failsClosed: boolean | undefined;
  readonly clauses: readonly Clause[];
  at(what: 'it' | 'enforcement' | 'failure'): Position;
}

export interface PolicyFile {
  readonly path: string;
  readonly text: string;
  readonly policies: readonly Policy[];
  /** Whether the tree has a test for it. */
  readonly hasTest: boolean;
}

export interface PolicyPair {
  readonly before?: Policy;
  readonly after?: Policy;
}

export function policyPairs(change: Versions<PolicyFile>): readonly PolicyPair[] {
  const old = new Map(change.before?.policies.map((policy) => [policy.title, policy]));
  const now = new Map(change.after?.policies.map((policy) => [policy.title, policy]));
  return [...new Set([...old.keys(), ...now.keys()])].map((title) => {
    const [before, after] = [old.get(title), now.get(title)];
    return { ...(before && { before }), ...(after && { after }) };
  });
}

/** Clauses of the one that the other does not have, or has with another text. */
export const clausesOnlyIn = (one: Policy, other: Policy | undefined): readonly Clause[] =>
  one.clauses.filter(
    (clause) => !other?.clauses.some(({ name, text }) => name === clause.name && text === clause.text),
  );

export const isChanged = (clause: Clause, other: Policy | undefined): boolean =>
  other?.clauses.some(({ name }) => name === clause.name) === true;

export const rankOfEnforcement = (of: Enforcement): number => enforcements.indexOf(of);
