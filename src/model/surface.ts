/**
 * A surface is a kind of artifact that a change carries (a manifest, a migration, a plan) and what its contents mean
 * for recovery. It reads files into artifacts and never guesses: what it cannot read it says, with the position. A rule
 * is one thing worth knowing about such an artifact; its examples are its documentation and its tests.
 */
import type { Reading, SourceFile, Versions } from './artifact.ts';
import type { Finding } from './finding.ts';
import type { RuleId } from './ids.ts';
import type { Known } from './reversibility.ts';

/** A text as it is after the change, or both versions of it. */
export type Example = string | { readonly before?: string; readonly after?: string };

/** What a rule has to say; which rule it is, and that it is known by rule unless it says better, is added to it. */
export type RuleFinding = Omit<Finding, 'rule' | 'known'> & { readonly known?: Known };

export interface Rule<Artifact> {
  readonly id: RuleId;
  /** What is wrong, in one or two sentences. */
  readonly problem: string;
  /** What to do instead. */
  readonly instead: string;
  /** The vendor's documentation that the rule rests on. */
  readonly source: string;
  readonly examples: {
    readonly matches: readonly [Example, ...Example[]];
    readonly passes: readonly [Example, ...Example[]];
  };
  find(change: Versions<Artifact>): Iterable<RuleFinding>;
}

export interface Surface<Artifact> {
  readonly name: string;
  readonly summary: string;
  /** How a change of it is usually undone. */
  readonly wayBack: string;
  /** What most often goes wrong then. */
  readonly mainRisk: string;
  /** The path under which the rules' examples are read. */
  readonly examplePath: string;
  /** Cheap: by the path, and by a look at the text. */
  recognises(path: string, text: string): boolean;
  /** Artifacts of the files that it recognises. A file that did not change yields nothing. */
  read(files: readonly SourceFile[]): AsyncIterable<Reading<Artifact>>;
  readonly rules: readonly Rule<Artifact>[];
}
export type AnySurface = Surface<never>;
export type SurfaceRegistry = Readonly<Record<string, AnySurface>>;
