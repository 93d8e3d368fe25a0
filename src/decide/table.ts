/**
 * The decision table. Its order is the field's own: first learn the truth (is there anything to take back, is every
 * outcome known, is the thing still the same), then ask whether there is a way back at all (the class), then whether it
 * is safe to take today, and only then roll back. Every question is phrased so that *yes* reassures. What a row answers
 * for *no* and for *unknown* is the transition that comes next; the first row that does not say yes decides.
 */
import type { Transition } from '../model/change.ts';
import type { CheckId } from '../model/ids.ts';
import type { ReversibilityClass } from '../model/reversibility.ts';

type Next = Transition | 'nothing-to-do';
export interface Row {
  /** Its place in a path and in the documentation. */
  readonly row: string;
  readonly check: CheckId;
  readonly asks: string;
  readonly no: Next;
  readonly unknown: Next;
}

/** Asked only where nobody has already decided that the change must go: `decide` asks it, `recover` does not. */
export const asksWhetherInPlace = {
  row: 'in-place',
  check: 'change/in-place',
  asks: 'Is the change in place, verified and as it was left?',
} as const;

export const rows = [
  {
    row: 'something-applied',
    check: 'change/something-applied',
    asks: 'Has anything been applied that still stands?',
    no: 'nothing-to-do',
    unknown: 'repair',
  },
  {
    row: 'outcome-known',
    check: 'change/outcome-known',
    asks: 'Is the outcome of every step known?',
    no: 'repair',
    unknown: 'repair',
  },
  {
    row: 'reachable',
    check: 'change/reachable',
    asks: 'Can every resource be read now?',
    no: 'repair',
    unknown: 'repair',
  },
  {
    row: 'still-there',
    check: 'change/still-there',
    asks: 'Is every resource still there, or can the inverse make it again?',
    no: 'rollforward',
    unknown: 'repair',
  },
  {
    row: 'as-we-left-it',
    check: 'change/as-we-left-it',
    asks: 'Is every resource as the change left it, in every field that it set?',
    no: 'repair',
    unknown: 'repair',
  },
  {
    row: 'nothing-built-on-it',
    check: 'change/nothing-built-on-it',
    asks: 'Has no later change built on these resources?',
    no: 'repair',
    unknown: 'repair',
  },
] as const satisfies readonly Row[];

/** What a class allows, asked after the truth is known. */
export const byClass = {
  'fully-reversible': 'rollback',
  'reversible-with-compatibility-window': 'rollback',
  'reversible-with-manual-repair': 'rollback',
  'forward-only': 'rollforward',
  compensatable: 'compensate',
  'non-recoverable-without-restore': 'repair',
} as const satisfies Record<ReversibilityClass, Transition>;

/** Asked only when the class allows a rollback. */
export const safetyRows = [
  {
    row: 'window-open',
    check: 'change/window-open',
    asks: 'Is the rollback window still open?',
    no: 'rollforward',
    unknown: 'rollforward',
  },
  {
    row: 'inverse-complete',
    check: 'change/inverse-complete',
    asks: 'Does every applied step hand over its inverse?',
    no: 'rollforward',
    unknown: 'rollforward',
  },
] as const satisfies readonly Row[];
