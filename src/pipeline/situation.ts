/**
 * The situation: today's world, asked the questions of the decision table about one change. Each answer says what was
 * seen; what could not be found out is *unknown*.
 */
import { inverseOf, undoable } from '../decide/undo.ts';
import { changeWindow, windowAnswer } from '../decide/windows.ts';
import type { Asked, Situation, Trigger } from '../model/decision.ts';
import type { ChangeId, CheckId } from '../model/ids.ts';
import { type Compared, compareSteps } from './comparison.ts';
import type { Deps } from './deps.ts';
import type { Standing } from './write.ts';

export interface Surveyed {
  readonly situation: Situation;
  readonly compared: readonly Compared[];
  /** Changes that were made later on the same resources and still stand, newest first. */
  readonly builtOn: readonly ChangeId[];
}

export async function survey(deps: Deps, chain: Standing, trigger: Trigger): Promise<Surveyed> {
  const { state } = chain;
  const compared = await compareSteps(deps, chain);
  const resources = [...new Set(compared.flatMap(({ step }) => step.plan?.resource ?? []))];
  const builtOn = resources.length > 0 ? await deps.store.builtOn(chain.id, resources) : [];
  const answers: Record<CheckId, Asked> = {
    'change/something-applied': somethingApplied(chain),
    'change/outcome-known': outcomeKnown(chain),
    'change/reachable': reachable(compared),
    'change/still-there': stillThere(compared),
    'change/as-we-left-it': asWeLeftIt(compared),
    'change/nothing-built-on-it':
      builtOn.length === 0
        ? { answer: 'yes', seen: 'no later change touches them' }
        : { answer: 'no', seen: `${builtOn.join(', ')} ${builtOn.length === 1 ? 'was' : 'were'} made on top of it` },
    'change/window-open': windowAnswer(changeWindow(state), deps.ambient.now(), []),
    'change/inverse-complete': inverseComplete(deps, chain),
  };
  const done = state.recoveries.flatMap(({ outcome, transition }) =>
    outcome && outcome !== 'abandoned' ? transition : [],
  );
  return { situation: { trigger, class: state.class ?? 'forward-only', answers, done }, compared, builtOn };
}

/** For `decide`, where nobody has said yet that the change must go. */
export function inPlace({ state }: Standing, compared: readonly Compared[]): Asked {
  if (state.status !== 'applied' && state.status !== 'closed' && state.status !== 'finished')
    return { answer: 'no', seen: `it is ${state.status}` };
  const moved = compared.find(({ drift }) => drift !== 'clean');
  if (moved) return { answer: moved.drift ? 'no' : 'unknown', seen: words(moved) };
  return { answer: 'yes', seen: 'it is applied, verified and as it was left' };
}

const somethingApplied = ({ state }: Standing): Asked => {
  const count = undoable(state).length;
  return count > 0
    ? { answer: 'yes', seen: `${count} of ${state.steps.length} steps ${count === 1 ? 'is' : 'are'} applied` }
    : { answer: 'no', seen: 'no step is applied' };
};

const outcomeKnown = ({ state }: Standing): Asked => {
  const open = state.steps.find(
    (step) =>
      step.status === 'started' ||
      (step.status === 'failed' && step.failed?.as !== 'untouched') ||
      step.status === 'half-resolved',
  );
  if (!open) return { answer: 'yes', seen: 'every outcome is recorded' };
  const how = open.failed ? `ended ${open.failed.as}: ${open.failed.fault.message}` : `is ${open.status}`;
  return { answer: open.failed?.as === 'unknown' ? 'unknown' : 'no', seen: `step ${open.step.id} ${how}` };
};

const reachable = (compared: readonly Compared[]): Asked => {
  const unread = compared.find(({ now }) => now === undefined);
  return unread
    ? { answer: 'unknown', seen: words(unread) }
    : { answer: 'yes', seen: compared.length === 1 ? 'it was read' : `all ${compared.length} were read` };
};

const stillThere = (compared: readonly Compared[]): Asked => {
  const gone = compared.find(({ drift }) => drift === 'gone');
  return gone ? { answer: 'no', seen: words(gone) } : { answer: 'yes', seen: 'nothing is missing for good' };
};

const asWeLeftIt = (compared: readonly Compared[]): Asked => {
  const conflicting = compared.find(({ drift }) => drift === 'conflicting');
  if (conflicting) return { answer: 'no', seen: words(conflicting) };
  const moved = compared.filter(({ drift }) => drift !== 'clean' && drift !== undefined);
  return { answer: 'yes', seen: moved.length > 0 ? moved.map(words).join('; ') : 'nothing has moved' };
};

const inverseComplete = ({ operations }: Deps, { state }: Standing): Asked => {
  const without = undoable(state).find((step) => {
    const operation = 'does' in step.step && operations[step.step.does.operation];
    return !operation || inverseOf(step, operation).length === 0;
  });
  return without
    ? { answer: 'no', seen: `step ${without.step.id} has none: ${without.plan?.because ?? 'nothing is known of it'}` }
    : { answer: 'yes', seen: 'each was made from what was recorded' };
};

const words = ({ step, because }: Compared): string => `${step.plan?.resource ?? step.step.id}: ${because}`;
