/** A lease that an abandoned change still holds is moved by a person who says why. It is written down before it moves. */
import { isAtRest } from '../decide/fold.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId, ResourceId } from '../model/ids.ts';
import type { Deps } from './deps.ts';
import { type Standing, standing, write } from './write.ts';

/** Faults: `invalid-input` without a reason, `not-found` when nobody holds it, `in-use`, `out-of-order`. */
export async function takeOver(
  deps: Deps,
  by: Actor,
  id: ChangeId,
  resource: ResourceId,
  because: string,
): Promise<Standing> {
  const { store } = deps;
  if (!because.trim()) throw new Fault('invalid-input', 'Taking a lease over needs a reason.', { at: 'because' });
  const { state } = await standing(store, id);
  if (isAtRest(state))
    throw new Fault('out-of-order', `Change ${id} is ${state.status}; it has no use for a lease.`, { at: id });
  const from = await store.holder(resource);
  if (!from) throw new Fault('not-found', `Nobody holds ${resource}.`, { at: resource });
  if ((await store.running()).has(from))
    throw new Fault('in-use', `A worker is at change ${from}, which holds ${resource}.`, {
      at: resource,
      advice: `Cancel ${from} first, or wait for it.`,
    });
  const written = await write(store, id, by, () => [{ v: 1, fact: 'taken-over', resource, from, because }]);
  await store.takeOver(resource, id);
  return written;
}
