/** One file that holds the way there and the way back, as its tool marks them. */
export interface Section {
  readonly side: 'up' | 'down';
  /** 0-based offsets in the file. */
  readonly start: number;
  readonly end: number;
  readonly isTransactional: boolean;
}

interface Marks {
  /** One match for each section, at whose end the section begins; its first group says which it is. */
  readonly mark: RegExp;
  readonly sides: Readonly<Record<string, 'up' | 'down'>>;
  /** In the mark's own line, or anywhere in the file. */
  readonly noTransaction: RegExp;
}

const upDown = { up: 'up', down: 'down' } as const;
const never = /(?!)/;
/** goose, sql-migrate, dbmate, node-pg-migrate, Play evolutions, MyBatis, rambler. */
const tools: readonly Marks[] = [
  {
    mark: /^[ \t]*--[ \t]*\+goose[ \t]+(up|down)\b.*$/gim,
    sides: upDown,
    noTransaction: /\+goose[ \t]+no[ \t]+transaction/i,
  },
  { mark: /^[ \t]*--[ \t]*\+migrate[ \t]+(up|down)\b.*$/gim, sides: upDown, noTransaction: /\bnotransaction\b/i },
  { mark: /^[ \t]*--[ \t]*migrate:(up|down)\b.*$/gim, sides: upDown, noTransaction: /transaction:false/i },
  { mark: /^[ \t]*--+[ \t]*(up|down)[ \t]+migration\b.*$/gim, sides: upDown, noTransaction: never },
  { mark: /^[ \t]*(?:#|--)[ \t-]*!(ups|downs)\b.*$/gim, sides: { ups: 'up', downs: 'down' }, noTransaction: never },
  { mark: /^[ \t]*--[ \t]*rambler[ \t]+(up|down)\b.*$/gim, sides: upDown, noTransaction: never },
];
/** All above is the way there, all below the way back: tern, MyBatis migrations. */
const separator = /^[ \t]*(?:----[ \t]*create above \/ drop below[ \t]*----|--[ \t]*\/\/[ \t]*@UNDO)[ \t]*$/im;

/** None where the file is marked in no such way. */
export function sectionsOf(text: string): readonly Section[] {
  for (const { mark, sides, noTransaction } of tools) {
    const marks = [...text.matchAll(mark)];
    if (marks.length === 0) continue;
    return marks.flatMap((at, index): Section[] => {
      const side = sides[at[1]?.toLowerCase() ?? ''];
      const start = at.index + at[0].length;
      const end = marks[index + 1]?.index ?? text.length;
      const isWhole = noTransaction.source.includes('goose');
      return side ? [{ side, start, end, isTransactional: !noTransaction.test(isWhole ? text : at[0]) }] : [];
    });
  }
  const cut = separator.exec(text);
  if (!cut) return [];
  const below = cut.index + cut[0].length;
  return [
    { side: 'up', start: 0, end: cut.index, isTransactional: true },
    { side: 'down', start: below, end: text.length, isTransactional: true },
  ];
}
