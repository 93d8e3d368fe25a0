import type { ChangeId, Hash } from '../model/ids.ts';
import { changeAt, changePlace, placeIn } from './layout.ts';

/** A line that is not the record that has to come next. */
export interface Line {
  readonly text: string;
  /** Of what is in it, without its own hash; `undefined` when it was too long to be read. */
  readonly hash: Hash | undefined;
}

export interface Flaw {
  readonly expected: string;
  readonly found: string;
  readonly because: string;
}

/** Why a line is not the next record. No text of the line is repeated: it may be anything, control characters too. */
export function flawOf(
  { text, hash }: Line,
  next: { readonly seq: number; readonly previous: Hash | null; readonly change: ChangeId | undefined },
): Flaw {
  const record = `record ${next.seq}`;
  if (hash === undefined) return { expected: record, found: 'a longer line', because: 'the line is too long' };
  const [, its = '', previous = null, seq] = placeIn.exec(text) ?? [];
  if (seq === undefined) return { expected: record, found: 'something else', because: 'the line is not a record' };
  if (seq !== String(next.seq))
    return { expected: record, found: `record ${seq}`, because: 'records are missing, repeated or in another order' };
  if (previous !== next.previous)
    return {
      expected: next.previous ?? 'no previous record',
      found: previous ?? 'no previous record',
      because: 'the record does not follow the one before it',
    };
  if (its !== hash) return { expected: its, found: hash, because: 'what is in the record is not what its hash is of' };
  return {
    expected: `change ${next.change ?? ''}`.trim(),
    found: `change ${changeAt(text, changePlace(text, 0)) ?? 'unknown'}`,
    because: 'the record does not belong to the change of the first one',
  };
}
