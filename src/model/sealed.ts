/**
 * A secret as state, evidence and screens see it: an envelope that only the key can open, and a fingerprint. Two
 * sealed values are the same secret when their fingerprints are equal (an HMAC under one key of the whole store);
 * the envelopes differ at every sealing, and each names the change, step and field that it was made for.
 */
import { z } from 'zod';

export const Sealed = z.object({ sealed: z.string(), fingerprint: z.string() }).readonly();
export type Sealed = z.infer<typeof Sealed>;
