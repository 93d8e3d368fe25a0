/**
 * The gate: may this change proceed? It holds what was found against what its author declared; a promise that is
 * better than the truth is refused with its reason. A recovery whose way back was approved with the change it recovers
 * needs no second approval.
 */
import type { Change, Declared } from '../model/change.ts';
import type { PlannedStep } from '../model/fact.ts';
import type { ChangeId } from '../model/ids.ts';
import type { PolicyVerdict } from '../model/policy.ts';
import type { ReversibilityClass } from '../model/reversibility.ts';
import type { State } from '../model/state.ts';
import { rankOf } from './plan.ts';
import { openQuestions } from './seven-questions.ts';

export type Verdict =
  | { readonly verdict: 'admitted'; readonly approvedWith?: ChangeId }
  | { readonly verdict: 'denied'; readonly reasons: readonly [string, ...string[]] };

export interface Judged {
  readonly change: Change;
  readonly class: ReversibilityClass;
  /** What the organisation's policies make of it. */
  readonly policies?: PolicyVerdict;
  /** For a recovery: the change it recovers, and whether nothing has moved since and its window is open. */
  readonly recovered?: { readonly state: State; readonly isAsLeft: boolean };
}

export function verdictOn({ change, class: found, recovered, policies }: Judged): Verdict {
  const { declared } = change;
  const lie =
    declared && rankOf(found) > rankOf(declared.class)
      ? [
          `it is declared ${declared.class}, and was found to be ${found}; declare what is true, or change it until it is`,
        ]
      : [];
  const [first, ...more] = [...lie, ...(policies ? deniedBy(policies, declared) : [])];
  if (first !== undefined) return { verdict: 'denied', reasons: [first, ...more] };
  return recovered && isApprovedWith(change, recovered)
    ? { verdict: 'admitted', approvedWith: recovered.state.change.id }
    : { verdict: 'admitted' };
}

/** What policies refuse, and what they want to be answered first. */
export function deniedBy({ denied, highRisk }: PolicyVerdict, declared: Declared | undefined): readonly string[] {
  const open = highRisk.length > 0 ? openQuestions(declared) : [];
  return [
    ...denied,
    ...(open.length > 0
      ? [`it is of high risk, because ${highRisk.join('; ')}; \`declared\` does not say ${open.join(', ')}`]
      : []),
  ];
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
