import type { ResourceId } from '../model/ids.ts';
/**
 * The page of a change, made from its facts: what was proposed, where every step stands, whether there is a way back
 * and what it would do. Pure, so the terminal, the API and the screen cannot disagree.
 */
import type { OperationRegistry } from '../model/operation.ts';
import type { Proposal } from '../model/proposal.ts';
import type { Chain, State, StepState } from '../model/state.ts';
import type { Status } from '../model/status.ts';
import type { ChangeView, StepView } from '../model/view.ts';
import { proposalOf } from './forward.ts';
import { expectedInverse, inverseOf } from './undo.ts';
import { wayBackOf } from './way-back.ts';
import { changeWindow } from './windows.ts';

export interface Around {
  readonly operations: OperationRegistry;
  readonly isInterrupted: boolean;
  readonly leases: readonly ResourceId[];
  /** Where the recoveries stand, in their order. */
  readonly recoveryStatus: readonly Status[];
}

export function viewOf(chain: Chain & { readonly state: State }, around: Around): ChangeView {
  const { state } = chain;
  const { change } = state;
  const last = chain.evidence.at(-1);
  if (!last) throw new TypeError('a change has at least one fact');
  const steps = state.steps.map((step) => stepViewOf(step, around.operations));
  const wayBack = wayBackOf(state, around.operations);
  return {
    id: change.id,
    title: change.title,
    environment: change.environment,
    status: state.status,
    interrupted: around.isInterrupted,
    class: state.class ?? null,
    window: changeWindow(state),
    plan: state.plan ?? null,
    ...(change.declared && { declared: change.declared }),
    proposedBy: state.proposedBy,
    proposedAt: state.proposedAt,
    ...(change.recovers && { recovers: change.recovers }),
    ...(change.follows && { follows: change.follows }),
    findings: state.findings,
    approvals: state.approvals,
    ...(state.approvedWith && { approvedWith: state.approvedWith }),
    ...(state.refused && { refused: state.refused }),
    ...(state.cancelAsked && { cancelAsked: state.cancelAsked }),
    steps,
    ...(state.verification && { verification: state.verification }),
    wayBack,
    wayForward: wayForwardOf(state),
    recoveries: state.recoveries.map((recovery, i) => ({
      ...recovery,
      status: around.recoveryStatus[i] ?? 'proposed',
    })),
    decisions: state.decisions,
    ...(state.compared && { compared: state.compared }),
    notes: state.notes,
    owed: state.owed,
    leases: around.leases,
    head: { seq: last.seq, hash: last.hash },
    updatedAt: last.at,
  };
}

function stepViewOf(state: StepState, operations: OperationRegistry): StepView {
  const { step, plan } = state;
  const shared = {
    id: step.id,
    ...(step.undoes && { undoes: step.undoes }),
    onFailure: step.onFailure,
    status: state.status,
    attempt: state.attempt,
    ...(plan && { class: plan.class, because: plan.because, known: plan.known }),
    ...(plan?.resource && { resource: plan.resource }),
    ...(plan?.window && { window: plan.window }),
    ...(plan?.instead && { instead: plan.instead }),
    ...(state.before && { before: state.before }),
    ...(state.after && { after: state.after }),
    ...(state.result !== undefined && { result: state.result }),
    findings: state.findings ?? [],
    ...(state.failed && { failed: state.failed }),
    ...(state.waits && state.status === 'waiting' && { waits: state.waits }),
    ...(state.skipped && { skipped: state.skipped }),
    ...(state.resolved && { resolved: state.resolved }),
    ...(state.startedAt && { startedAt: state.startedAt }),
    ...(state.endedAt && { endedAt: state.endedAt }),
  };
  if ('waits' in step)
    return {
      ...shared,
      operation: 'wait',
      title: 'Wait',
      params: step.waits.until.subject,
      wait: step.waits,
      inverse: [],
    };
  const operation = operations[step.does.operation];
  const params = state.params ?? step.does.params;
  const inverse = !operation
    ? []
    : state.status === 'applied'
      ? inverseOf(state, operation)
      : expectedInverse(step, params, operation);
  return {
    ...shared,
    operation: step.does.operation,
    title: operation?.title ?? step.does.operation,
    params,
    ...(step.does.connection && { connection: step.does.connection }),
    inverse,
  };
}

/** Where no rollback can bring it back: a proposal that sets the state wanted, prefilled and linked. */
function wayForwardOf(state: State): Proposal | null {
  const standing = state.steps.filter((step) => step.status === 'applied' && 'does' in step.step);
  return standing.length === 0 ? null : proposalOf(state, standing);
}
