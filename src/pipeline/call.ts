/** A step with everything that is needed to act on it, and the reading that everything is made of. */
import { Fault } from '../model/fault.ts';
import type { ConnectionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Observation } from '../model/observation.ts';
import type { AnyOperation } from '../model/operation.ts';
import type { StepState } from '../model/state.ts';
import type { Reach } from '../model/system.ts';
import { withinDeadline } from './deadline.ts';
import { resolvedParams } from './params.ts';
import { reachOf } from './reach.ts';
import type { Run } from './under-way.ts';

/** A step with everything that is needed to act on it. */
export interface Call {
  readonly step: StepState;
  readonly operation: AnyOperation;
  readonly connection: ConnectionId;
  readonly params: Json;
  readonly reach: (signal: AbortSignal) => Reach<unknown>;
}

/** What a step calls, with every value in its place. Faults: `not-found`, `invalid-input`, those of the connection. */
export async function callOf(run: Run, step: StepState): Promise<Call> {
  if (!('does' in step.step)) throw new Fault('bug', `Step ${step.step.id} is a wait.`);
  const { operation: name, params: asked, connection: named } = step.step.does;
  const operation = run.deps.operations[name];
  if (!operation) throw new Fault('not-found', `This Recourse has no operation ${name}.`, { at: name });
  const connection = named ?? (operation.system.name as ConnectionId);
  const client = await run.clients.client(connection, operation.system);
  const known = run.held.flatMap((fact) => (fact.fact === 'applied' ? fact : []));
  const steps = run.chain.state.steps.map((one) => {
    const outcome = known.find((fact) => fact.step === one.step.id);
    return outcome ? { ...one, result: outcome.result, after: outcome.after } : one;
  });
  return {
    step,
    operation,
    connection,
    params: step.params ?? resolvedParams(operation, asked, steps),
    reach: (signal) => reachOf(run.deps, { change: run.chain.id, step: step.step.id }, client, signal),
  };
}

export const observe = ({ operation, params, reach, step }: Call, signal: AbortSignal): Promise<Observation<Json>> =>
  withinDeadline(step.step.deadline, signal, (inTime) => operation.observe(params, reach(inTime)));
