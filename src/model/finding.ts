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
    inverse: z.exactOptional(z.string()),
    probe: z.exactOptional(z.string()),
  })
  .readonly();
export type Finding = z.infer<typeof Finding>;
