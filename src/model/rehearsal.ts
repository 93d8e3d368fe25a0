/**
 * A rehearsal is what really happened when a migration was done and undone on a scratch database: whether the schema and
 * every row came back, what rows written in between would lose, and whether the application of before could go on
 * meanwhile. It replaces the opinion of the rules.
 */
import { z } from 'zod';

import { AssessedArtifact, Assessment } from './assessment.ts';
import { Hash } from './ids.ts';
import type { ReversibilityClass } from './reversibility.ts';

/** Something that is not as it was. */
export const SchemaDifference = z
  .object({
    /** Kind and full name: `column public.users.email`. */
    what: z.string(),
    problem: z.enum(['missing', 'left-over', 'changed']),
    before: z.exactOptional(z.string()),
    after: z.exactOptional(z.string()),
  })
  .readonly();
export type SchemaDifference = z.infer<typeof SchemaDifference>;

/** Data that was there and is not, or is not the same. */
export const Loss = z
  .object({
    table: z.string(),
    /** `touched`: a trigger set the time of the last change, which nobody misses. */
    kind: z.enum(['table', 'rows', 'column', 'values', 'touched']),
    column: z.exactOptional(z.string()),
    /** Rows that lost something, of all that were there. */
    count: z.number(),
    of: z.number(),
    /** Of the values that changed, those that are NULL now. */
    toNull: z.exactOptional(z.number()),
    sample: z.exactOptional(z.object({ before: z.string().nullable(), after: z.string().nullable() }).readonly()),
  })
  .readonly();
export type Loss = z.infer<typeof Loss>;

/** A statement that failed, where it stands. */
export const FailedAt = z
  .object({ path: z.string(), line: z.number(), column: z.number(), sqlState: z.string(), message: z.string() })
  .readonly();
export type FailedAt = z.infer<typeof FailedAt>;

export const Rehearsal = z
  .object({
    /** Binds an operation to the rehearsal of exactly its texts. */
    hash: z.exactOptional(Hash),
    on: z.string(),
    /** Rows that were there before: how many, how they were made, and which tables got none, with the reason. */
    rows: z
      .object({
        tables: z.number(),
        rows: z.number(),
        made: z.enum(['varied', 'varied-filled', 'coherent', 'coherent-filled', 'sparse', 'none']),
        empty: z.record(z.string(), z.string()).readonly(),
      })
      .readonly(),
    up: z.enum(['ran', 'failed', 'not-run']),
    down: z.enum(['ran', 'failed', 'none', 'not-run']),
    failures: z.array(FailedAt).readonly(),
    schema: z.array(SchemaDifference).readonly(),
    /** Lost after up and down. */
    data: z.array(Loss).readonly(),
    /** Gone as soon as the up has run. */
    destroyed: z.array(Loss).readonly(),
    afterWrites: z
      .object({ rows: z.number(), down: z.enum(['ran', 'failed']), discarded: z.array(Loss).readonly() })
      .readonly()
      .nullable(),
    /** What the application of before could not do any more while the new schema was there. */
    oldApplication: z.array(z.string()).readonly(),
    upAgain: z.enum(['ran', 'failed', 'not-run']),
  })
  .readonly();
export type Rehearsal = z.infer<typeof Rehearsal>;

export const RehearsedArtifact = AssessedArtifact.unwrap()
  .extend({ rehearsal: z.exactOptional(Rehearsal) })
  .readonly();
export type RehearsedArtifact = z.infer<typeof RehearsedArtifact>;

export const Rehearsed = Assessment.unwrap()
  .extend({ artifacts: z.array(RehearsedArtifact).readonly() })
  .readonly();
export type Rehearsed = z.infer<typeof Rehearsed>;

/** What the hash of a rehearsal is made of: exactly its texts, and what came of them. */
export const rehearsedText = (of: {
  readonly up: string;
  readonly down: string;
  readonly class: ReversibilityClass;
  readonly classAfterWrites: ReversibilityClass;
}): string => JSON.stringify(['recourse rehearsal 1', of.up, of.down, of.class, of.classAfterWrites]);
