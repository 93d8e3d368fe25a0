/**
 * A surface is a kind of artifact that a change carries (a manifest, a migration, a plan) and what its contents mean
 * for recovery. Its parser throws a fault with the position and never guesses. A rule is one thing worth knowing about
 * such an artifact; its examples are its documentation and its tests.
 */
import type { Finding } from './finding.ts';
import type { RuleId } from './ids.ts';

export interface Rule<Artifact> {
  readonly id: RuleId;
  readonly problem: string;
  readonly instead: string;
  /** The vendor's documentation that the rule rests on. */
  readonly source: string;
  readonly examples: {
    readonly matches: readonly [string, ...string[]];
    readonly passes: readonly [string, ...string[]];
  };
  find(change: { readonly before?: Artifact; readonly after?: Artifact }): Iterable<Omit<Finding, 'rule' | 'known'>>;
}

export interface Surface<Artifact> {
  readonly name: string;
  readonly summary: string;
  readonly wayBack: string;
  readonly mainRisk: string;
  recognises(path: string, text: string): boolean;
  parse(text: string, path: string): Artifact;
  readonly rules: readonly Rule<Artifact>[];
}
