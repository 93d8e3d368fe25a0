/**
 * A run takes a change from where its facts say it stands to where it rests. It can be killed at any moment and begun
 * again: everything it needs to know is in the facts, and every write proves that this run still owns the change.
 */
import { Fault } from '../model/fault.ts';
import type { ChangeId, Instant, StepId } from '../model/ids.ts';
import type { State, StepState } from '../model/state.ts';
import type { Deps } from './deps.ts';
import { endRecovery } from './end-recovery.ts';
import { openClients } from './reach.ts';
import { runStep } from './run-step.ts';
import { runWait } from './run-wait.ts';
import { takeLeases } from './take-leases.ts';
import { flush, type Run, runner, stateOf } from './under-way.ts';
import { verify } from './verify.ts';
import { type Standing, standing } from './write.ts';

/** Where a run has something to do. */
export const runnable: ReadonlySet<string> = new Set(['approved', 'scheduled', 'running', 'waiting', 'verifying']);

/**
 * Runs a change until it rests, waits, or is stopped by the signal.
 * Faults: `in-use` (a lease is held, or another worker took over), `interrupted`.
 * @returns where it stands, and when to come back when it waits
 */
export async function run(
  deps: Deps,
  id: ChangeId,
  signal: AbortSignal,
): Promise<{ readonly chain: Standing; readonly askAgainAt?: Instant }> {
  const before = await standing(deps.store, id);
  if (!runnable.has(before.state.status) && !isToVerify(before.state)) return { chain: before };
  const predecessorMayLive = deps.store.kind === 'postgres' || (await deps.store.running()).has(id);
  const owner = await deps.store.claim(id);
  deps.stopAfter('claim');
  const clients = openClients(deps);
  try {
    const chain = await standing(deps.store, id);
    const recovers = chain.state.change.recovers?.change;
    const original = recovers && (await standing(deps.store, recovers));
    await takeLeases(deps, chain);
    deps.stopAfter('lease');
    return await work({
      deps,
      owner,
      predecessorMayLive,
      clients,
      signal,
      original,
      chain,
      plan: chain.state.plan,
      held: [],
    });
  } finally {
    await Promise.all([clients.close(), deps.store.release(owner)]);
  }
}

async function work(current: Run): Promise<{ readonly chain: Standing; readonly askAgainAt?: Instant }> {
  try {
    const askAgainAt = await runSteps(current);
    if (isToVerify(current.chain.state)) await verify(current);
    return { chain: current.chain, ...(askAgainAt && { askAgainAt }) };
  } catch (error) {
    const fault = await afterFault(current, error);
    throw fault instanceof Fault && fault.code === 'interrupted' ? interrupted(current) : fault;
  }
}

/** All steps have ended well; or they had, and what was read back then was not as it should be: look again. */
const isToVerify = ({ status, verification }: State): boolean =>
  status === 'verifying' || (status === 'failed' && verification !== undefined);

async function runSteps(current: Run): Promise<Instant | undefined> {
  for (const { step } of current.chain.state.steps) {
    for (let goesOn = true; goesOn;) {
      goesOn = false;
      const state = stateOf(current, step.id);
      if (!isToDo(state, current)) continue;
      if (await isStopped(current)) return undefined;
      if ('waits' in step || state.status === 'waiting') {
        await flush(current);
        const askAgainAt = await runWait(current, stateOf(current, step.id));
        if (askAgainAt) return askAgainAt;
        // A system that was still at it has been asked again, and may have said that nothing was touched.
        goesOn = 'does' in step && stateOf(current, step.id).status === 'pending';
      } else {
        goesOn = await runStep(current, state);
      }
    }
    if (isHalted(current)) break;
  }
  await flush(current);
  return undefined;
}

const isHeld = (current: Run, id: StepId): boolean => current.held.some((fact) => 'step' in fact && fact.step === id);

const isToDo = (state: StepState, current: Run): boolean =>
  ['pending', 'started', 'waiting'].includes(state.status) && !isHeld(current, state.step.id);

const isHalted = (current: Run): boolean =>
  current.held.length === 0 && !['approved', 'scheduled', 'running', 'waiting'].includes(current.chain.state.status);

/** Between two steps: has somebody asked to stop? */
async function isStopped(current: Run): Promise<boolean> {
  const { state } = current.chain;
  // It was cancelled, rejected or revised while we looked: nothing of this plan is to be done any more.
  if (current.held.length === 0 && (!runnable.has(state.status) || state.plan !== current.plan)) return true;
  if (current.chain.state.cancelAsked) {
    await flush(current);
    const isUnderWay = current.chain.state.steps.some(
      ({ status, step }) => status === 'started' || (status === 'waiting' && 'does' in step),
    );
    if (isUnderWay) return false; // what is in doubt is settled first
    current.chain = await endRecovery(current.deps, runner, current.chain.id, () => [{ v: 1, fact: 'cancelled' }], {
      owner: current.owner,
    });
    return true;
  }
  if (!current.signal.aborted) return false;
  await flush(current);
  throw interrupted(current);
}

function interrupted({ chain }: Run): Fault {
  const done = chain.state.steps.filter((step) => step.status === 'applied').length;
  return new Fault(
    'interrupted',
    `Stopped between two steps of ${chain.id}: ${done} of ${chain.state.steps.length} are applied.`,
    {
      at: chain.id,
      advice: `Go on with \`recourse run ${chain.id}\`, or take it back with \`recourse recover ${chain.id}\` after \`recourse cancel ${chain.id}\`.`,
    },
  );
}

/** Nothing that is known may be lost because something else failed. */
async function afterFault(current: Run, error: unknown): Promise<unknown> {
  if (current.held.length === 0 || (error instanceof Fault && error.code === 'in-use')) return error;
  try {
    await flush(current);
  } catch {
    return error; // the step stays in doubt, and the next run looks before it acts
  }
  return error;
}
