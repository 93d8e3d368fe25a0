/** The page of a change, with what only the store knows: its leases, where its recoveries stand, whether anybody is at it. */
import { viewOf } from '../decide/view.ts';
import type { ChangeId } from '../model/ids.ts';
import type { ChangeView } from '../model/view.ts';
import type { Deps } from './deps.ts';
import { type Standing, standing } from './write.ts';

const moving: ReadonlySet<string> = new Set(['running', 'verifying']);

export async function show({ store, operations }: Deps, chainOrId: Standing | ChangeId): Promise<ChangeView> {
  const chain = typeof chainOrId === 'string' ? await standing(store, chainOrId) : chainOrId;
  const recoveries = await Promise.all(chain.state.recoveries.map(({ change }) => standing(store, change)));
  const isInterrupted = moving.has(chain.state.status) && !(await store.running()).has(chain.id);
  return viewOf(chain, {
    operations,
    isInterrupted,
    leases: await store.leases(chain.id),
    recoveryStatus: recoveries.map(({ state }) => state.status),
  });
}
