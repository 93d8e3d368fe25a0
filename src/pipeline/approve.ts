import type { Fact } from '../model/fact.ts';
/** A person binds their name to the plan's hash. An edit or a revision voids it; approving alone is possible and marked. */
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId } from '../model/ids.ts';
import type { Deps } from './deps.ts';
import { endRecovery } from './end-recovery.ts';
import { type Standing, standing, write } from './write.ts';

interface Approval {
  readonly note?: string;
  /** When given, it must be the current plan: what the approver has seen. */
  readonly plan?: string;
}

/** Faults: `out-of-order` when it does not await approval or the plan is another one now. */
export async function approve(
  { store, stopAfter }: Deps,
  by: Actor,
  id: ChangeId,
  { note, plan }: Approval,
): Promise<Standing> {
  const person = await personBehind(store, by);
  const proposer = await personBehind(store, (await standing(store, id)).state.proposedBy);
  const approved = await write(store, id, by, ({ state }): readonly Fact[] => {
    if (state.status === 'denied')
      throw new Fault('not-allowed', `Change ${id} was denied: ${state.refused?.reasons.join('; ') ?? ''}.`, {
        at: id,
      });
    if (state.plan === undefined || (plan !== undefined && plan !== state.plan))
      throw new Fault(
        'out-of-order',
        `The plan of ${id} was edited after you saw it: it is ${state.plan ?? 'not made'} now.`,
        { at: id },
      );
    return [
      {
        v: 1,
        fact: 'approved',
        plan: state.plan,
        ...(note !== undefined && { note }),
        ...(person === proposer && { alone: true as const }),
      },
    ];
  });
  stopAfter('approve');
  return approved;
}

/** A token acts for whoever made it: two tokens of one person are one person. */
async function personBehind({ tokens }: Deps['store'], actor: Actor): Promise<Actor> {
  if (!actor.startsWith('token:')) return actor;
  const maker = new Map((await tokens()).map(({ name, createdBy }) => [`token:${name}`, createdBy]));
  const seen = new Set<Actor>();
  let person = actor;
  for (let next = maker.get(person); next !== undefined && !seen.has(next); next = maker.get(person)) {
    seen.add(person);
    person = next;
  }
  return person;
}

export async function reject(deps: Deps, by: Actor, id: ChangeId, note: string): Promise<Standing> {
  if (!note.trim()) throw new Fault('invalid-input', 'A rejection needs a note that says why.', { at: 'note' });
  return endRecovery(deps, by, id, ({ state }) => {
    if (state.plan === undefined) throw new Fault('out-of-order', `Change ${id} has no plan yet.`, { at: id });
    return [{ v: 1, fact: 'rejected', plan: state.plan, note }];
  });
}
