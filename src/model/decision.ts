/**
 * When a change goes wrong, a trigger opens a situation: what class the change has, and how today's world answers the
 * questions that a way back depends on. The decision names the transition that comes next and keeps the rows that were
 * read to get there. It is asked again after every transition: a pause is followed by another decision.
 */
import { z } from 'zod';

import { Transition } from './change.ts';
import { Answer, CheckId } from './ids.ts';
import { ReversibilityClass } from './reversibility.ts';

export const Trigger = z.enum(['asked', 'step-failed', 'verification-failed', 'unconfirmed', 'alert']);
export type Trigger = z.infer<typeof Trigger>;

/** What was seen in answer to a question, in words for a person. */
export const Asked = z.object({ answer: Answer, seen: z.string() }).readonly();
export type Asked = z.infer<typeof Asked>;

export interface Situation {
  readonly trigger: Trigger;
  readonly class: ReversibilityClass;
  /** A question nobody answered is *unknown*. */
  readonly answers: Readonly<Partial<Record<CheckId, Asked>>>;
  readonly done: readonly Transition[];
}

export const PathRow = z.object({ row: z.string(), asks: z.string(), answer: Answer, because: z.string() }).readonly();
export type PathRow = z.infer<typeof PathRow>;

export const Decision = z
  .object({ transition: z.union([Transition, z.literal('nothing-to-do')]), path: z.array(PathRow).readonly() })
  .readonly();
export type Decision = z.infer<typeof Decision>;
