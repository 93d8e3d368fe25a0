/**
 * Analysis and gate, from declarations alone: every step's class and way back, the worst of them, the hash of the plan
 * that an approval binds, and the verdict. Both facts are written together with the proposal, so no change is ever seen
 * without its verdict.
 */
import { verdictOn } from '../decide/gate.ts';
import { plannedStep, plannedWait, worstClass } from '../decide/plan.ts';
import { planHash } from '../evidence/plan-hash.ts';
import type { Change } from '../model/change.ts';
import type { Fact, PlannedStep } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { OperationRegistry } from '../model/operation.ts';
import type { State } from '../model/state.ts';

export const plannedSteps = (change: Change, operations: OperationRegistry): readonly PlannedStep[] =>
  change.steps.map((step) => {
    if ('waits' in step) return plannedWait(step);
    const { operation: name, params, connection } = step.does;
    const operation = operations[name];
    if (!operation) throw new Fault('not-found', `This Recourse has no operation ${name}.`, { at: name });
    return plannedStep(step, operation, params, connection ?? operation.system.name);
  });

/** `analysed`, and `admitted` or `denied`. */
export function judged(
  change: Change,
  operations: OperationRegistry,
  recovered?: { readonly state: State; readonly isAsLeft: boolean },
): readonly [Fact, Fact] {
  const steps = plannedSteps(change, operations);
  const found = worstClass(steps.map((step) => step.class));
  const { verdict, ...because } = verdictOn({ change, class: found, ...(recovered && { recovered }) });
  return [
    { v: 1, fact: 'analysed', plan: planHash(change, steps), class: found, steps, findings: [] },
    { v: 1, fact: verdict, ...because } as Fact,
  ];
}
