/**
 * Where the files of an assessment come from: paths, two trees, a range of a Git repository, or a plan. Files that did
 * not change come too, where a changed one is only understood beside them (the migrations before it).
 */
import type { SourceFile } from './artifact.ts';

export interface SourceSet {
  readonly files: readonly SourceFile[];
  /** What was compared, in words: `main..HEAD`, a folder. */
  readonly what: string;
  /** What was left out or could not be done, in words. */
  readonly notes: readonly string[];
}

export interface Sources {
  /** Files and folders as they are, `-` for standard input. Faults: `not-found`, `invalid-input`. */
  files(paths: readonly string[], nameOfInput: string): Promise<SourceSet>;
  /** Two files, or two folders. Faults: `not-found`, `invalid-input`. */
  compare(before: string, after: string): Promise<SourceSet>;
  /** `base..head`; without a range the work tree against where its branch left the main one. Faults: `not-found`, `invalid-input`. */
  git(range: string | undefined, signal: AbortSignal): Promise<SourceSet>;
  /** What undoing one commit with `git revert` would change. Faults: `not-found`, `invalid-input`. */
  revert(commit: string, signal: AbortSignal): Promise<SourceSet>;
  /** A plan as JSON, or as Terraform or OpenTofu saved it. Faults: `not-found`, `invalid-input`. */
  plan(path: string): Promise<SourceSet>;
}
