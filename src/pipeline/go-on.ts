/**
 * `run`, as a person asks for it: the change may not be ready, may wait, and may have to undo itself. Here it is driven
 * to its rest in this process, or left to a worker.
 */
import type { Fact } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId } from '../model/ids.ts';
import type { RunOptions } from '../model/recourse.ts';
import type { State } from '../model/state.ts';
import type { Deps } from './deps.ts';
import { openRecovery } from './recover.ts';
import { run, runnable } from './run.ts';
import { takeLeases } from './take-leases.ts';
import { type Standing, standing, write } from './write.ts';

/** Faults: `needs-a-person` (awaiting approval), `not-allowed` (denied), `out-of-order`, `in-use`, `interrupted`. */
export async function goOn(deps: Deps, by: Actor, id: ChangeId, { detach, signal }: RunOptions): Promise<Standing> {
  const chain = await standing(deps.store, id);
  const refusal = whyNotNow(chain);
  if (refusal && !(await openedByItself(deps, chain))) throw refusal;
  if (detach) return leaveToWorker(deps, by, chain);
  if ((await deps.store.running()).has(id))
    throw new Fault('in-use', `A worker is at change ${id} now.`, {
      at: id,
      advice: `It goes on there; watch it with \`recourse show ${id}\`.`,
    });
  return drive(deps, id, signal ?? new AbortController().signal);
}

async function leaveToWorker(deps: Deps, by: Actor, { id, state }: Standing): Promise<Standing> {
  const at = deps.ambient.now();
  if (state.status !== 'approved') {
    await deps.store.enqueue(id);
    return standing(deps.store, id);
  }
  await takeLeases(deps, await standing(deps.store, id)); // who asks is told at once that somebody else holds one
  return write(
    deps.store,
    id,
    by,
    ({ state: now }): readonly Fact[] => (now.status === 'approved' ? [{ v: 1, fact: 'scheduled', at }] : []),
    {
      enqueue: { change: id },
    },
  );
}

/** Runs to the end, sleeping through waits, and undoes what is to be undone by itself. */
async function drive(deps: Deps, id: ChangeId, signal: AbortSignal): Promise<Standing> {
  for (;;) {
    const { chain, askAgainAt } = await run(deps, id, signal);
    if (askAgainAt) {
      await sleepUntil(deps, askAgainAt, chain, signal);
      continue;
    }
    const undoing = await undoAutomatically(deps, chain);
    if (undoing) await drive(deps, undoing, signal);
    return standing(deps.store, id);
  }
}

/** What a worker does with one job: as much as can be done now. Work that is due later comes back as a job of its own. */
export async function workOn(deps: Deps, id: ChangeId, signal: AbortSignal): Promise<void> {
  const { state } = await standing(deps.store, id);
  // Approved, and nobody has asked for it: the job is of an earlier plan, which was revised.
  if (state.status === 'approved' && state.change.recovers === undefined) return;
  const { chain, askAgainAt } = await run(deps, id, signal);
  if (askAgainAt) await deps.store.enqueue(id, askAgainAt);
  const undoing = await undoAutomatically(deps, chain);
  if (undoing) await deps.store.enqueue(undoing);
}

/**
 * A failure that its author wanted undone opens a linked recovery, or goes on with it; where that cannot be, a person
 * decides.
 */
async function undoAutomatically(deps: Deps, chain: Standing): Promise<ChangeId | undefined> {
  const { id, state } = chain;
  if (!wantsUndo(state)) return openedByItself(deps, chain);
  const trigger = state.verification ? 'verification-failed' : 'step-failed';
  try {
    const opening = await openRecovery(deps, id, { by: 'recourse', trigger });
    return opening.did === 'nothing' ? undefined : opening.recovery;
  } catch (error) {
    // What was decided, and why it is not a rollback, is on the change's record.
    if (error instanceof Fault && error.code !== 'store-failed') return undefined;
    throw error;
  }
}

/** The recovery that a change began by itself, while it has steps to run: who goes on with the one goes on with the other. */
async function openedByItself({ store }: Deps, { state }: Standing): Promise<ChangeId | undefined> {
  const open = state.recoveries.find(({ outcome }) => outcome === undefined);
  if (!open) return undefined;
  const recovery = await standing(store, open.change);
  return recovery.state.proposedBy === 'recourse' && runnable.has(recovery.state.status) ? open.change : undefined;
}

function wantsUndo(state: State): boolean {
  if (!['failed', 'partly-applied'].includes(state.status) || state.cancelAsked) return false;
  if (state.recoveries.length > 0 || state.decisions.length > 0) return false; // it was tried, or a person is at it
  const asksForIt = state.steps.filter((step) => step.step.onFailure === 'undo');
  return state.verification
    ? asksForIt.length > 0 && state.status === 'failed'
    : asksForIt.some((step) => step.status === 'failed');
}

async function sleepUntil({ ambient }: Deps, at: string, { id }: Standing, signal: AbortSignal): Promise<void> {
  try {
    await ambient.sleep(Math.max(0, Date.parse(at) - Date.parse(ambient.now())), signal);
  } catch {
    throw new Fault('interrupted', `Change ${id} waits; it is asked again at ${at}.`, {
      at: id,
      advice: `A server or worker goes on by itself; without one, go on with \`recourse run ${id}\`.`,
    });
  }
}

function whyNotNow({ id, state }: Standing): Fault | undefined {
  const recovery = state.recoveries.find(({ outcome }) => outcome === undefined);
  if (state.status === 'proposed' || state.status === 'awaiting-approval')
    return new Fault('needs-a-person', `Change ${id} is awaiting approval.`, {
      at: id,
      advice: `Approve it with \`recourse approve ${id}\`.`,
    });
  if (state.status === 'denied')
    return new Fault('not-allowed', `Change ${id} was denied: ${state.refused?.reasons.join('; ') ?? ''}.`, {
      at: id,
      advice: `Correct it with \`recourse revise ${id} -f FILE\`.`,
    });
  if (state.status === 'recovering' && recovery)
    return new Fault('out-of-order', `Change ${id} is being recovered by ${recovery.change}.`, {
      at: id,
      advice: `Go on with \`recourse recover ${id}\`.`,
    });
  if (
    ['rejected', 'cancelled', 'rolled-back', 'partly-rolled-back', 'recovered-forward', 'finished', 'closed'].includes(
      state.status,
    )
  )
    return new Fault('out-of-order', `Change ${id} is ${state.status}; it does not run again.`, {
      at: id,
      advice: 'Propose a new change.',
    });
  return undefined;
}
