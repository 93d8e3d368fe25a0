/**
 * What a fact about a step means for that step, and for the change around it. The change comes to its end in one
 * place, `afterStep`: steps that are left keep it running, failed ones leave it in the hands of a person, and when all
 * have ended well it is verified.
 */
import type { FactOf } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { StepId } from '../model/ids.ts';
import type { State, StepState } from '../model/state.ts';
import type { Status } from '../model/status.ts';
import type { Happened } from './fold.ts';

type StepFactName =
  | 'started'
  | 'waiting'
  | 'came'
  | 'applied'
  | 'failed'
  | 'settled'
  | 'retried'
  | 'skipped'
  | 'resolved'
  | 'verified';

export const stepFacts: {
  readonly [Name in StepFactName]: (state: State, fact: FactOf<Name>, happened: Happened) => State;
} = {
  started: (state, { step, attempt, params, before, deadline }, { at }) => ({
    ...withStep(state, step, (s) => ({
      ...s,
      status: 'started',
      attempt,
      params,
      before,
      deadline,
      startedAt: s.startedAt ?? at,
    })),
    status: 'running',
  }),
  waiting: (state, { step, askAgainAt, until, seen }, { at }) => ({
    ...withStep(state, step, (s) => ({
      ...s,
      status: 'waiting',
      startedAt: s.startedAt ?? at,
      waits: { askAgainAt, until, seen },
    })),
    status: 'waiting',
  }),
  came: (state, { step }, { at }) => ended(state, step, (s) => ({ ...s, status: 'applied', endedAt: at })),
  applied: (state, { step, result, after, findings }, { at }) =>
    ended(state, step, (s) => ({ ...s, status: 'applied', result, after, findings, endedAt: at })),
  failed: (state, { step, fault, as, seen }, { at }) =>
    ended(state, step, (s) => ({ ...s, status: 'failed', failed: { as, fault, seen }, endedAt: at })),
  settled: (state, { step, as, seen, result, because, askAgainAt }, { at }) => {
    if (as === 'applied' && seen)
      return ended(state, step, (s) => ({ ...s, status: 'applied', after: seen, result: result ?? {}, endedAt: at }));
    if (as === 'untouched')
      return { ...withStep(state, step, (s) => ({ ...s, status: 'pending' })), status: 'running' };
    if (as === 'pending' && askAgainAt)
      return {
        ...withStep(state, step, (s) => ({ ...s, status: 'waiting', waits: { askAgainAt, seen: because ?? '' } })),
        status: 'waiting',
      };
    const fault = new Fault('outcome-unknown', because ?? 'what was read does not tell how the call ended').report;
    const failedAs = as === 'partial' || as === 'foreign' ? as : 'unknown';
    return ended(state, step, (s) => ({
      ...s,
      status: 'failed',
      failed: { as: failedAs, fault, seen },
      endedAt: at,
    }));
  },
  retried: ({ cancelAsked: _cancelAsked, ...state }, { step }) => ({
    ...withStep(state, step, ({ failed: _failed, endedAt: _endedAt, waits: _waits, resolved: _resolved, ...s }) => ({
      ...s,
      status: 'pending',
    })),
    status: 'running',
  }),
  skipped: (state, { step, because, restored }, { by, at }) =>
    ended(state, step, (s) => ({
      ...s,
      status: 'skipped',
      skipped: { because, by, restored: restored ?? false },
      endedAt: at,
    })),
  resolved: (state, { step, note, differs, alone }, { by, at }) => {
    const earlier = state.steps.find((s) => s.step.id === step)?.resolved;
    const isConfirmed = !differs || alone || (earlier !== undefined && earlier.by !== by);
    const resolved = { note, by, alone: alone ?? false, differs: differs ?? false };
    return isConfirmed
      ? ended(state, step, (s) => ({ ...s, status: 'resolved', resolved, endedAt: at }))
      : withStep(state, step, (s) => ({ ...s, status: 'half-resolved', resolved }));
  },
  verified: (state, { findings }, { at }) => {
    if (state.status === 'failed' && !state.verification)
      throw new Fault('out-of-order', `Change ${state.change.id} cannot be verified: a step of it failed.`, {
        at: state.change.id,
      });
    return { ...state, verification: { at, findings }, status: verifiedStatus(state, findings.length === 0) };
  },
};

const verifiedStatus = (state: State, isHealthy: boolean): Status => {
  if (!isHealthy) return 'failed';
  if (state.steps.some(endedOtherwise)) return 'partly-applied';
  return state.change.confirmWithin === undefined ? 'applied' : 'awaiting-confirmation';
};

/** Ended, but not by doing what was planned: by hand, or left out. */
export const endedOtherwise = (step: StepState): boolean =>
  step.status === 'resolved' || step.status === 'failed' || (step.status === 'skipped' && !step.skipped?.restored);

const isLeft = (step: StepState): boolean => ['pending', 'started', 'waiting'].includes(step.status);

const withStep = (state: State, id: StepId, change: (step: StepState) => StepState): State => ({
  ...state,
  steps: state.steps.map((step) => (step.step.id === id ? change(step) : step)),
});

const ended = (state: State, id: StepId, change: (step: StepState) => StepState): State => {
  const next = withStep(state, id, change);
  return { ...next, status: afterStep(next) };
};

function afterStep({ steps }: State): Status {
  const failed = steps.filter((step) => step.status === 'failed' || step.status === 'half-resolved');
  const stopping = failed.filter((step) => step.step.onFailure !== 'continue');
  if (stopping.length === 0 && steps.some(isLeft)) return 'running';
  if (failed.length === 0) return 'verifying';
  if (failed.some((step) => step.failed && step.failed.as !== 'untouched')) return 'stuck';
  return steps.some((step) => ['applied', 'resolved', 'skipped'].includes(step.status)) ? 'partly-applied' : 'failed';
}
