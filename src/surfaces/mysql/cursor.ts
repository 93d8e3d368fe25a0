import { textOf, type Token } from './tokens.ts';

/** Reads tokens from left to right. */
export class Cursor {
  readonly tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get isDone(): boolean {
    return this.#at >= this.tokens.length;
  }

  /** In small letters; empty at the end, and for a name or a text. */
  word(ahead = 0): string {
    const token = this.tokens[this.#at + ahead];
    return token && (token.kind === 'word' || token.kind === 'mark') ? token.text.toLowerCase() : '';
  }

  /** Passes over these words, if they stand here. */
  accept(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.word(ahead) === word)) return false;
    this.#at += words.length;
    return true;
  }

  /** Passes over one of these words. */
  acceptAny(...words: readonly string[]): string | undefined {
    return words.find((word) => this.accept(word));
  }

  next(): Token | undefined {
    const token = this.tokens[this.#at];
    this.#at += 1;
    return token;
  }

  /** Without its database. */
  name(): string {
    let name = this.next()?.text ?? '';
    while (this.accept('.')) name = this.next()?.text ?? '';
    return name;
  }

  /** What stands in brackets here, or nothing. */
  brackets(): readonly Token[] | undefined {
    if (!this.accept('(')) return undefined;
    const from = this.#at;
    for (let depth = 1; depth > 0 && !this.isDone;) {
      const { text } = this.next() ?? { text: '' };
      depth += text === '(' ? 1 : text === ')' ? -1 : 0;
    }
    return this.tokens.slice(from, this.#at - 1);
  }

  rest(): readonly Token[] {
    const rest = this.tokens.slice(this.#at);
    this.#at = this.tokens.length;
    return rest;
  }

  /** Up to one of these words outside of brackets, or to the end. */
  until(...words: readonly string[]): readonly Token[] {
    const from = this.#at;
    for (let depth = 0; !this.isDone; this.#at += 1) {
      const word = this.word();
      if (depth === 0 && words.includes(word)) break;
      depth += word === '(' ? 1 : word === ')' ? -1 : 0;
    }
    return this.tokens.slice(from, this.#at);
  }

  textUntil(...words: readonly string[]): string {
    return textOf(this.until(...words));
  }
}

/** Cut at the commas that stand in no bracket. */
export function parted(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const cursor = new Cursor(tokens);
  const parts: (readonly Token[])[] = [];
  while (!cursor.isDone) {
    parts.push(cursor.until(','));
    cursor.accept(',');
  }
  return parts;
}
