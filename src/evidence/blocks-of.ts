export type EvidenceFile = string | Uint8Array | AsyncIterable<Uint8Array>;

const lineFeed = 10;
/** Room for one piece of a stream and what was left of the one before; much larger texts cost V8 more. */
const usual = 96 * 1024;
/** 48 MiB. A longer line is no record: nobody can make us hold all of a file. */
const longest = 2 ** 9 * usual;

/**
 * The file in blocks of whole lines; a block that does not end in a line feed is the end of the file, or part of a line
 * that is too long. A block may be written to, and is good until the next one is asked for.
 */
export async function* blocksOf(file: EvidenceFile): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  let own = new Uint8Array(usual);
  let held = 0;
  for await (const chunk of chunksOf(file))
    for (let from = 0; from < chunk.length;) {
      const piece = chunk.subarray(from, from + own.length - held);
      const whole = held + piece.lastIndexOf(lineFeed) + 1;
      const hasLineEnd = whole > held;
      own.set(piece, held);
      held += piece.length;
      from += piece.length;
      if (hasLineEnd) {
        yield own.subarray(0, whole);
        own.copyWithin(0, whole, held);
        held -= whole;
      } else if (held === longest) {
        yield own;
        held = 0;
      } else if (held === own.length) {
        const longer = new Uint8Array(2 * held);
        longer.set(own);
        own = longer;
      }
    }
  if (held > 0) yield own.subarray(0, held);
}

function chunksOf(file: EvidenceFile): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (typeof file !== 'string') return Symbol.asyncIterator in file ? file : [file];
  // half a surrogate pair has no bytes, and must not become those of another character
  return [new TextEncoder().encode(file.replaceAll(/\p{Surrogate}/gu, '\0'))];
}
