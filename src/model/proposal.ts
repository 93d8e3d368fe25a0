/**
 * A proposal is what a person writes: the change file, the form, the body of an API call. It is parsed once
 * (`pipeline/propose.ts`) into a change, and trusted after. A step is a mapping with exactly one dotted key, the
 * operation, or `wait`; ids are "1", "2", … unless given.
 *
 * A secret is never written into it: `{ $secret: env:NAME | file:PATH | stdin | generate }` is a reference, which the
 * CLI resolves to `{ $plain: … }` and the pipeline seals before the first fact. The API takes `generate` and `$plain`.
 */
import { z } from 'zod';

import { ProposedArtifact } from './artifact.ts';
import { Declared, Transition } from './change.ts';
import { ChangeId, ConnectionId, Seconds, StepId } from './ids.ts';
import { Json } from './json.ts';
import { OnFailure } from './step.ts';

/** Seconds, as a number or with a unit: `30`, `30s`, `5m`, `2h`, `7d`. */
export const Duration = z.union([
  Seconds,
  z.string().regex(/^[1-9][0-9]*\s?(s|m|h|d)$/, 'a duration like 30s, 5m, 2h or 7d'),
]);
export type Duration = z.infer<typeof Duration>;

/** Words that stand in one row of a list. */
const OneLine = z
  .string()
  .min(1)
  .regex(/^\P{Cc}*$/u, 'one line without control characters');

export const ProposedStep = z
  .object({
    id: z.exactOptional(StepId),
    on: z.exactOptional(ConnectionId),
    onFailure: z.exactOptional(OnFailure),
    deadline: z.exactOptional(Duration),
    undoes: z.exactOptional(StepId),
  })
  .catchall(Json)
  .readonly();
export type ProposedStep = z.infer<typeof ProposedStep>;

export const Proposal = z
  .object({
    title: OneLine.max(200),
    environment: OneLine.max(60),
    steps: z.array(ProposedStep).min(1).max(500).readonly(),
    declared: z.exactOptional(Declared),
    /** The files that it carries, in both versions. In a change file: paths, see `recourse propose --help`. */
    artifacts: z.exactOptional(z.array(ProposedArtifact).max(500).readonly()),
    /** The change that this one answers, and how. */
    recovers: z.exactOptional(z.object({ change: ChangeId, by: Transition }).readonly()),
    follows: z.exactOptional(ChangeId),
  })
  .strict()
  .readonly();
export type Proposal = z.infer<typeof Proposal>;

/** The body of a `wait` step in a proposal. */
export const ProposedWait = z
  .object({
    until: z.string(),
    subject: Json,
    every: Duration.default('10s'),
    patience: Duration.default('1h'),
    then: z.enum(['fail', 'ask']).default('fail'),
  })
  .strict()
  .readonly();
export type ProposedWait = z.infer<typeof ProposedWait>;
