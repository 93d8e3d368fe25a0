import type { Fact } from '../model/fact.ts';
/**
 * How a person's facts get onto a chain: read it, think, append. When somebody else was faster, the thinking is done
 * again on the longer chain, so an answer is never given to a question that has changed.
 */
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId } from '../model/ids.ts';
import type { Chain, State } from '../model/state.ts';
import type { AppendOptions, Store, Write } from '../model/store.ts';

export type Standing = Chain & { readonly state: State };

/** The chain of a change that exists. Faults: `not-found`. */
export async function standing(store: Store, id: ChangeId): Promise<Standing> {
  const chain = await store.read(id);
  if (!chain.state) throw new Fault('not-found', `There is no change ${id}.`, { at: id });
  return { ...chain, state: chain.state };
}

/**
 * Appends what `think` answers for the chain as it stands; nothing when it answers nothing.
 * Faults: `not-found`, `out-of-order`.
 */
export async function write(
  store: Store,
  id: ChangeId,
  by: Actor,
  think: (chain: Standing) => readonly Fact[] | Promise<readonly Fact[]>,
  options?: AppendOptions,
): Promise<Standing> {
  for (;;) {
    const chain = await standing(store, id);
    const [first, ...rest] = await think(chain);
    if (!first) return chain;
    const appended = await append(store, [{ chain, facts: [first, ...rest], by }], options);
    if (appended !== 'raced') return appended[0];
  }
}

/** As the store's, but a lost ownership is a fault: whoever took over goes on. */
export async function append(
  store: Store,
  writes: readonly [Write, ...Write[]],
  options?: AppendOptions,
): Promise<readonly [Standing, ...Standing[]] | 'raced'> {
  const appended = await store.append(writes, options);
  if (appended === 'fenced')
    throw new Fault('in-use', `Another worker has taken over ${writes[0].chain.id}.`, {
      at: writes[0].chain.id,
      advice: 'It goes on there; watch it with `recourse show`.',
    });
  return appended as readonly [Standing, ...Standing[]] | 'raced';
}
