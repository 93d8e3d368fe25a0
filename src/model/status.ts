/**
 * Where a change stands. Nothing stores a status as its own truth: it is what the facts add up to (`decide/fold.ts`),
 * and a list keeps a copy only to be fast.
 */
import { z } from 'zod';

export const Status = z.enum([
  'proposed',
  'denied',
  'awaiting-approval',
  'approved',
  'scheduled',
  'rejected',
  'cancelled',
  'running',
  'waiting',
  'verifying',
  'awaiting-confirmation',
  'applied',
  'partly-applied',
  'failed',
  'stuck', // neither forward nor back without a person
  'recovering',
  'rolled-back',
  'partly-rolled-back',
  'recovered-forward',
  'finished',
  'closed',
]);
export type Status = z.infer<typeof Status>;
