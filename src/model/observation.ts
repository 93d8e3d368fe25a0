/**
 * One reading of a resource. `state` is exactly what must be restored, and is compared field by field. `identity` pins
 * the thing itself (an inode, a user id, a database system identifier): when it differs, another thing stands there
 * now and no inverse may touch it. `context` is only shown;
 * a `failing` in it says in words what is wrong already. Capture, verification, drift and the settling of a crash
 * are all made of this one reading.
 */
import { z } from 'zod';

import { Seconds } from './ids.ts';
import { Json } from './json.ts';

export interface Observation<State> {
  readonly state: State;
  readonly identity: Readonly<Record<string, string>>;
  readonly context?: Json;
}
export const Observation: z.ZodType<Observation<Json>> = z
  .object({ state: Json, identity: z.record(z.string(), z.string()).readonly(), context: z.exactOptional(Json) })
  .readonly();

/** A step that was applied: what it was asked, and what was read before and right after it. */
export interface Applied<Params, State, Result> {
  readonly params: Params;
  readonly before: Observation<State>;
  readonly after: Observation<State>;
  readonly result: Result;
}

/** What a reading says about a call whose outcome nobody recorded. */
export type Settlement<Result> =
  | { readonly as: 'applied'; readonly result: Result }
  | { readonly as: 'untouched' }
  | { readonly as: 'pending'; readonly askAgainIn: Seconds } // the system is still at it
  | { readonly as: 'partial' | 'foreign' | 'unknown'; readonly because: string };

/** How *now* compares with what the change left behind. */
export const Drift = z.enum(['clean', 'already-restored', 'compatible', 'conflicting', 'gone-re-creatable', 'gone']);
export type Drift = z.infer<typeof Drift>;
