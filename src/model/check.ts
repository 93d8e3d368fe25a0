/**
 * A check asks one question to today's world, phrased so that *yes* reassures. It says what it saw and for how many
 * seconds that is good; when it cannot know, it answers *unknown*. A wait step asks a check again until it says yes.
 */
import type { ZodType } from 'zod';

import type { Answer, CheckId, Seconds } from './ids.ts';
import type { Json } from './json.ts';
import type { Reach, System } from './system.ts';

export interface Check<Subject, Client> {
  readonly id: CheckId;
  readonly system: System<Client>;
  readonly asks: string;
  readonly because: string;
  readonly subject: ZodType<Subject>;
  readonly examples: readonly [Subject, ...Subject[]];
  answer(
    subject: Subject,
    reach: Pick<Reach<Client>, 'client' | 'signal'>,
  ): Promise<{ readonly answer: Answer; readonly seen: string; readonly goodFor: Seconds }>;
}
export type AnyCheck = Check<Json, unknown>;
export type CheckRegistry = Readonly<Record<CheckId, AnyCheck>>;

export const check = <Subject, Client>(declared: Check<Subject, Client>): Check<Subject, Client> => declared;
