/**
 * A step is one operation run once over one connection, or one wait. A wait asks a check again until it says yes and
 * holds no worker meanwhile, so days may pass in it; inside an operation nothing waits, and `deadline` bounds its call.
 * A param may come from an earlier step (`{ $from, path }`): it is taken when the step starts and written down then.
 */
import { z } from 'zod';

import { CheckId, ConnectionId, Seconds, StepId } from './ids.ts';
import { Invocation } from './invocation.ts';
import { Json } from './json.ts';

export const Wait = z
  .object({
    until: z.object({ check: CheckId, subject: Json, connection: z.exactOptional(ConnectionId) }).readonly(),
    /** Seconds between two questions. */
    every: Seconds,
    /** Seconds after which the wait is given up. */
    patience: Seconds,
    then: z.enum(['fail', 'ask']),
  })
  .readonly();
export type Wait = z.infer<typeof Wait>;

export const FromStep = z.object({ $from: StepId, path: z.string() }).strict().readonly();
export type FromStep = z.infer<typeof FromStep>;

/** What happens to the rest of a change when one of its steps fails and nothing was touched. */
export const OnFailure = z.enum(['stop', 'continue', 'undo']);
export type OnFailure = z.infer<typeof OnFailure>;

const common = {
  id: StepId,
  /** In a recovery: the step of the recovered change that this one undoes. */
  undoes: z.exactOptional(StepId),
  onFailure: OnFailure,
  /** Seconds that one call may take. */
  deadline: Seconds,
};
export const Step = z.union([
  z.object({ ...common, does: Invocation }).readonly(),
  z.object({ ...common, waits: Wait }).readonly(),
]);
export type Step = z.infer<typeof Step>;

/** Where one step stands. `started` without a live worker is in doubt: nobody recorded its outcome. */
export const StepStatus = z.enum([
  'pending',
  'started',
  'waiting',
  'applied',
  'failed',
  'half-resolved',
  'resolved',
  'skipped',
]);
export type StepStatus = z.infer<typeof StepStatus>;
