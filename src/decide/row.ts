/** What a list keeps of a change, so that no list ever folds. The store writes it in the transaction of the fact. */
import type { Instant, ResourceId } from '../model/ids.ts';
import type { State } from '../model/state.ts';
import type { ChangeRow } from '../model/view.ts';
import { changeWindow } from './windows.ts';

export type StoredRow = Omit<ChangeRow, 'interrupted' | 'recovery'>;

/** @param head the last fact */
export const rowOf = (state: State, head: { readonly seq: number; readonly at: Instant }): StoredRow => ({
  id: state.change.id,
  title: state.change.title,
  environment: state.change.environment,
  status: state.status,
  class: state.class ?? null,
  window: changeWindow(state),
  resources: [...new Set(state.steps.flatMap((step) => step.plan?.resource ?? []))],
  steps: state.steps.length,
  proposedBy: state.proposedBy,
  proposedAt: state.proposedAt,
  updatedAt: head.at,
  alone: state.approvals.some((approval) => approval.alone),
  recovers: state.change.recovers?.change ?? null,
  facts: head.seq,
});

/** The resources on which an effect of this change stands, and since when. A rollback leaves none: it takes away. */
export function touchedBy(state: State): readonly { readonly resource: ResourceId; readonly at: Instant }[] {
  if (state.status === 'rolled-back' || state.change.recovers?.by === 'rollback') return [];
  const latest = new Map<ResourceId, Instant>();
  for (const { status, plan, endedAt } of state.steps)
    if (status === 'applied' && plan?.resource && endedAt) latest.set(plan.resource, endedAt);
  return [...latest].map(([resource, at]) => ({ resource, at }));
}
