/**
 * The way forward: a proposal that a person gets prefilled where no rollback can run. It names the same operations on
 * the same resources, with the state that was there before where a param and a field of the state share their name.
 */
import type { ConnectionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Proposal, ProposedStep } from '../model/proposal.ts';
import { fieldsOf, isObject } from '../model/same.ts';
import type { State, StepState } from '../model/state.ts';
import { successions } from './successions.ts';

/** A rollforward of `state`, with one step for each of `steps`; where it can no longer be recovered, a change that follows. */
export const proposalOf = (state: State, steps: readonly StepState[]): Proposal => ({
  title: `Way forward after: ${state.change.title}`.slice(0, 200).toWellFormed(),
  environment: state.change.environment,
  ...(successions['recovery-opened'].when.some((status) => status === state.status)
    ? { recovers: { change: state.change.id, by: 'rollforward' as const } }
    : { follows: state.change.id }),
  steps: steps.map((step) => towards(step, step.before?.state)),
});

/** A change that bridges what is still different after `state`; linked, but no recovery of it. */
export const bridgeOf = (state: State, step: StepState): Proposal => ({
  title: `Bridge what is left after: ${state.change.title}`.slice(0, 200).toWellFormed(),
  environment: state.change.environment,
  follows: state.change.id,
  steps: [towards(step, step.before?.state)],
});

function towards({ step, params }: StepState, wanted: Json | undefined): ProposedStep {
  if (!('does' in step)) throw new TypeError('a wait has no way forward');
  const asked = params ?? step.does.params;
  const wantedFields = fieldsOf(wanted);
  const filled = isObject(asked)
    ? Object.fromEntries(
        Object.entries(asked).map(([name, value]) => [
          name,
          name in wantedFields ? (wantedFields[name] ?? null) : value,
        ]),
      )
    : asked;
  return { ...connectionOf(step.does.connection), [step.does.operation]: filled };
}

const connectionOf = (connection: ConnectionId | undefined): { on?: ConnectionId } =>
  connection ? { on: connection } : {};
