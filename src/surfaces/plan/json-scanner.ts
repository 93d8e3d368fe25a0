import { Fault } from '../../model/fault.ts';

/** 1-based; the column counts characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A value of the root object, or an element of an array in it: its bytes, and where it begins. */
export interface Found {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly at: Place;
}

/** What is wanted of the root object, by key: the value as it is, or the elements of the array one by one. */
export type Wanted = Readonly<Record<string, 'value' | 'elements'>>;

/** Deeper than any value a provider makes, so that what walks the values may recurse. */
const deepest = 256;
/** Bytes of one element. */
const longest = 64 * 1024 * 1024;

/** In this order: what is less than `newline` says nothing inside a value. */
const kinds = {
  space: 1,
  comma: 2,
  newline: 3,
  quote: 4,
  open: 5,
  close: 6,
  backslash: 7,
  more: 8,
  control: 9,
} as const;
const { quote, backslash, more, control, open, close, comma, newline, space } = kinds;

/** What a byte means outside of a string; 0 is a part of a number or a word, or a colon. */
const outside = new Uint8Array(256);
/** What a byte means in a string; 0 is a character, `more` all but the first byte of one. */
const inside = new Uint8Array(256).fill(control, 0, 0x20).fill(more, 0x80, 0xc0);
inside[0x22] = quote;
inside[0x5c] = backslash;
const meanings = { quote: '"', open: '{[', close: '}]', comma: ',', newline: '\n', space: ' \t\r:' } as const;
for (const [kind, characters] of Object.entries(meanings))
  for (const character of characters) outside[character.charCodeAt(0)] = kinds[kind as keyof typeof meanings];

/**
 * Finds values in JSON of any length without holding more than one of them: it follows depth and strings from the first
 * byte on, in chunks of any size. It finds bounds; whether what lies between them is JSON is for the parser to say.
 */
export class JsonScanner {
  readonly #wanted: Wanted;
  readonly #path: string;
  readonly #opened = new Uint8Array(deepest + 1);
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isRootRead = false;
  /** The depth at which tokens are looked at: that of the root's keys and values, or of the elements of a wanted array. */
  #watched = 1;
  #expectsKey = true;
  #key = '';
  #captured: 'nothing' | 'key' | 'scalar' | 'value' = 'nothing';
  #pieces: Uint8Array[] = [];
  #begins: Place = { line: 1, column: 1 };
  #line = 1;
  /** Offset of the line's first byte, and how many bytes of it so far are not a character of their own. */
  #lineStart = 0;
  #rests = 0;
  /** Offset of the chunk, and where in it the captured value begins. */
  #offset = 0;
  #start = 0;
  #kept = 0;

  constructor(wanted: Wanted, path: string) {
    this.#wanted = wanted;
    this.#path = path;
  }

