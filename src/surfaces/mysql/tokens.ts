/** One word, name, text, number or mark of MySQL. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'mark';
  /** Of a name, without its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const form = new RegExp(
  [
    String.raw`(?<quiet>\s+|--(?=\s|$)[^\n]*|#[^\n]*|/\*(?!M?!)[\s\S]*?(?:\*/|$)|/\*M?!\d*|\*/)`,
    String.raw`(?<text>[xXbBnN]?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"\\]|""|\\[\s\S])*(?:"|$))`,
    String.raw`\`(?<quoted>(?:[^\`]|\`\`)*)(?:\`|$)`,
    String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w$]))`,
    String.raw`(?<word>[\w$@\u0080-\uffff]+)`,
    String.raw`(?<mark>[\s\S])`,
  ].join('|'),
  'gy',
);

/** Comments that only MySQL runs are read as what they hold. */
export function tokensIn(sql: string, offset: number): readonly Token[] {
  const tokens: Token[] = [];
  form.lastIndex = 0;
  for (let found = form.exec(sql); found; found = form.exec(sql)) {
    const { text, quoted, number, word, mark } = found.groups ?? {};
    const at = { start: offset + found.index, end: offset + form.lastIndex };
    if (text !== undefined) tokens.push({ kind: 'text', text, ...at });
    else if (quoted !== undefined) tokens.push({ kind: 'name', text: quoted.replaceAll('``', '`'), ...at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, ...at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, ...at });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, ...at });
    if (form.lastIndex >= sql.length) break;
  }
  return tokens;
}

/** In one form for all ways of writing it: words in small letters, single blanks. */
export const textOf = (tokens: readonly Token[]): string =>
  tokens.map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : text)).join(' ');
