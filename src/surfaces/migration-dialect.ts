import type { MigrationDialect } from './migration-name.ts';

const quiet = /--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|''|\\.)*'/g;
const signs: readonly (readonly [MigrationDialect, RegExp])[] = [
  [
    'postgres',
    /\$\$|\$\w+\$|::\s*\w|\bserial\b|\bjsonb\b|\bplpgsql\b|\btimestamptz\b|\breturning\b|\bbytea\b|\bcreate\s+extension\b/i,
  ],
  ['other', /\bpragma\s+\w|\bautoincrement\b|\bwithout\s+rowid\b|^go\s*$|\bnvarchar\s*\(\s*max\b/im],
  [
    'mysql',
    /`\w+`|\bauto_increment\b|\bengine\s*=|\bunsigned\b|\b(?:modify|change)\s+column\b|^delimiter\b|\bmediumtext\b/im,
  ],
];
/** A sign of a dialect stands at the beginning, if anywhere. */
const enough = 200_000;

/** By words that only one dialect has, outside of comments and strings; PostgreSQL where none tells. */
export function dialectIn(text: string): MigrationDialect {
  if (
    !/`|\b(?:pragma|auto_?increment|engine|unsigned|modify|change|delimiter|mediumtext|rowid|nvarchar|go)\b/i.test(text)
  )
    return 'postgres';
  const bare = text.slice(0, enough).replaceAll(quiet, ' ');
  return signs.find(([, sign]) => sign.test(bare))?.[0] ?? 'postgres';
}
