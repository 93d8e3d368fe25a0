import type { Fact } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId, StepId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Observation } from '../model/observation.ts';
/**
 * What a person does about a failed step: retry it, leave it out with a reason, or repair the resource by hand and say
 * so. On a change whose recovery is open they mean the recovery's steps. Saying it is not enough: the resource is read
 * again, and when it is not what it was before, a second person has to agree.
 */
import { isSame } from '../model/same.ts';
import type { StepState } from '../model/state.ts';
import { withinDeadline } from './deadline.ts';
import type { Deps } from './deps.ts';
import { resolvedParams } from './params.ts';
import { openClients, reachOf } from './reach.ts';
import { type Standing, standing, write } from './write.ts';

/** The change whose steps are meant: its open recovery, else itself. */
async function meant({ store }: Deps, id: ChangeId): Promise<Standing> {
  const chain = await standing(store, id);
  const open = chain.state.recoveries.find((recovery) => recovery.outcome === undefined);
  return open ? standing(store, open.change) : chain;
}

/** Faults: `not-found`, naming the steps there are. */
function stepOf({ id, state }: Standing, step: StepId): StepState {
  const found = state.steps.find((one) => one.step.id === step);
  if (found) return found;
  const there = state.steps.map((one) => one.step.id).join(', ');
  throw new Fault('not-found', `Change ${id} has no step ${step}; it has ${there}.`, { at: step });
}

/** Faults: `not-found`, `out-of-order` when the step has not failed. */
export async function retry(deps: Deps, by: Actor, id: ChangeId, step: StepId): Promise<Standing> {
  const target = await meant(deps, id);
  stepOf(target, step);
  return write(deps.store, target.id, by, () => [{ v: 1, fact: 'retried', step }]);
}

/** Faults: `invalid-input` without a reason, `not-found`, `out-of-order`. */
export async function skip(deps: Deps, by: Actor, id: ChangeId, step: StepId, because: string): Promise<Standing> {
  if (!because.trim())
    throw new Fault('invalid-input', 'A step is left out only with a reason.', {
      at: 'because',
      advice: 'Say why with --because.',
    });
  const target = await meant(deps, id);
  stepOf(target, step);
  return write(deps.store, target.id, by, ({ state }) => {
    const { status } = stepOf({ ...target, state }, step);
    if (status === 'pending')
      throw new Fault('out-of-order', `Step ${step} of ${target.id} has not failed; only a failed step is left out.`, {
        at: step,
        advice: `Revise the change to leave it out before it runs.`,
      });
    return [{ v: 1, fact: 'skipped', step, because }];
  });
}

export interface Resolution {
  readonly note: string;
  /** Why one person is enough, where what is there differs from what was there before. */
  readonly alone?: string;
}

/**
 * Faults: `invalid-input` without a note, `not-found`, `out-of-order`; `needs-a-person` after it is written down, when
 * a second person must confirm.
 */
export async function resolve(
  deps: Deps,
  by: Actor,
  id: ChangeId,
  step: StepId,
  { note, alone }: Resolution,
): Promise<Standing> {
  if (!note.trim())
    throw new Fault('invalid-input', 'A note is required: what was done by hand, and how it was checked.', {
      at: 'note',
      advice: 'Say it with --note.',
    });
  const target = await meant(deps, id);
  const found = stepOf(target, step);
  const wanted = await wantedState(deps, target, found);
  const seen = await look(deps, target, found);
  const differs = wanted === undefined || seen === null || !isSame(seen.state, wanted);
  const isAlone = alone !== undefined && alone.trim() !== '';
  const resolved: Fact = {
    v: 1,
    fact: 'resolved',
    step,
    note: isAlone ? `${note} (alone: ${alone})` : note,
    seen,
    ...(differs && { differs: true as const }),
    ...(differs && isAlone && { alone: true as const }),
  };
  const after = await write(deps.store, target.id, by, () => [resolved]);
  if (stepOf(after, step).status === 'half-resolved')
    throw new Fault(
      'needs-a-person',
      `${found.plan?.resource ?? step} is not what it was before the change; a second person must confirm that it is right so.`,
      {
        at: found.plan?.resource ?? step,
        advice: `Another person runs \`recourse resolve ${id} --step ${step} --note …\`; one person alone needs \`--alone\` with a reason.`,
        details: { wanted: wanted ?? null, seen: seen?.state ?? null },
      },
    );
  return after;
}

/** What the resource should be once it is repaired: in a recovery, what it was before the recovered change. */
async function wantedState(
  { store }: Deps,
  { state }: Standing,
  { step, before }: StepState,
): Promise<Json | undefined> {
  const recovered = state.change.recovers;
  if (!recovered || !step.undoes) return before?.state;
  const original = await standing(store, recovered.change);
  return original.state.steps.find((one) => one.step.id === step.undoes)?.before?.state;
}

/** What is there now; `null` when it cannot be read. */
async function look(deps: Deps, { id, state }: Standing, found: StepState): Promise<Observation<Json> | null> {
  const { step } = found;
  if (!('does' in step)) return null;
  const operation = deps.operations[step.does.operation];
  if (!operation || !step.does.connection) return null;
  const clients = openClients(deps);
  try {
    const params = found.params ?? resolvedParams(operation, step.does.params, state.steps);
    const client = await clients.client(step.does.connection, operation.system);
    return await withinDeadline(step.deadline, undefined, (signal) =>
      operation.observe(params, reachOf(deps, { change: id, step: step.id }, client, signal)),
    );
  } catch {
    return null; // recorded as not seen, which always needs a second person
  } finally {
    await clients.close();
  }
}
