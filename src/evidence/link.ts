import { Evidence, type Fact } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId, Hash, Instant } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { canonical } from './canonical.ts';
import { digest } from './digest.ts';
import { afterHash, hashMember } from './layout.ts';

/**
 * The record that follows `head` in its chain (`null`: the first one), and its canonical text, which is what is kept.
 * Faults: `invalid-input` when the fact cannot be written as canonical JSON, `bug` when it could not be read again.
 */
export function link(
  head: { readonly seq: number; readonly hash: Hash } | null,
  entry: { readonly change: ChangeId; readonly at: Instant; readonly by: Actor; readonly fact: Fact },
): { readonly evidence: Evidence; readonly text: string } {
  const { at, by, change, fact } = entry;
  const previous = head?.hash ?? null;
  const seq = (head?.seq ?? 0) + 1;
  const front = canonical({ at, by, change, fact: fact as Json }).slice(0, -1);
  const end = afterHash(previous, seq);
  const hash = digest(front + end);
  const evidence: Evidence = { change, seq, at, by, fact, previous, hash };
  const { error } = Evidence.safeParse(evidence);
  if (error === undefined) return { evidence, text: front + hashMember(hash) + end };
  throw new Fault(
    'bug',
    `The fact "${fact.fact}" of change ${change} is not written down, because it could not be read again: ` +
      `${error.issues[0]?.path.join('.') ?? ''} is not as the model has it.`,
  );
}
