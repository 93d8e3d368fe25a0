/**
 * A text of SQL is cut into statements without being understood: a semicolon ends one, unless it stands in a string, a
 * quoted name, a comment or a body. It is enough to run them one by one, to say where one stands, and to see whether one
 * begins or ends a transaction.
 */
export interface SqlStatement {
  readonly text: string;
  /** 0-based, in the text it was found in. */
  readonly offset: number;
}

/** Strings, quoted names, comments and bodies between dollars, within which a semicolon ends nothing. */
const token = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`/\*[\s\S]*?(?:\*/|$)`,
    String.raw`\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`,
    String.raw`'(?:[^']|'')*(?:'|$)`,
    String.raw`"(?:[^"]|"")*(?:"|$)`,
    String.raw`(?<dollar>(?<!\w)\$(?:[A-Za-z_]\w*)?\$)`,
    String.raw`(?<atomic>\bbegin\s+atomic\b)`,
    String.raw`(?<end>;)`,
  ].join('|'),
  'gi',
);

/** The statements of a text, each without its semicolon; what is only blank or comment is left out. */
export function statementsIn(text: string): readonly SqlStatement[] {
  const found: SqlStatement[] = [];
  let start = 0;
  const add = (end: number): void => {
    const piece = text.slice(start, end);
    const lead = leading.exec(piece)?.[0].length ?? 0;
    if (lead < piece.length) found.push({ text: piece.slice(lead).trimEnd(), offset: start + lead });
  };
  token.lastIndex = 0;
  for (let at = token.exec(text); at; at = token.exec(text)) {
    const { dollar, atomic, end } = at.groups ?? {};
    if (dollar !== undefined) {
      const close = text.indexOf(dollar, token.lastIndex);
      token.lastIndex = close < 0 ? text.length : close + dollar.length;
    } else if (atomic !== undefined) {
      const close = /\bend\s*(?=;|$)/gi;
      close.lastIndex = token.lastIndex;
      token.lastIndex = close.exec(text) ? close.lastIndex : text.length;
    } else if (end !== undefined) {
      add(at.index);
      start = token.lastIndex;
    }
  }
  add(text.length);
  return found;
}

/** Blanks and comments, nested ones too deep to matter here. */
const leading = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** Statements that end the transaction they run in, or begin another. */
export const controlsTransaction = (text: string): boolean =>
  statementsIn(text).some((one) =>
    /^(?:begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction)\b/i.test(
      one.text,
    ),
  );

/** 1-based line and column of a 0-based offset. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
