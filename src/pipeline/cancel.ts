/** Before a run a change is cancelled at once; during one it is asked to stop after the step that is under way. */
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId } from '../model/ids.ts';
import type { Deps } from './deps.ts';
import { endRecovery } from './end-recovery.ts';
import type { Standing } from './write.ts';

const underWay: ReadonlySet<string> = new Set(['running', 'waiting']);

/** Faults: `invalid-input` without a reason, `out-of-order` when it has ended. */
export async function cancel(deps: Deps, by: Actor, id: ChangeId, because: string): Promise<Standing> {
  if (!because.trim())
    throw new Fault('invalid-input', 'A cancellation needs a reason.', {
      at: 'because',
      advice: 'Say why with --because.',
    });
  return endRecovery(deps, by, id, ({ state }) => {
    if (underWay.has(state.status)) return state.cancelAsked ? [] : [{ v: 1, fact: 'cancel-asked', because }];
    return [
      { v: 1, fact: 'noted', text: `Cancelled: ${because}` },
      { v: 1, fact: 'cancelled' },
    ];
  });
}