  /** What ends in this chunk; the bytes are valid until the chunk is reused. Faults: `invalid-input`. */
  push(chunk: Uint8Array): readonly Found[] {
    const found: Found[] = [];
    const end = chunk.length;
    this.#start = 0;
    for (let i = this.#isInString ? this.#string(chunk, 0, found) + 1 : 0; i < end; i++) {
      const byte = chunk[i] ?? 0;
      const kind = outside[byte];
      if (this.#depth > this.#watched) {
        i = this.#skip(chunk, i, found);
        continue;
      }
      if (this.#captured === 'scalar' && kind !== 0) this.#finish(chunk, i, found);
      if (kind === space) continue;
      if (kind === newline) this.#breakLine(i);
      else if (kind === comma) this.#expectsKey ||= this.#depth === 1;
      else if (kind === close) this.#close(byte, i, chunk, found);
      else {
        if (this.#captured === 'nothing' && this.#depth <= this.#watched) this.#begin(byte, i);
        if (kind === quote) {
          this.#isInString = true;
          i = this.#string(chunk, i + 1, found);
        } else if (kind === open) this.#open(byte, i);
      }
    }
    if (this.#captured !== 'nothing') this.#keep(chunk.subarray(this.#start));
    this.#offset += end;
    return found;
  }

  /** Faults: `invalid-input` where the text ends before its root object does. */
  end(): void {
    if (!this.#isRootRead) throw this.#fault(this.#depth === 0 ? 'it is empty' : 'it is cut off here', 0);
  }

  /** Through a value, to its last bracket: the index of that, or of the chunk's end. Most bytes are read here. */
  #skip(chunk: Uint8Array, from: number, found: Found[]): number {
    const end = chunk.length;
    for (let i = from; i < end; i++) {
      const kind = outside[chunk[i] ?? 0] ?? 0;
      if (kind < newline) continue;
      if (kind === quote) {
        this.#isInString = true;
        i = this.#string(chunk, i + 1, found);
      } else if (kind === newline) this.#breakLine(i);
      else if (kind === open) this.#open(chunk[i] ?? 0, i);
      else {
        this.#close(chunk[i] ?? 0, i, chunk, found);
        if (this.#depth <= this.#watched) return i;
      }
    }
    return end;
  }

  /** The index of the quote that ends the string, or of the chunk's end. */
  #string(chunk: Uint8Array, from: number, found: Found[]): number {
    const end = chunk.length;
    let i = from;
    if (this.#isEscaped && i < end) {
      this.#isEscaped = false;
      i++;
    }
    for (; i < end; i++) {
      const kind = inside[chunk[i] ?? 0];
      if (kind === 0) continue;
      if (kind === quote) {
        this.#isInString = false;
        if (this.#depth === this.#watched && this.#captured !== 'nothing') this.#finish(chunk, i + 1, found);
        return i;
      }
      if (kind === more) this.#rests++;
      else if (kind === control) throw this.#fault('a line or a control character is inside a string', i);
      else if (i + 1 === end) this.#isEscaped = true;
      else i++;
    }
    return end;
  }

  #open(byte: number, i: number): void {
    if (this.#depth === deepest) throw this.#fault(`it is nested deeper than ${deepest} levels`, i);
    this.#opened[++this.#depth] = byte;
  }

  #close(byte: number, i: number, chunk: Uint8Array, found: Found[]): void {
    // `{` and `}`, and `[` and `]`, are two apart
    if (this.#depth === 0 || this.#opened[this.#depth] !== byte - 2)
      throw this.#fault('a bracket is closed that was not opened', i);
    this.#depth--;
    if (this.#depth === this.#watched && this.#captured !== 'nothing') this.#finish(chunk, i + 1, found);
    else if (this.#depth < this.#watched) this.#watched = 1;
    this.#isRootRead = this.#depth === 0;
  }

  /** A token begins that may be a key or a wanted value. */
  #begin(byte: number, i: number): void {
    if (this.#depth === 0) return this.#enter(byte, i);
    const isElement = this.#watched === 2;
    if (!isElement && this.#expectsKey && byte !== 0x22) throw this.#fault('a key is missing', i);
    const wanted = isElement ? 'value' : this.#expectsKey ? 'key' : this.#wanted[this.#key];
    if (!isElement) this.#expectsKey = false;
    if (wanted === 'elements' && byte === 0x5b) this.#watched = 2;
    if (wanted === undefined || wanted === 'elements') return;
    this.#captured = wanted === 'key' ? 'key' : outside[byte] === 0 ? 'scalar' : 'value';
    this.#begins = this.#placeOf(i);
    this.#start = i;
  }

  #enter(byte: number, i: number): void {
    const isMark = this.#offset + i < 3 && (byte === 0xef || byte === 0xbb || byte === 0xbf);
    if (isMark) return;
    if (this.#isRootRead) throw this.#fault('something follows the end of the JSON', i);
    if (byte === 0xff || byte === 0xfe) throw this.#fault('it is encoded in UTF-16, not in UTF-8', i);
    if (byte !== 0x7b) throw this.#fault('it is not a JSON object', i);
  }

  #finish(chunk: Uint8Array, to: number, found: Found[]): void {
    const last = chunk.subarray(this.#start, to);
    const bytes = this.#pieces.length === 0 ? last : Buffer.concat([...this.#pieces, last]);
    if (this.#captured === 'key') this.#key = this.#keyIn(bytes);
    else found.push({ key: this.#key, bytes, at: this.#begins });
    this.#captured = 'nothing';
    this.#pieces = [];
    this.#kept = 0;
  }

  #keyIn(bytes: Uint8Array): string {
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as string;
    } catch {
      throw new Fault('invalid-input', `${this.#path} cannot be read as JSON: a key is not a string.`, {
        at: `${this.#path}:${this.#begins.line}:${this.#begins.column}`,
      });
    }
  }

  /** The chunk ends inside a value: what there is of it is copied, since the chunk may be used again. */
  #keep(piece: Uint8Array): void {
    this.#kept += piece.length;
    if (this.#kept > longest) throw this.#fault(`one value is longer than ${longest / 1024 / 1024} MiB`, piece.length);
    this.#pieces.push(Uint8Array.from(piece));
  }

  #breakLine(i: number): void {
    this.#line++;
    this.#lineStart = this.#offset + i + 1;
    this.#rests = 0;
  }

  #placeOf(i: number): Place {
    return { line: this.#line, column: this.#offset + i - this.#lineStart - this.#rests + 1 };
  }

  #fault(why: string, i: number): Fault {
    const { line, column } = this.#placeOf(i);
    return new Fault('invalid-input', `${this.#path} cannot be read as JSON: ${why}.`, {
      at: `${this.#path}:${line}:${column}`,
    });
  }
}
