/** 0-based, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const quiet = String.raw`--[^\n]*|/\*[\s\S]*?(?:\*/|$)|[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)`;
const token = new RegExp(
  String.raw`${quiet}|(?<dollar>\$(?:[A-Za-z_]\w*)?\$)|(?<mark>[();])|(?<word>\b(?:begin\s+atomic|case|end)\b)`,
  'gi',
);

/**
 * Cuts SQL at the semicolons that end a statement: not those in strings, comments, bodies of functions or brackets. For
 * texts that the parser refuses as a whole, or that are too long to be parsed at once.
 */
export function splitStatements(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  let depth = 0;
  let atomic = 0;
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const { dollar, mark, word } = found.groups ?? {};
    const end = found.index + found[0].length;
    if (dollar !== undefined) {
      const close = text.indexOf(dollar, end);
      token.lastIndex = close < 0 ? text.length : close + dollar.length;
    } else if (mark === '(') depth += 1;
    else if (mark === ')') depth = Math.max(0, depth - 1);
    else if (mark === ';' && depth === 0 && atomic === 0) {
      spans.push({ start, end: end - 1 });
      start = end;
    } else if (word !== undefined) atomic = atomicDepth(atomic, word.toLowerCase());
  }
  spans.push({ start, end: text.length });
  return spans.flatMap((span) => trimmed(text, span) ?? []);
}

/** `BEGIN ATOMIC … END` holds statements, and CASE has an END of its own. */
function atomicDepth(depth: number, word: string): number {
  if (word.startsWith('begin')) return depth + 1;
  if (depth === 0) return 0;
  return word === 'case' ? depth + 1 : depth - 1;
}

const before = /(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)*/y;

/** Without the blanks and comments in front of it; undefined where nothing is left. */
export function trimmed(text: string, { start, end }: Span): Span | undefined {
  before.lastIndex = start;
  before.exec(text);
  const first = Math.max(start, before.lastIndex);
  if (first >= end) return undefined;
  let last = end;
  while (last > first && /\s/.test(text[last - 1] ?? '')) last -= 1;
  return last > first ? { start: first, end: last } : undefined;
}
