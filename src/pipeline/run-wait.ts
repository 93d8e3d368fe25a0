import type { Fact } from '../model/fact.ts';
/**
 * A wait asks its check once and gives the worker back; the question is asked again when it is due. The same holds for
 * a call that its system has not finished.
 */
import { Fault } from '../model/fault.ts';
import type { Instant } from '../model/ids.ts';
import type { StepState } from '../model/state.ts';
import type { Wait } from '../model/step.ts';
import { after } from './after.ts';
import { callOf, observe } from './call.ts';
import { withinDeadline } from './deadline.ts';
import { flush, type Run, stateOf } from './under-way.ts';

/** @returns when to come back, while it goes on */
export async function runWait(run: Run, state: StepState): Promise<Instant | undefined> {
  const due = state.status === 'waiting' ? state.waits?.askAgainAt : undefined;
  if (due && due > run.deps.ambient.now()) return due;
  const { step } = state;
  run.held.push('waits' in step ? await asked(run, state, step.waits) : await lookedAgain(run, state));
  await flush(run);
  const now = stateOf(run, step.id);
  return now.status === 'waiting' ? now.waits?.askAgainAt : undefined;
}

async function asked(run: Run, state: StepState, wait: Wait): Promise<Fact> {
  const { ambient } = run.deps;
  const { id, deadline } = state.step;
  const until = state.waits?.until ?? after(ambient.now(), wait.patience);
  let answer: { readonly answer: string; readonly seen: string };
  try {
    const { check: name, subject, connection } = wait.until;
    const check = run.deps.checks[name];
    if (!check) throw new Fault('not-found', `This Recourse has no check ${name}.`, { at: name });
    const client = connection && (await run.clients.client(connection, check.system));
    answer = await withinDeadline(deadline, run.signal, (signal) => check.answer(subject, { client, signal }));
  } catch (error) {
    const fault = Fault.from(error);
    if (fault.code === 'interrupted') throw fault;
    answer = { answer: 'unknown', seen: fault.message.replace(/\.$/, '') };
  }
  if (answer.answer === 'yes') return { v: 1, fact: 'came', step: id, seen: answer.seen };
  const now = ambient.now();
  if (now < until) {
    const next = after(now, wait.every);
    return { v: 1, fact: 'waiting', step: id, askAgainAt: next < until ? next : until, until, seen: answer.seen };
  }
  const fault =
    wait.then === 'ask'
      ? new Fault('needs-a-person', `It did not come within ${wait.patience} s: ${answer.seen}.`)
      : new Fault('timed-out', `It did not come within ${wait.patience} s: ${answer.seen}.`);
  return { v: 1, fact: 'failed', step: id, fault: fault.report, as: 'untouched', seen: null };
}

/** A call that was pending is read again. */
async function lookedAgain(run: Run, state: StepState): Promise<Fact> {
  const { id } = state.step;
  try {
    const call = await callOf(run, state);
    const now = await observe(call, run.signal);
    const settlement = call.operation.settle(call.params, state.before ?? now, now);
    const said = { v: 1, fact: 'settled', step: id, as: settlement.as, seen: now } as const;
    if (settlement.as === 'applied') return { ...said, result: settlement.result };
    if (settlement.as === 'pending')
      return { ...said, askAgainAt: after(run.deps.ambient.now(), settlement.askAgainIn) };
    return 'because' in settlement ? { ...said, because: settlement.because } : said;
  } catch (error) {
    const fault = Fault.from(error);
    if (fault.code === 'interrupted') throw fault;
    return { v: 1, fact: 'settled', step: id, as: 'unknown', seen: null, because: fault.message };
  }
}
