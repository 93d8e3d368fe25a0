/** Offsets in a text as lines and columns, and the parser's offsets in bytes as offsets in the text. */
export interface Places {
  /** 0-based offset in UTF-8 bytes to 0-based offset in the text. */
  offsetAt(byte: number): number;
  /** 1-based. */
  positionAt(offset: number): { readonly line: number; readonly column: number };
}

// oxlint-disable-next-line no-control-regex -- what is ASCII needs no counting
const ascii = /^[\0-\x7f]*$/;

/** Lines are looked for when the first position is asked for. */
export function placesIn(text: string): Places {
  const isAscii = ascii.test(text);
  let lines: readonly number[] | undefined;
  let bytes: readonly number[] | undefined;
  const starts = (): readonly number[] =>
    (lines ??= [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]);
  return {
    offsetAt(byte) {
      if (isAscii) return byte;
      bytes ??= byteStarts(text, starts());
      const line = lastAtMost(bytes, byte);
      let at = starts()[line] ?? 0;
      for (let count = bytes[line] ?? 0; count < byte && at < text.length;) {
        const point = text.codePointAt(at) ?? 0;
        count += width(point);
        at += point > 0xffff ? 2 : 1;
      }
      return at;
    },
    positionAt(offset) {
      const line = lastAtMost(starts(), offset);
      return { line: line + 1, column: offset - (starts()[line] ?? 0) + 1 };
    },
  };
}

const width = (point: number): number => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

function byteStarts(text: string, starts: readonly number[]): readonly number[] {
  const sizes: number[] = [0];
  let count = 0;
  let next = 1;
  for (let at = 0; at < text.length;) {
    const point = text.codePointAt(at) ?? 0;
    count += width(point);
    at += point > 0xffff ? 2 : 1;
    if (starts[next] === at) {
      sizes.push(count);
      next += 1;
    }
  }
  return sizes;
}

/** Index of the last entry that is not greater. */
function lastAtMost(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
