/**
 * Analysis and gate, from declarations alone: every step's class and way back, the worst of them, the hash of the plan
 * that an approval binds, and the verdict. Both facts are written together with the proposal, so no change is ever seen
 * without its verdict.
 */
import { verdictOn } from '../decide/gate.ts';
import { plannedStep, plannedWait, worstClass } from '../decide/plan.ts';
import { planHash } from '../evidence/plan-hash.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Change } from '../model/change.ts';
import type { Fact, PlannedStep } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { OperationRegistry } from '../model/operation.ts';
import type { PolicySubject } from '../model/policy.ts';
import type { ReversibilityClass } from '../model/reversibility.ts';
import type { State } from '../model/state.ts';
import type { Step } from '../model/step.ts';
import type { Catalogue } from './deps.ts';

export const plannedSteps = (change: Change, operations: OperationRegistry): readonly PlannedStep[] =>
  change.steps.map((step) => {
    if ('waits' in step) return plannedWait(step);
    const { operation: name, params, connection } = step.does;
    const operation = operations[name];
    if (!operation) throw new Fault('not-found', `This Recourse has no operation ${name}.`, { at: name });
    return plannedStep(step, operation, params, connection ?? operation.system.name);
  });

type Judging = Pick<Catalogue, 'operations' | 'policies'>;
interface Known {
  readonly recovered?: { readonly state: State; readonly isAsLeft: boolean };
  /** What was found in the artifacts that the change carries. */
  readonly assessment?: Assessment;
}

/** In one fact; the worst of every artifact come first. */
const mostFindings = 500;

/** What a policy may ask about. */
export const policySubject = (
  change: Pick<Change, 'environment' | 'declared'> & { readonly steps: readonly Step[] },
  found: ReversibilityClass,
  assessment?: Assessment,
): PolicySubject => ({
  environment: change.environment,
  class: found,
  classAfterWrites: worstClass([found, ...(assessment ? [assessment.classAfterWrites] : [])]),
  surfaces: [...new Set((assessment?.artifacts ?? []).map((artifact) => artifact.surface))],
  rules: [
    ...new Set((assessment?.artifacts ?? []).flatMap(({ findings }) => findings.map(({ rule }) => rule as string))),
  ],
  artifacts: assessment?.artifacts.length ?? 0,
  operations: change.steps.flatMap((step) => ('does' in step ? [step.does.operation as string] : [])),
  declared: change.declared?.class ?? '',
});

/** `analysed`, and `admitted` or `denied`. */
export function judged(change: Change, { operations, policies }: Judging, known: Known = {}): readonly [Fact, Fact] {
  const { recovered, assessment } = known;
  const steps = plannedSteps(change, operations);
  const classes = [...steps.map((step) => step.class), ...(assessment ? [assessment.class] : [])];
  const found = worstClass(classes);
  const subject = policySubject(change, found, assessment);
  const { verdict, ...because } = verdictOn({
    change,
    class: found,
    ...(policies && !change.recovers && { policies: policies(subject) }),
    ...(recovered && { recovered }),
  });
  const findings = (assessment?.artifacts ?? []).flatMap((artifact) => artifact.findings).slice(0, mostFindings);
  return [
    { v: 1, fact: 'analysed', plan: planHash(change, steps), class: found, steps, findings },
    { v: 1, fact: verdict, ...because } as Fact,
  ];
}
