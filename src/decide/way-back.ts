/**
 * Is there a way back, and what would it run? Answered from the facts alone; whether today's world still allows it is
 * asked when somebody takes it.
 */
import type { OperationRegistry } from '../model/operation.ts';
import type { State } from '../model/state.ts';
import type { Status } from '../model/status.ts';
import type { WayBack } from '../model/view.ts';
import { byClass } from './table.ts';
import { inverseOf, undoable } from './undo.ts';

export function wayBackOf(state: State, operations: OperationRegistry): WayBack {
  const steps = undoable(state).map((step) => {
    const operation = 'does' in step.step ? operations[step.step.does.operation] : undefined;
    return { step, inverse: operation ? inverseOf(step, operation) : [] };
  });
  const runs = steps.flatMap(({ step, inverse }) =>
    inverse.map((does) => ({
      undoes: step.step.id,
      does,
      ...(step.plan?.resource && { resource: step.plan.resource }),
    })),
  );
  const closed = whyClosed(state) ?? (steps.length === 0 ? nothingApplied : whyMissing(steps));
  return {
    open: closed === undefined,
    because: closed ?? 'every applied step has its inverse, made from what was recorded',
    steps: runs,
    approvedWithChange: state.approvedWith !== undefined || state.approvals.some(({ plan }) => plan === state.plan),
  };
}

const nothingApplied = 'Nothing has been applied, so there is nothing to take back.';

const statusWords: Partial<Record<Status, string>> = {
  recovering: 'A recovery of it is under way.',
  'rolled-back': 'It has been rolled back already.',
  'partly-rolled-back': 'It has been rolled back; what could not be was put right by hand or left out.',
  'recovered-forward': 'It was recovered forward; what it had changed was replaced.',
  finished: 'It was finished: what the way back needed was given up for good.',
  closed: 'It is closed.',
  running: 'It is still running; cancel it first.',
  verifying: 'It is still being verified.',
  waiting: 'It is waiting; cancel it first.',
};

/** Why nothing of a change can be taken back as it stands, whatever its steps are; `undefined` when it may. */
export const whyClosed = ({ status, change }: State): string | undefined =>
  change.recovers?.by === 'rollback'
    ? `It is itself the rollback of ${change.recovers.change}; what that one did is proposed again, not rolled back to.`
    : statusWords[status];

function whyMissing(
  steps: readonly { step: State['steps'][number]; inverse: readonly unknown[] }[],
): string | undefined {
  const without = steps.find(({ inverse }) => inverse.length === 0);
  if (!without) return undefined;
  const { step, plan } = without.step;
  const what = plan?.resource ?? `step ${step.id}`;
  const instead = plan?.instead ? ` Instead: ${plan.instead}.` : '';
  const transition = plan ? byClass[plan.class] : 'rollforward';
  return `Not possible: step ${step.id} on ${what} is ${plan?.class ?? 'unknown'}, because ${plan?.because ?? 'nothing is known of it'}.${instead} The way out is to ${transition}.`;
}
