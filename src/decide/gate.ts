import type { Change } from '../model/change.ts';
/**
 * The gate: may this change proceed? It holds what was found against what its author declared; a promise that is
 * better than the truth is refused with its reason. A recovery whose way back was approved with the change it recovers
 * needs no second approval.
 */
import type { PlannedStep } from '../model/fact.ts';
import type { ChangeId } from '../model/ids.ts';
import type { ReversibilityClass } from '../model/reversibility.ts';
import type { State } from '../model/state.ts';
import { rankOf } from './plan.ts';

export type Verdict =
  | { readonly verdict: 'admitted'; readonly approvedWith?: ChangeId }
  | { readonly verdict: 'denied'; readonly reasons: readonly [string, ...string[]] };

export interface Judged {
  readonly change: Change;
  readonly class: ReversibilityClass;
  /** For a recovery: the change it recovers, and whether nothing has moved since and its window is open. */
  readonly recovered?: { readonly state: State; readonly isAsLeft: boolean };
}

export function verdictOn({ change, class: found, recovered }: Judged): Verdict {
  const { declared } = change;
  if (declared && rankOf(found) > rankOf(declared.class))
    return {
      verdict: 'denied',
      reasons: [
        `it is declared ${declared.class}, and was found to be ${found}; declare what is true, or change it until it is`,
      ],
    };
  return recovered && isApprovedWith(change, recovered)
    ? { verdict: 'admitted', approvedWith: recovered.state.change.id }
    : { verdict: 'admitted' };
}

/** The plan of the recovered change named these operations as its way back, and a person approved that plan. */
function isApprovedWith(change: Change, { state, isAsLeft }: NonNullable<Judged['recovered']>): boolean {
  const wasApproved = state.approvedWith !== undefined || state.approvals.some(({ plan }) => plan === state.plan);
  const named = new Set(state.steps.flatMap(({ plan }: { plan?: PlannedStep }) => plan?.undoneBy ?? []));
  return (
    change.recovers?.by === 'rollback' &&
    isAsLeft &&
    wasApproved &&
    change.steps.every((step) => 'does' in step && named.has(step.does.operation))
  );
}
