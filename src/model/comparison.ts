/**
 * Before, after and now: what was read before the change, right after it, and just now, field by field. Nobody compares
 * two JSON documents at night.
 */
import { z } from 'zod';

import { Finding } from './finding.ts';
import { ChangeId, Instant, ResourceId, StepId } from './ids.ts';
import { Json } from './json.ts';
import { Drift } from './observation.ts';
import { Proposal } from './proposal.ts';

const optional = z.exactOptional;

/** Before, after and now of one field. */
export const FieldComparison = z
  .object({
    field: z.string(),
    part: z.enum(['state', 'identity', 'context']),
    before: optional(Json),
    after: optional(Json),
    now: optional(Json),
    /** What a rollback would set; absent where it sets nothing. */
    rollbackSets: optional(Json),
  })
  .readonly();
export type FieldComparison = z.infer<typeof FieldComparison>;

/** One applied step, compared with now. */
export const StepComparison = z
  .object({
    step: StepId,
    operation: z.string(),
    resource: optional(ResourceId),
    drift: Drift,
    because: z.string(),
    fields: z.array(FieldComparison).readonly(),
    /** What was already wrong before the change: it is not the change that broke it. */
    failingBefore: z.array(Finding).readonly(),
    /** Where what is there now is not what was there before: a proposal, prefilled, that would bridge it. */
    bridge: Proposal.nullable(),
  })
  .readonly();
export type StepComparison = z.infer<typeof StepComparison>;

export const Comparison = z
  .object({ change: ChangeId, at: Instant, steps: z.array(StepComparison).readonly() })
  .readonly();
export type Comparison = z.infer<typeof Comparison>;
