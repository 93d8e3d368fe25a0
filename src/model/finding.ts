/** A finding is what a rule, a check or a verification has to say; an empty list is the good news. */
import { z } from 'zod';

import { CheckId, RuleId } from './ids.ts';
import { Known, ReversibilityClass } from './reversibility.ts';

export const Finding = z
  .object({
    rule: z.union([RuleId, CheckId]),
    class: z.exactOptional(ReversibilityClass),
    classAfterWrites: z.exactOptional(ReversibilityClass),
    message: z.string(),
    instead: z.exactOptional(z.string()),
    at: z.exactOptional(z.object({ path: z.string(), line: z.number(), column: z.number() }).readonly()),
    known: Known,
    /** The exact call or statement that undoes it, where there is one. */
    inverse: z.exactOptional(z.string()),
    /** A query or a read that tells on which side of the door we are now. */
    probe: z.exactOptional(z.string()),
    /** The event that closes the door, in words. */
    closedBy: z.exactOptional(z.string()),
    /** It is allowed in the file itself until a day, with a reason: it decides nothing. */
    allowed: z.exactOptional(z.object({ until: z.string(), because: z.string() }).readonly()),
  })
  .readonly();
export type Finding = z.infer<typeof Finding>;
