/**
 * A fact that may end a change. Where the change is a recovery and comes to its end, the change it recovers is told in
 * the same transaction: no moment exists in which one is over and the other does not know.
 */
import { advance } from '../decide/fold.ts';
import { endedOtherwise } from '../decide/step-facts.ts';
import type { Fact, RecoveryOutcome } from '../model/fact.ts';
import type { Actor, ChangeId } from '../model/ids.ts';
import type { State, StepState } from '../model/state.ts';
import type { AppendOptions } from '../model/store.ts';
import type { Deps } from './deps.ts';
import { append, type Standing, standing } from './write.ts';

export async function endRecovery(
  deps: Deps,
  by: Actor,
  id: ChangeId,
  think: (chain: Standing) => readonly Fact[] | Promise<readonly Fact[]>,
  options?: AppendOptions,
): Promise<Standing> {
  const { store, ambient } = deps;
  for (;;) {
    const chain = await standing(store, id);
    const [first, ...rest] = await think(chain);
    if (!first) return chain;
    const facts = [first, ...rest] as const;
    const after = facts.reduce<State>((state, fact) => advance(state, { fact, by, at: ambient.now() }), chain.state);
    const recovered = chain.state.change.recovers;
    const original = recovered && (await standing(store, recovered.change));
    const outcome = original && outcomeOf(after, original.state);
    const isOpen = original?.state.recoveries.some((r) => r.change === id && r.outcome === undefined);
    // Its end in part is on the record of the change it recovers; nobody has to come back to it.
    const isOver = outcome === 'partly-rolled-back' && after.status === 'partly-applied';
    const ended = { chain, facts: isOver ? ([...facts, { v: 1, fact: 'closed' }] as const) : facts, by };
    const appended = await (original && outcome && isOpen
      ? append(
          store,
          [ended, { chain: original, facts: [{ v: 1, fact: 'recovery-ended', by: id, outcome }], by }],
          options,
        )
      : append(store, [ended], options));
    if (appended !== 'raced') return appended[0];
  }
}

/** Something of this step may still be there. */
const mayStand = ({ step, status, failed, resolved }: StepState): boolean =>
  'does' in step &&
  (status === 'applied' ||
    status === 'half-resolved' ||
    (status === 'failed' && failed?.as !== 'untouched') ||
    (status === 'resolved' && resolved?.differs === true));

/** How a recovery ended, for the change that it recovers; `undefined` while it goes on. */
function outcomeOf(recovery: State, original: State): RecoveryOutcome | undefined {
  const { status, steps, change } = recovery;
  const touched = steps.some((step) => step.status !== 'pending');
  if (status === 'denied' || status === 'rejected' || status === 'cancelled') return touched ? 'stuck' : 'abandoned';
  if (status === 'closed') return touched ? 'stuck' : 'abandoned';
  if (recovery.verification === undefined || (status !== 'applied' && status !== 'partly-applied')) return undefined;
  if (change.recovers?.by !== 'rollback') return 'recovered-forward';
  const undone = new Set(steps.map((step) => step.step.undoes));
  const isWhole = original.steps.filter(mayStand).every((step) => undone.has(step.step.id));
  return isWhole && !steps.some(endedOtherwise) ? 'rolled-back' : 'partly-rolled-back';
}
