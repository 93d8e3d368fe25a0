/** A token lets a program use the API, as far as its scopes go. The token itself is shown once and kept nowhere. */
import { z } from 'zod';

import { Actor, Instant } from './ids.ts';

export const TokenScope = z.enum(['read', 'propose', 'approve', 'run', 'admin']);
export type TokenScope = z.infer<typeof TokenScope>;

export const TokenView = z
  .object({
    name: z.string(),
    scopes: z.array(TokenScope).readonly(),
    createdAt: Instant,
    createdBy: Actor,
    lastUsedAt: Instant.nullable(),
  })
  .readonly();
export type TokenView = z.infer<typeof TokenView>;
