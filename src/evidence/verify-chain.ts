import type { ChangeId, Hash } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { canonical } from './canonical.ts';
import { digest } from './digest.ts';
import { type Flaw, flawOf } from './flaw.ts';
import { afterHash, changeAt, changePlace, hashMember, hashMemberLength } from './layout.ts';

export type ChainVerdict =
  | { readonly valid: true; readonly facts: number; readonly head: Hash | null }
  | ({ readonly valid: false; readonly at: number } & Flaw);

/**
 * Whether these texts are the chain of one change, from its first record on: each in canonical JSON, under its own hash,
 * after the one before. `at` is the `seq` that the first other text should have. What was cut off at the end is not
 * missed here: compare facts and head with what is known of them.
 */
export function verifyChain(texts: readonly string[]): ChainVerdict {
  let head: Hash | null = null;
  let change: ChangeId | undefined;
  for (const [index, text] of texts.entries()) {
    const seq = index + 1;
    const tail = afterHash(head, seq);
    const front = text.slice(0, Math.max(0, text.length - tail.length - hashMemberLength));
    const hash = digest(front + tail);
    const its = changeAt(text, changePlace(text, 0));
    change ??= its;
    if (text !== front + hashMember(hash) + tail || its === undefined || its !== change)
      return { valid: false, at: seq, ...flawOf({ text, hash }, { seq, previous: head, change }) };
    if (!isCanonical(text))
      return { valid: false, at: seq, expected: 'canonical JSON', found: 'another text', because: 'it was rewritten' };
    head = hash;
  }
  return { valid: true, facts: texts.length, head };
}

function isCanonical(text: string): boolean {
  try {
    return canonical(JSON.parse(text) as Json) === text;
  } catch {
    return false; // it is not JSON, or has half a surrogate pair
  }
}
