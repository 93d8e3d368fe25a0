import type { ChangeId, Hash } from '../model/ids.ts';
import { type EvidenceFile, blocksOf } from './blocks-of.ts';
import type { Line } from './flaw.ts';
import {
  afterHash,
  afterHashLength,
  changeAt,
  changeMember,
  changePlace,
  hashMember,
  hashMemberLength,
} from './layout.ts';
import type { Primitives } from './primitives.ts';

export interface Reading {
  /** How many records follow one another from the first line on, and the hash of the last of them. */
  readonly count: number;
  readonly head: Hash | null;
  readonly change: ChangeId | undefined;
  /** The line after them: the seal, if all is well. */
  readonly odd: Line | undefined;
  /** The last line, when that is yet another one. */
  readonly last: string | undefined;
  /** What stands behind the last line end. */
  readonly rest: string;
}

/** One character a byte, so that places in the text are places in the bytes. */
const decoder = new TextDecoder('latin1');

/** Reads the records of an evidence file, up to the first line that is not the next one, and then only the last line. */
export async function readFile(file: EvidenceFile, { sha256 }: Primitives): Promise<Reading> {
  let count = 0;
  let head: Hash | null = null;
  let change: ChangeId | undefined;
  let member = '';
  let odd: Line | undefined;
  let last: string | undefined;
  let rest = '';

  for await (const block of blocksOf(file)) {
    const text = decoder.decode(block);
    const ends = lineEndsIn(text);
    if (rest !== '') odd ??= { text: rest, hash: undefined };
    rest = text.slice((ends.at(-1) ?? -1) + 1);

    let line = 0;
    if (odd === undefined) {
      const hashes = await sha256(hashedIn(block, ends, count + 1));
      for (let start = 0; line < ends.length && odd === undefined; line++) {
        const end = ends[line] ?? 0;
        const hash: Hash = `sha256:${hashes[line] ?? ''}`;
        const tail = hashMember(hash) + afterHash(head, count + 1);
        const place = changePlace(text, start);
        if (change === undefined) {
          change = changeAt(text, place);
          member = change === undefined ? '\n' : changeMember(change);
        }
        if (
          text.slice(Math.max(start, end - tail.length), end) === tail &&
          text.slice(place, place + member.length) === member
        ) {
          count++;
          head = hash;
        } else odd = { text: text.slice(start, end), hash };
        start = end + 1;
      }
    }
    if (line < ends.length) last = text.slice((ends.at(-2) ?? -1) + 1, ends.at(-1));
  }
  return { count, head, change, odd, last, rest };
}

function lineEndsIn(text: string): readonly number[] {
  const ends: number[] = [];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) ends.push(end);
  return ends;
}

/**
 * What the hash of each line is of: the record without its own hash. That member is overwritten in the block.
 * @param seq of the first line
 */
function hashedIn(block: Uint8Array<ArrayBuffer>, ends: readonly number[], seq: number): Uint8Array<ArrayBuffer>[] {
  let start = 0;
  return ends.map((end, line) => {
    const cut = Math.max(start, end - afterHashLength(seq + line) - hashMemberLength);
    block.copyWithin(cut, cut + hashMemberLength, end);
    const hashed = block.subarray(start, end - hashMemberLength);
    start = end + 1;
    return hashed;
  });
}
