/**
 * One step: read, think, write the intent, act, read again, and hold the outcome. A step that was begun by a run that
 * died is not begun again: what is there now says how its call ended.
 */
import { changedFields, driftOf } from '../decide/drift.ts';
import { plannedStep, rankOf } from '../decide/plan.ts';
import type { Fact, FailedAs } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';
import type { Observation, Settlement } from '../model/observation.ts';
import { isSame } from '../model/same.ts';
import type { StepState } from '../model/state.ts';
import { after } from './after.ts';
import { type Call, callOf, observe } from './call.ts';
import { withinDeadline } from './deadline.ts';
import { expectedNow } from './expected-now.ts';
import { flush, intend, type Run } from './under-way.ts';

type Reading = Observation<Json>;

/**
 * Runs one pending step, or settles one that is in doubt.
 * @returns whether the same step is to be looked at again
 */
export async function runStep(run: Run, step: StepState): Promise<boolean> {
  let call: Call;
  let now: Reading;
  try {
    call = await callOf(run, step);
    if (step.status === 'started') await outlastPredecessor(run, call);
    now = await quickly(run, observe(call, run.signal));
  } catch (error) {
    if (run.signal.aborted) throw new Fault('interrupted', 'It was stopped.');
    return failed(run, step, Fault.from(error), step.before ? 'unknown' : 'untouched', null);
  }
  run.deps.stopAfter('observe', step.step.id);
  const before = step.before ?? now;
  if (step.before) {
    const settled = await settle(run, call, step.before, now);
    if (settled !== 'act') return settled === 'again';
  }
  const refused = step.before ? undefined : refusalOf(run, call, now);
  if (refused) return refused === 'restored' ? restored(run, step) : failed(run, step, refused, 'foreign', now);
  const worse = worsened(call, before);
  if (worse) return failed(run, step, worse, 'untouched', now);
  return act(run, call, before);
}

/** While the next capture is slow, the outcome that is held must not wait for it. */
async function quickly<T>(run: Run, reading: Promise<T>): Promise<T> {
  if (run.held.length === 0) return reading;
  const slow = Symbol('slow');
  const first = await Promise.race([
    reading.then(
      () => undefined,
      () => undefined,
    ),
    run.deps.ambient.sleep(slowCapture).then(() => slow),
  ]);
  if (first === slow) await flush(run);
  return reading;
}
const slowCapture = 25; // milliseconds

/**
 * The run before this one may have a call under way: its process may live, and a child process outlives its parent. Its
 * deadline bounds it.
 */
async function outlastPredecessor({ deps, predecessorMayLive, signal }: Run, { step, operation }: Call): Promise<void> {
  const mayLive = predecessorMayLive || operation.system.hasChildProcesses;
  const left = step.deadline ? Date.parse(step.deadline) - Date.parse(deps.ambient.now()) : 0;
  if (mayLive && left > 0) await deps.ambient.sleep(left, signal);
}

/** What a reading says of a call whose outcome nobody recorded, or of a step that is tried again. */
async function settle(run: Run, call: Call, before: Reading, now: Reading): Promise<'act' | 'again' | 'done'> {
  const { step, operation, params } = call;
  const settlement = operation.settle(params, before, now);
  const wasUnderWay = step.status === 'started';
  const isSettled = wasUnderWay || settlement.as === 'applied' || settlement.as === 'pending';
  const isRetry = !wasUnderWay && step.attempt > 0;
  if (!isSettled && (settlement.as === 'untouched' || (isRetry && settlement.as === 'partial'))) return 'act';
  run.held.push(settledFact(run, step, settlement, now));
  await flush(run);
  run.deps.stopAfter('settle', step.step.id);
  return settlement.as === 'untouched' ? 'again' : 'done';
}

function settledFact(run: Run, { step }: StepState, settlement: Settlement<Json>, seen: Reading): Fact {
  const said = { v: 1, fact: 'settled', step: step.id, as: settlement.as, seen } as const;
  if (settlement.as === 'applied') return { ...said, result: settlement.result };
  if (settlement.as === 'pending')
    return {
      ...said,
      askAgainAt: after(run.deps.ambient.now(), settlement.askAgainIn),
      because: 'the system is still at it',
    };
  return 'because' in settlement ? { ...said, because: settlement.because } : said;
}

/** In a recovery: what is there now must be what the change, or this recovery, left there. */
function refusalOf(run: Run, { step, operation }: Call, now: Reading): Fault | 'restored' | undefined {
  const expected = expectedNow(run, step);
  if (!expected) return undefined;
  const { before, left } = expected;
  if (isSame(now.state, left.state) && isSame(now.identity, left.identity)) return undefined;
  const { drift, because } = driftOf(before, left, now, operation.recreates ?? false);
  if (drift === 'already-restored') return 'restored';
  const resource = step.plan?.resource ?? step.step.id;
  return new Fault('drifted', `${resource} was left alone: ${because}.`, {
    at: resource,
    details: { before: before.state, after: left.state, now: now.state, moved: changedFields(left.state, now.state) },
  });
}

