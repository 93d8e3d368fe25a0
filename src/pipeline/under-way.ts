import type { Fact } from '../model/fact.ts';
/**
 * One run under way: what it stands on, and how its facts are written. The outcome of one step and the intent of the
 * next go in one write; `held` is the outcome that waits for it. Every write proves that this run still owns the change.
 */
import { Fault } from '../model/fault.ts';
import type { Actor, Hash, StepId } from '../model/ids.ts';
import type { StepState } from '../model/state.ts';
import type { Ownership } from '../model/store.ts';
import type { Deps } from './deps.ts';
import type { Clients } from './reach.ts';
import { append, type Standing, standing } from './write.ts';

/** One run under way. */
export interface Run {
  readonly deps: Deps;
  readonly owner: Ownership;
  /** On a shared store whoever had it before may not be dead; alone with a store, we know who is at it. */
  readonly predecessorMayLive: boolean;
  readonly clients: Clients;
  /** Aborted by Ctrl-C, by a worker's shutdown, or when ownership is lost: stops between two steps. */
  readonly signal: AbortSignal;
  /** The change that this one recovers. */
  readonly original: Standing | undefined;
  /** What was approved when the run began. */
  readonly plan: Hash | undefined;
  chain: Standing;
  held: Fact[];
}

export const runner: Actor = 'recourse';

/** A step as it stands, or as it will when what is held is written. */
export function stateOf(run: Run, id: StepId): StepState {
  const state = run.chain.state.steps.find((one) => one.step.id === id);
  if (!state) throw new Fault('bug', `Change ${run.chain.id} has lost step ${id}.`);
  return state;
}

/** Writes what is held; when somebody else's fact came in between, on top of that. */
export async function flush(run: Run): Promise<void> {
  for (;;) {
    const [first, ...rest] = run.held;
    if (!first) return;
    if (await isWritten(run, [first, ...rest])) return;
    run.chain = await standing(run.deps.store, run.chain.id);
  }
}

/**
 * Writes an intent, together with the outcome that is held.
 * @returns false when somebody else's fact came in between: then only the outcome is written, and the intent has to be
 * thought over
 */
export async function intend(run: Run, intent: Fact): Promise<boolean> {
  const [first, ...rest] = [...run.held, intent];
  if (first && (await isWritten(run, [first, ...rest]))) return true;
  run.chain = await standing(run.deps.store, run.chain.id);
  await flush(run);
  return false;
}

async function isWritten(run: Run, facts: readonly [Fact, ...Fact[]]): Promise<boolean> {
  const { deps, owner, chain } = run;
  const appended = await append(deps.store, [{ chain, facts, by: runner }], { owner });
  if (appended === 'raced') return false;
  run.chain = appended[0];
  const outcomes = run.held;
  run.held = [];
  if (outcomes.length > 0) deps.stopAfter('outcome', outcomes.flatMap((fact) => ('step' in fact ? fact.step : []))[0]);
  return true;
}
