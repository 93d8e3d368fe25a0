/**
 * How a change can be undone. There are six classes, best first, and each is a promise that carries what it promises:
 * a reversible class carries its inverse, a window carries what closes it, a forward-only class carries what to do
 * instead. A declaration that lies (reversible without an inverse, forward-only with one) does not compile.
 */
import { z } from 'zod';

import { CheckId, Instant, OperationName, Seconds } from './ids.ts';
import type { Invocation } from './invocation.ts';

/** Best first: a change is as reversible as the worst of its steps. */
export const reversibilityClasses = [
  'fully-reversible',
  'reversible-with-compatibility-window',
  'reversible-with-manual-repair',
  'forward-only',
  'compensatable',
  'non-recoverable-without-restore',
] as const;
export const ReversibilityClass = z.enum(reversibilityClasses);
export type ReversibilityClass = z.infer<typeof ReversibilityClass>;

/** How a claim of reversibility is known, weakest first. */
export const Known = z.enum(['declared', 'rule', 'plan', 'dry-run', 'rehearsal', 'observed']);
export type Known = z.infer<typeof Known>;

/** Until when the way back is safe: by the clock, by an event, by a condition; the earliest closes it. */
export const RollbackWindow = z
  .object({
    until: z.exactOptional(Instant),
    /** From the moment the change was applied and verified. */
    lasts: z.exactOptional(Seconds),
    /** An event in words; where it can be watched, a check in `watch` that turns *no*. */
    before: z.exactOptional(z.string()),
    unless: z.exactOptional(z.string()),
    /** What has to be done beside it: a regression test. */
    given: z.exactOptional(z.string()),
    watch: z.exactOptional(z.array(CheckId).readonly()),
  })
  .readonly();
export type RollbackWindow = z.infer<typeof RollbackWindow>;

/** One call, or several in order, made from what was recorded when the step was applied. */
export type Inverse<Applied> = (applied: Applied) => readonly [Invocation, ...Invocation[]];
/** The operations of an inverse, named before its values are known: it is what an approval binds. */
export type Operations = readonly [OperationName, ...OperationName[]];

interface Promised {
  readonly because: string;
  readonly known: Known;
}
export type Reversibility<Applied> = Promised &
  (
    | { readonly class: 'fully-reversible'; readonly undoneBy: Operations; readonly inverse: Inverse<Applied> }
    | {
        readonly class: 'reversible-with-compatibility-window';
        readonly undoneBy: Operations;
        readonly inverse: Inverse<Applied>;
        readonly window: RollbackWindow;
        readonly finish?: Inverse<Applied>;
      }
    | {
        readonly class: 'reversible-with-manual-repair';
        readonly undoneBy: Operations;
        readonly inverse: Inverse<Applied>;
        readonly repair: string;
      }
    | {
        readonly class: 'forward-only';
        readonly instead: string;
        readonly forward?: readonly Invocation[];
        readonly inverse?: never;
      }
    | {
        readonly class: 'compensatable';
        readonly undoneBy: Operations;
        readonly compensation: Inverse<Applied>;
        readonly inverse?: never;
      }
    | { readonly class: 'non-recoverable-without-restore'; readonly restoreFrom: string; readonly inverse?: never }
  );
