/**
 * Before anything runs, a change takes the leases on all its resources at once, in one order for everybody, so that two
 * changes can never each hold what the other waits for. A recovery takes over those of the change that it recovers.
 */
import { Fault } from '../model/fault.ts';
import type { Deps } from './deps.ts';
import type { Standing } from './write.ts';

/** Faults: `in-use`, naming the resource and the change that holds it. */
export async function takeLeases({ store }: Deps, { id, state }: Standing): Promise<void> {
  const resources = [...new Set(state.steps.flatMap((step) => step.plan?.resource ?? []))].toSorted();
  if (resources.length === 0) return;
  const taken = await store.lease(id, resources, state.change.recovers?.change);
  if (taken === 'held') return;
  throw new Fault('in-use', `Change ${taken.by} holds ${taken.resource}.`, {
    at: taken.resource,
    advice: `Wait until ${taken.by} is at rest (\`recourse show ${taken.by}\`), or \`recourse take-over ${id} --resource ${taken.resource}\` with a reason.`,
  });
}
