/** `recover`, as a person asks for it: decide, open or go on, run, and say what came of it. */
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId } from '../model/ids.ts';
import type { RunOptions } from '../model/recourse.ts';
import type { Recovered } from '../model/view.ts';
import type { Deps } from './deps.ts';
import { goOn } from './go-on.ts';
import { openRecovery } from './recover.ts';
import { show } from './show.ts';
import { whatCame } from './what-came.ts';
import { standing } from './write.ts';

interface RecoverOptions extends RunOptions {
  readonly partly?: boolean;
  readonly withLater?: boolean;
}

/** Faults: those of `openRecovery` and `goOn`. */
export async function recoverWith(deps: Deps, by: Actor, id: ChangeId, options: RecoverOptions): Promise<Recovered> {
  if (options.withLater) await recoverLater(deps, by, id, options);
  const opening = await openRecovery(deps, id, { by, trigger: 'asked', ...(options.partly && { partly: true }) });
  if (opening.did === 'nothing')
    return {
      did: 'nothing',
      says: opening.says,
      decision: opening.decision,
      change: await show(deps, id),
      recovery: null,
    };
  const { recovery } = opening;
  const opened = await standing(deps.store, recovery);
  if (opened.state.status === 'awaiting-approval')
    throw new Fault(
      'needs-a-person',
      `The recovery ${recovery} of ${id} awaits approval: what it would undo is not exactly what was approved.`,
      {
        at: recovery,
        advice: `Approve it with \`recourse approve ${recovery}\`, then \`recourse recover ${id}\` goes on.`,
      },
    );
  const ran = await goOn(deps, by, recovery, options);
  const [change, recovered] = [await show(deps, id), await show(deps, ran)];
  return {
    did: opening.did,
    says: whatCame(change, recovered),
    decision: opening.did === 'opened' ? opening.decision : null,
    change,
    recovery: recovered,
  };
}

/** Undoes the changes that stand on this one, newest first. */
async function recoverLater(deps: Deps, by: Actor, id: ChangeId, options: RecoverOptions): Promise<void> {
  const { state } = await standing(deps.store, id);
  const resources = state.steps.flatMap((step) => step.plan?.resource ?? []);
  for (const later of await deps.store.builtOn(id, [...new Set(resources)])) await recoverOne(deps, by, later, options);
}

async function recoverOne(deps: Deps, by: Actor, later: ChangeId, options: RecoverOptions): Promise<void> {
  const { change, says } = await recoverWith(deps, by, later, { ...options, detach: false });
  if (change.status === 'rolled-back') return;
  throw new Fault('needs-a-person', `The later change ${later} could not be taken back whole: ${says}`, {
    at: later,
    advice: 'Settle that one first, then recover again.',
  });
}
