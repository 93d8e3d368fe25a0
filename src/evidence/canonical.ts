/**
 * The one way in which Recourse writes JSON that is hashed, signed or compared: the canonical form of RFC 8785. Keys
 * stand in the order of their UTF-16 code units, numbers and texts as ECMAScript writes them, without white space.
 */
import canonicalize from 'canonicalize';

import { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';

/** Faults: `invalid-input` for what RFC 8785 cannot write (half a surrogate pair, NaN, Infinity, a cycle). */
export function canonical(value: Json): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new Fault('invalid-input', `The value cannot be recorded: ${(cause as Error).message}.`, { cause });
  }
  if (text === undefined) throw new Fault('bug', 'The value cannot be recorded: it is not JSON.');
  return text;
}
