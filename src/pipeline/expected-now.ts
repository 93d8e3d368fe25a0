/**
 * In a recovery, what must be there before an inverse runs: the last thing that the change left on the resource, or
 * that an earlier step of this recovery did. A compatible edit by somebody else was shown and decided on when the
 * recovery was opened; then what was seen at that time is expected, and nothing newer.
 */
import type { Json } from '../model/json.ts';
import type { Observation } from '../model/observation.ts';
import type { StepState } from '../model/state.ts';
import type { Run } from './under-way.ts';

type Reading = Observation<Json>;

/** @returns nothing for a step that undoes none */
export function expectedNow(
  run: Run,
  step: StepState,
): { readonly before: Reading; readonly left: Reading } | undefined {
  const undone = run.original?.state.steps.find((one) => one.step.id === step.step.undoes);
  if (!undone?.before || !undone.after) return undefined;
  const ours = leftByUs(run, step);
  if (ours) return { before: undone.before, left: ours };
  const compared = run.original?.state.compared?.steps.find((one) => one.step === undone.step.id);
  const left = compared?.drift === 'compatible' && compared.now ? compared.now : undone.after;
  return { before: undone.before, left };
}

/** What an earlier step of this run left on the same resource; the newest counts. */
function leftByUs({ chain, held }: Run, step: StepState): Reading | undefined {
  const outcomes = new Map(held.flatMap((fact) => (fact.fact === 'applied' ? [[fact.step, fact.after] as const] : [])));
  return chain.state.steps
    .filter((one) => one.step.id !== step.step.id && one.plan?.resource === step.plan?.resource)
    .map((one) => outcomes.get(one.step.id) ?? (one.status === 'applied' ? one.after : undefined))
    .findLast((after) => after !== undefined);
}
