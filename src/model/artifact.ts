/**
 * An artifact is a file that a change carries, in the version before it and the version after it. Only the comparison
 * of the two says what would be undone: a file that is merely there changes nothing.
 */
import { z } from 'zod';

import type { Fault } from './fault.ts';
import { Hash } from './ids.ts';

/** One file of what is assessed. Without `before` it is new; without `after` it is removed. */
export interface SourceFile {
  /** Relative to the folder that is assessed, with forward slashes. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  /** The version after the change as bytes, where it may be longer than one string can be (a plan). */
  readonly chunks?: () => AsyncIterable<Uint8Array>;
}

const ArtifactPath = z.string().min(1).max(1000);
/** Characters; a plan that is longer is assessed by the command line. */
const ArtifactText = z.string().max(8_000_000);

/** A file that a proposal carries, with both versions of its text. */
export const ProposedArtifact = z
  .object({ path: ArtifactPath, before: z.exactOptional(ArtifactText), after: z.exactOptional(ArtifactText) })
  .strict()
  .readonly();
export type ProposedArtifact = z.infer<typeof ProposedArtifact>;

/** The same in a change: its texts are kept beside the facts, by their digests. */
export const Artifact = z
  .object({ path: ArtifactPath, before: z.exactOptional(Hash), after: z.exactOptional(Hash) })
  .readonly();
export type Artifact = z.infer<typeof Artifact>;

/** Something parsed, in both versions. */
export interface Versions<Parsed> {
  readonly before?: Parsed;
  readonly after?: Parsed;
}

/** What reverting the configuration would do to a resource of a plan. */
export const returns = ['none', 'create', 'update', 'delete', 'replace', 'unknown'] as const;
export type Returns = (typeof returns)[number];

/** One artifact as its surface read it, or why it could not be read. */
export type Reading<Parsed> =
  | (Versions<Parsed> & {
      /** The path of its file; of a resource in a plan, its address. */
      readonly path: string;
      /** Resources of a plan only. */
      readonly returns?: Returns;
    })
  | { readonly path: string; readonly unread: Fault };
