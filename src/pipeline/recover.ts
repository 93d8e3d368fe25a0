/**
 * A recovery: survey today's world, decide, and where the answer is *rollback*, open the change that undoes. All of it
 * (what was compared, what was decided, the recovery and its verdict) is written in one transaction, before anything
 * runs. Where something stands in the way, nothing runs and no recovery opens.
 */
import { decide } from '../decide/decide.ts';
import { inverseOf, recoverySteps, undoable } from '../decide/undo.ts';
import { whyClosed } from '../decide/way-back.ts';
import type { Change, Transition } from '../model/change.ts';
import type { Decision, Trigger } from '../model/decision.ts';
import type { Fact } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { judged } from './analyse.ts';
import { type Compared, comparedFact, toPutBack } from './comparison.ts';
import type { Deps } from './deps.ts';
import { recoveryFault } from './recovery-fault.ts';
import { inPlace, survey } from './situation.ts';
import { append, type Standing, standing, write } from './write.ts';

export interface RecoveryRequest {
  readonly by: Actor;
  readonly trigger: Trigger;
  /** Undo the clean steps and leave the others failed. */
  readonly partly?: boolean;
}

export type Opening =
  | { readonly did: 'nothing'; readonly says: string; readonly decision: Decision | null }
  | { readonly did: 'continued'; readonly recovery: ChangeId }
  | { readonly did: 'opened'; readonly recovery: ChangeId; readonly decision: Decision };

/** What should be done about a change now; recorded, and nothing else changed. */
export async function decideOn(deps: Deps, by: Actor, id: ChangeId): Promise<Decision> {
  const chain = await standing(deps.store, id);
  const { situation, compared } = await survey(deps, chain, 'asked');
  const answers = { ...situation.answers, 'change/in-place': inPlace(chain, compared) } as const;
  const decision = decide({ ...situation, answers });
  await write(deps.store, id, by, ({ state }) =>
    state.status === 'closed'
      ? []
      : [...(state.status === 'recovering' ? [] : comparedFacts(compared)), { v: 1, fact: 'decided', decision }],
  );
  return decision;
}

/** Faults: `drifted`, `irreversible`, `window-closed`, `outcome-unknown`, `needs-a-person`, `out-of-order`. */
export async function openRecovery(deps: Deps, id: ChangeId, request: RecoveryRequest): Promise<Opening> {
  for (;;) {
    const chain = await standing(deps.store, id);
    const { state } = chain;
    const open = state.recoveries.find((recovery) => recovery.outcome === undefined);
    if (open) return { did: 'continued', recovery: open.change };
    const refusal = whyNotAtAll(chain);
    if (refusal) throw refusal;
    const idle = nothingToDo(chain);
    if (idle) return { did: 'nothing', says: idle, decision: null };
    const surveyed = await survey(deps, chain, request.trigger);
    deps.stopAfter('compare');
    const decision = decide(surveyed.situation);
    const facts: readonly Fact[] = [...comparedFacts(surveyed.compared), { v: 1, fact: 'decided', decision }];
    const takesPart = request.partly === true && canTakePart(decision, surveyed.compared);
    if (decision.transition !== 'rollback' && !takesPart) {
      await write(deps.store, id, request.by, () => facts);
      throw recoveryFault(chain, decision, surveyed);
    }
    const recovery = await writtenRecovery(deps, chain, facts, request, surveyed.compared, takesPart);
    if (recovery !== 'raced') return { did: 'opened', recovery, decision };
  }
}

async function writtenRecovery(
  deps: Deps,
  chain: Standing,
  facts: readonly Fact[],
  { by, trigger }: RecoveryRequest,
  compared: readonly Compared[],
  takesPart: boolean,
): Promise<ChangeId | 'raced'> {
  const id = deps.ambient.newChangeId();
  const change = undoing(deps, id, chain, compared, takesPart);
  // In part, what drifted is left alone; what would be undone has to be as it was left all the same.
  const fine = new Set(
    takesPart ? ['clean', 'already-restored', 'conflicting', 'gone', undefined] : ['clean', 'already-restored'],
  );
  const isAsLeft = compared.every(({ drift }) => fine.has(drift));
  const verdict = judged(change, deps, { recovered: { state: chain.state, isAsLeft } });
  const opened: Fact = { v: 1, fact: 'recovery-opened', by: id, transition: 'rollback' };
  const [first, ...rest] = [...facts, opened];
  if (!first) return 'raced';
  // Nobody asked for it, so nobody would ask again: scheduled, it is gone on with whatever dies now.
  const isByItself = trigger !== 'asked' && 'approvedWith' in verdict[1];
  const scheduled = isByItself ? [{ v: 1, fact: 'scheduled', at: deps.ambient.now() } as const] : [];
  const proposed = { v: 1, fact: 'proposed', change } as const;
  const appended = await append(deps.store, [
    { chain, facts: [first, ...rest], by },
    { chain: { id, evidence: [], state: null }, facts: [proposed, ...verdict, ...scheduled], by },
  ]);
  if (appended === 'raced') return 'raced';
  deps.stopAfter('open');
  return id;
}

/** The change that undoes: the applied steps, last first. */
function undoing(
  deps: Deps,
  id: ChangeId,
  { state }: Standing,
  compared: readonly Compared[],
  takesPart: boolean,
): Change {
  const inverted = undoable(state).flatMap((step) => {
    const operation = 'does' in step.step ? deps.operations[step.step.does.operation] : undefined;
    if (!operation) return [];
    const one = compared.find((each) => each.step.step.id === step.step.id);
    return { step, inverse: inverseOf(step, operation, one && toPutBack(one)) };
  });
  const by: Transition = 'rollback';
  return {
    id,
    title: `Roll back: ${state.change.title}`.slice(0, 200).toWellFormed(),
    environment: state.change.environment,
    steps: recoverySteps(inverted, takesPart ? 'continue' : 'stop') as [Step, ...Step[]],
    recovers: { change: state.change.id, by },
  };
}

const comparedFacts = (compared: readonly Compared[]): readonly Fact[] => {
  const steps = comparedFact(compared);
  return steps.length > 0 ? [{ v: 1, fact: 'compared', steps }] : [];
};

/** `--partly` overrides the rows that speak of single resources, when some of them are clean. */
const partial: ReadonlySet<string> = new Set(['reachable', 'still-there', 'as-we-left-it']);

const canTakePart = ({ path }: Decision, compared: readonly Compared[]): boolean => {
  const stopped = path.at(-1)?.row;
  return partial.has(stopped ?? '') && compared.some(({ drift }) => drift === 'clean' || drift === 'compatible');
};

function nothingToDo({ id, state }: Standing): string | undefined {
  if (state.status === 'rolled-back') return `${id} is already rolled back; nothing was done.`;
  if (state.status === 'partly-rolled-back') return `${id} is already rolled back in part; nothing was done.`;
  const isMoving = ['running', 'waiting', 'verifying'].includes(state.status);
  if (!isMoving && undoable(state).length === 0) return `Nothing of ${id} is applied; nothing was done.`;
  return undefined;
}

const taken: ReadonlySet<string> = new Set(['rolled-back', 'partly-rolled-back']);

/** Where the question does not arise: in words that say what to do instead. */
function whyNotAtAll({ id, state }: Standing): Fault | undefined {
  const words = whyClosed(state);
  return words === undefined || taken.has(state.status)
    ? undefined
    : new Fault('out-of-order', words, {
        at: id,
        advice: `See where it stands with \`recourse show ${id}\`; what you want now, propose.`,
      });
}
