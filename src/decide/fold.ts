/**
 * Status is a fold over facts. `advance` takes where a change stands and one thing that happened, refuses it when the
 * table of successions does, and answers where the change stands then. Everything else, from a list to the resumption
 * of a crashed run, starts from this function.
 */
import type { Evidence, Fact, FactOf } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { State, StepState } from '../model/state.ts';
import { stepFacts } from './step-facts.ts';
import { successions } from './successions.ts';

/** One thing that happened: the part of a record that the fold reads. */
export type Happened = Pick<Evidence, 'fact' | 'by' | 'at'>;

/**
 * @returns where the change stands after `happened`
 * @throws Fault `out-of-order` when the fact may not follow
 */
export function advance(state: State | null, happened: Happened): State {
  const { fact } = happened;
  if (fact.fact === 'proposed') {
    if (state) throw refused(state, fact, 'it has been proposed already');
    return begin(fact, happened);
  }
  if (!state) throw new Fault('out-of-order', `There is no change yet that could be ${fact.fact}.`);
  const { when, ...law } = successions[fact.fact] as { when: readonly string[]; step?: readonly string[] };
  if (!when.includes(state.status)) throw refused(state, fact, `it is ${state.status}`);
  if (law.step && 'step' in fact) {
    const step = state.steps.find((s) => s.step.id === fact.step);
    if (!step) throw refused(state, fact, `it has no step ${fact.step}`);
    if (!law.step.includes(step.status)) throw refused(state, fact, `step ${fact.step} is ${step.status}`);
  }
  const moved = consequences[fact.fact] as (state: State, fact: Fact, happened: Happened) => State;
  return moved(state, fact, happened);
}

/** Where a change stands after these facts; `null` for none. Faults: `out-of-order`. */
export const fold = (happened: Iterable<Happened>): State | null => {
  let state: State | null = null;
  for (const one of happened) state = advance(state, one);
  return state;
};

/** At rest, a change holds no lease: nothing of it is under way, and nothing waits for a hand on its resources. */
export const isAtRest = (state: State): boolean =>
  restful.has(state.status) || (state.status === 'partly-applied' && state.verification !== undefined);

const restful: ReadonlySet<string> = new Set([
  'applied',
  'rolled-back',
  'partly-rolled-back',
  'recovered-forward',
  'finished',
  'cancelled',
  'rejected',
  'denied',
  'closed',
]);

const pending = (fact: FactOf<'proposed' | 'revised'>): readonly StepState[] =>
  fact.change.steps.map((step) => ({ step, status: 'pending', attempt: 0 }));

const begin = (fact: FactOf<'proposed'>, { by, at }: Happened): State => ({
  status: 'proposed',
  change: fact.change,
  proposedBy: by,
  proposedAt: at,
  findings: [],
  steps: pending(fact),
  approvals: [],
  recoveries: [],
  decisions: [],
  notes: [],
  owed: [],
});

const refused = (state: State, fact: Fact, why: string): Fault =>
  new Fault('out-of-order', `Change ${state.change.id} cannot be given the fact "${fact.fact}": ${why}.`, {
    at: state.change.id,
  });

type Consequence<Name extends Fact['fact']> = (state: State, fact: FactOf<Name>, happened: Happened) => State;
const unchanged = (state: State): State => state;

const consequences: { readonly [Name in Exclude<Fact['fact'], 'proposed'>]: Consequence<Name> } = {
  ...stepFacts,
  revised: (state, fact, { by }) => {
    const {
      plan: _plan,
      class: _class,
      refused: _refused,
      approvedWith: _with,
      runAt: _runAt,
      cancelAsked: _asked,
      ...rest
    } = state;
    return {
      ...rest,
      status: 'proposed',
      change: fact.change,
      proposedBy: by,
      steps: pending(fact),
      findings: [],
      approvals: [],
    };
  },
  analysed: (state, { plan, class: found, findings, steps }) => ({
    ...state,
    plan,
    class: found,
    findings,
    steps: state.steps.map((step) => {
      const planned = steps.find((p) => p.step === step.step.id);
      return planned ? { ...step, plan: planned } : step;
    }),
  }),
  rehearsed: unchanged,
  admitted: (state, { approvedWith }, happened) => {
    if (!state.plan) throw refused(state, happened.fact, 'it has not been analysed');
    return approvedWith ? { ...state, status: 'approved', approvedWith } : { ...state, status: 'awaiting-approval' };
  },
  denied: (state, { reasons }, { by }) => ({ ...state, status: 'denied', refused: { by, reasons } }),
  approved: (state, { plan, note, alone }, { by, at, fact }) => {
    if (plan !== state.plan) throw refused(state, fact, 'the plan has been edited since');
    const approval = { by, at, plan, alone: alone ?? false, ...(note !== undefined && { note }) };
    return { ...state, status: 'approved', approvals: [...state.approvals, approval] };
  },
  rejected: (state, { note }, { by }) => ({
    ...state,
    status: 'rejected',
    refused: { by, reasons: note === undefined ? [] : [note] },
  }),
  scheduled: (state, { at }) => ({ ...state, status: 'scheduled', runAt: at }),
  confirmed: (state) => ({ ...state, status: 'applied' }),
  'cancel-asked': (state, { because }, { by }) => ({ ...state, cancelAsked: { by, because } }),
  cancelled: (state) => ({
    ...state,
    status: state.steps.some((step) => step.failed && step.failed.as !== 'untouched')
      ? 'stuck'
      : state.steps.some((step) => step.status === 'applied')
        ? 'partly-applied'
        : 'cancelled',
  }),
  checked: unchanged,
  compared: (state, { steps }, { at }) => ({ ...state, compared: { at, steps } }),
  decided: (state, { decision }, { at }) => ({ ...state, decisions: [...state.decisions, { at, decision }] }),
  'recovery-opened': (state, { by: change, transition }, { at }) => ({
    ...state,
    status: 'recovering',
    beforeRecovery: state.status,
    recoveries: [...state.recoveries, { change, transition, at }],
  }),
  'recovery-ended': (state, { by: change, outcome }, { fact }) => {
    const { beforeRecovery, ...rest } = state;
    if (!state.recoveries.some((r) => r.change === change && r.outcome === undefined))
      throw refused(state, fact, `${change} is not its open recovery`);
    return {
      ...rest,
      status: outcome === 'abandoned' ? (beforeRecovery ?? 'stuck') : outcome,
      recoveries: state.recoveries.map((r) => (r.change === change ? { ...r, outcome } : r)),
    };
  },
  paused: unchanged,
  resumed: unchanged,
  'taken-over': unchanged,
  'broke-glass': unchanged,
  delivered: unchanged,
  noted: (state, { text }, { by, at }) => ({ ...state, notes: [...state.notes, { at, by, text }] }),
  finished: (state, { by: change }) => ({ ...state, status: 'finished', finishedBy: change }),
  owed: (state, { what }) => ({ ...state, owed: [...state.owed, what] }),
  'no-longer-owed': (state, { what }) => ({ ...state, owed: state.owed.filter((owed) => owed !== what) }),
  reconciled: unchanged,
  closed: (state, _, { fact }) => {
    if (state.owed.length > 0) throw refused(state, fact, `it still owes: ${state.owed.join('; ')}`);
    return { ...state, status: 'closed' };
  },
};