/** A class that is worse than the approved one, now that the state before is known, stops the change. */
function worsened({ step, operation, params, connection }: Call, before: Reading): Fault | undefined {
  const approved = step.plan;
  if (!approved) return undefined;
  const found = plannedStep(step.step, operation, params, connection, before.state);
  if (rankOf(found.class) <= rankOf(approved.class)) return undefined;
  return new Fault(
    'not-allowed',
    `${approved.resource ?? step.step.id} is ${found.class}, and ${approved.class} was approved: ${found.because}.`,
    {
      at: approved.resource ?? step.step.id,
      advice: 'Revise the change, so that what is approved is what will be done.',
    },
  );
}

async function act(run: Run, call: Call, before: Reading): Promise<boolean> {
  const { deps } = run;
  const { step, operation, params, reach } = call;
  const { id, deadline } = step.step;
  const begun = deps.ambient.now();
  const isIntended = await intend(run, {
    v: 1,
    fact: 'started',
    step: id,
    attempt: step.attempt + 1,
    params,
    before,
    deadline: after(begun, deadline),
  });
  if (!isIntended) return true;
  deps.stopAfter('start', id);
  let result: Json = {};
  let thrown: Fault | undefined;
  let under: Promise<unknown> = Promise.resolve();
  let hasEnded = true; // while nothing is called
  try {
    // The signal of the run stops between steps; what has begun is only ended by its deadline. It is the one on record,
    // however long the recording took, because a successor relies on it.
    const gone = Date.parse(deps.ambient.now()) - Date.parse(begun);
    const calling = (signal: AbortSignal): Promise<Json> => {
      hasEnded = false;
      const called = operation.apply(params, reach(signal), before);
      under = called.then(
        () => (hasEnded = true),
        () => (hasEnded = true),
      );
      return called;
    };
    result = await withinDeadline(deadline, undefined, calling, gone);
  } catch (error) {
    thrown = Fault.from(error);
    if (!hasEnded) await Promise.race([under, deps.ambient.sleep(lastWords)]);
  }
  deps.stopAfter('apply', id);
  let now: Reading;
  try {
    now = await withinDeadline(deadline, undefined, (signal) => operation.observe(params, reach(signal)));
  } catch (error) {
    return failed(run, step, thrown ?? Fault.from(error), 'unknown', null);
  }
  const settlement = operation.settle(params, before, now);
  if (settlement.as === 'applied') {
    const outcome = thrown ? settlement.result : result;
    const findings = operation.verify({ params, before, after: now, result: outcome });
    run.held.push({ v: 1, fact: 'applied', step: id, result: outcome, after: now, findings });
    return false;
  }
  if (settlement.as === 'pending') {
    run.held.push(settledFact(run, step, settlement, now));
    await flush(run);
    return true;
  }
  // A call that goes on after its deadline may still have its effect: what is not there yet is not known to stay away.
  const as = settlement.as === 'untouched' && !hasEnded ? 'unknown' : settlement.as;
  const why = 'because' in settlement ? settlement.because : 'the call reported success and changed nothing';
  return failed(run, step, thrown ?? new Fault('verification-failed', why), as, now);
}
const lastWords = 1000; // milliseconds that a call has to end after its deadline

/** @returns whether the step is to be looked at again: somebody's fact came in between, and nothing had begun yet */
async function failed(
  run: Run,
  { step, status }: StepState,
  fault: Fault,
  as: FailedAs,
  seen: Reading | null,
): Promise<boolean> {
  if (notOfTheStep.has(fault.code)) throw fault;
  await flush(run);
  const failure = { v: 1, fact: 'failed', step: step.id, fault: fault.report, as, seen } as const;
  const hasBegun = run.chain.state.steps.some((one) => one.step.id === step.id && one.status === 'started');
  if (!hasBegun && status === 'pending') return !(await intend(run, failure));
  run.held.push(failure);
  await flush(run);
  return false;
}

/** They say nothing about the step: it is as it was, and the run goes on later. */
const notOfTheStep: ReadonlySet<string> = new Set(['interrupted', 'store-failed', 'in-use']);

async function restored(run: Run, { step }: StepState): Promise<false> {
  await flush(run);
  run.held.push({ v: 1, fact: 'skipped', step: step.id, because: 'somebody has put it back already', restored: true });
  await flush(run);
  return false;
}
