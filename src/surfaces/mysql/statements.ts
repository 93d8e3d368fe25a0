import type { Node } from '@pgsql/types';

import type { Refused, Statement } from '../postgres/statements.ts';
import { Cursor } from './cursor.ts';
import { tokensIn, type Token } from './tokens.ts';

export interface MySqlStatement extends Statement {
  readonly tokens: readonly Token[];
}
export const tokensOf = (statement: Statement): readonly Token[] =>
  'tokens' in statement ? (statement as MySqlStatement).tokens : [];

/** Longer ones are rows that are loaded. */
const mostTokens = 200_000;
const delimiterLine = /^[ \t]*delimiter[ \t]+(\S+)[ \t]*$/gim;

/** One statement after the other, as the client cuts them: by what DELIMITER says. */
export function* parse(text: string): Iterable<MySqlStatement | Refused> {
  let start = 0;
  let delimiter = ';';
  for (const line of [...text.matchAll(delimiterLine), undefined]) {
    const section = text.slice(start, line?.index ?? text.length);
    if (delimiter === ';') yield* statementsIn(section, start);
    else for (const piece of cutAt(section, delimiter)) yield* made(tokensIn(piece.text, start + piece.start));
    if (!line) break;
    start = line.index + line[0].length;
    delimiter = line[1] ?? ';';
  }
}

const quiet =
  /'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"\\]|""|\\[\s\S])*(?:"|$)|`[^`]*(?:`|$)|--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;

/** Cut at a delimiter of one's own, outside of texts, names and comments. */
function* cutAt(text: string, delimiter: string): Iterable<{ readonly text: string; readonly start: number }> {
  let start = 0;
  for (let at = 0; at < text.length;) {
    quiet.lastIndex = at;
    if (text.startsWith(delimiter, at)) {
      yield { text: text.slice(start, at), start };
      start = at + delimiter.length;
      at = start;
    } else at = quiet.test(text) ? quiet.lastIndex : at + 1;
  }
  yield { text: text.slice(start), start };
}

function* statementsIn(text: string, offset: number): Iterable<MySqlStatement | Refused> {
  let tokens: Token[] = [];
  let blocks = 0;
  const all = tokensIn(text, offset);
  for (const [at, token] of all.entries()) {
    if (token.text !== ';' || token.kind !== 'mark' || blocks > 0) {
      tokens.push(token);
      if (isRoutine(tokens)) blocks = Math.max(0, blocks + blockStep(token, all[at - 1], all[at + 1]));
      continue;
    }
    yield* made(tokens);
    tokens = [];
  }
  yield* made(tokens);
}

function* made(tokens: readonly Token[]): Iterable<MySqlStatement | Refused> {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (!first || !last) return;
  const span = { start: first.start, end: last.end };
  if (tokens.length > mostTokens) yield { ...span, why: `the statement has more than ${mostTokens} words` };
  else yield { ...span, node: nodeOf(tokens), tokens };
}

/** The body of a routine holds statements of its own. */
const isRoutine = (tokens: readonly Token[]): boolean =>
  tokens[0]?.text.toLowerCase() === 'create' &&
  tokens.slice(1, 12).some(({ text }) => /^(?:trigger|procedure|function|event)$/i.test(text));

const inside = /^(?:if|loop|while|repeat)$/i;
function blockStep({ kind, text }: Token, before: Token | undefined, next: Token | undefined): number {
  const word = kind === 'word' ? text.toLowerCase() : '';
  if (word === 'begin' || (word === 'case' && !/^end$/i.test(before?.text ?? ''))) return 1;
  return word === 'end' && !inside.test(next?.text ?? '') ? -1 : 0;
}

/** The kind of a statement, in the words that rules ask by. */
function nodeOf(tokens: readonly Token[]): Node {
  const cursor = new Cursor(tokens);
  const table = (words: number): string => new Cursor(tokens.slice(words)).name();
  if (cursor.accept('truncate')) return { TruncateStmt: {} };
  if (cursor.accept('insert') || cursor.accept('replace')) return { InsertStmt: {} };
  if (cursor.accept('update')) return { UpdateStmt: {} };
  if (cursor.accept('delete', 'from')) return { DeleteStmt: { relation: { relname: table(2) } } };
  if (cursor.accept('drop', 'index')) return { DropStmt: { removeType: 'OBJECT_INDEX' } };
  if (cursor.accept('drop')) return { DropStmt: { removeType: 'OBJECT_TABLE' } };
  if (cursor.accept('rename')) return { RenameStmt: {} };
  if (cursor.accept('alter')) return { AlterTableStmt: {} };
  if (cursor.accept('grant')) return { GrantStmt: { is_grant: true } };
  if (cursor.accept('revoke')) return { GrantStmt: {} };
  return { CallStmt: {} };
}
