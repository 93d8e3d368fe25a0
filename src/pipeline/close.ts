/**
 * A change is closed when nothing is left to do about it: nothing is owed, and what it left is still as it was left.
 * Closing a recovery that is stuck leaves the recovered change stuck, and says so.
 */
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId } from '../model/ids.ts';
import { comparedFact, compareSteps } from './comparison.ts';
import type { Deps } from './deps.ts';
import { endRecovery } from './end-recovery.ts';
import { type Standing, standing } from './write.ts';

/** Faults: `drifted` when what it left has been changed since, `out-of-order` while it moves or owes something. */
export async function close(deps: Deps, by: Actor, id: ChangeId): Promise<Standing> {
  const chain = await standing(deps.store, id);
  const compared = chain.state.status === 'applied' ? await compareSteps(deps, chain) : [];
  const moved = compared.find(({ drift }) => drift !== 'clean' && drift !== 'compatible');
  if (moved)
    throw new Fault('drifted', `${moved.step.plan?.resource ?? moved.step.step.id}: ${moved.because}.`, {
      at: moved.step.plan?.resource ?? id,
      advice: `Bring it back, or note why it is right so and recover or supersede ${id}; then close it.`,
    });
  const steps = comparedFact(compared);
  return endRecovery(deps, by, id, () => [
    ...(steps.length > 0 ? [{ v: 1, fact: 'compared', steps } as const] : []),
    { v: 1, fact: 'closed' },
  ]);
}
