/** What a fault looks like on standard output, in an API answer and in a fact. */
import { z } from 'zod';

import { type FaultCode as Code, faults } from './fault.ts';
import { Json } from './json.ts';

const FaultCode = z.enum(Object.keys(faults) as [Code, ...Code[]]);

export const FaultReport = z
  .object({
    code: FaultCode,
    message: z.string(),
    advice: z.string(),
    retry: z.enum(['never', 'later', 'observe']),
    /** The resource, file or field that the fault is about. */
    at: z.exactOptional(z.string()),
    details: z.exactOptional(Json),
  })
  .readonly();
export type FaultReport = z.infer<typeof FaultReport>;
