import { names } from '../plan/said.ts';
import type { StateFile, StateObject } from './state-file.ts';

export interface StateDifference {
  /** In the state before and not in the one after. */
  readonly gone: readonly StateObject[];
  /** In the state after and not in the one before. */
  readonly come: readonly StateObject[];
}

export const stateDifference = (before: StateFile, after: StateFile): StateDifference => ({
  gone: [...before.objects.values()].filter(({ address }) => !after.objects.has(address)),
  come: [...after.objects.values()].filter(({ address }) => !before.objects.has(address)),
});

/** What the next plan makes of a state that does not know today's world; nothing where it knows the same objects. */
export function nextPlan({ gone, come }: StateDifference): string {
  const parts = [
    gone.length > 0 && `makes a second one of ${listed(gone)}, which it no longer knows`,
    come.length > 0 && `changes or destroys ${listed(come)}, as far as they still exist`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `The next plan ${parts.join(', and ')}.` : '';
}

export const listed = (objects: readonly StateObject[]): string => names(objects.map(({ address }) => address));
