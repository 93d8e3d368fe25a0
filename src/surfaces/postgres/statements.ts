import type { Node } from '@pgsql/types';

import { innerQueries } from './inner-queries.ts';
import { placesIn } from './places.ts';
import { splitStatements, trimmed, type Span } from './split-statements.ts';

/** One statement, with its place in the text. */
export interface Statement extends Span {
  readonly node: Node;
  /** What a DO block does, as far as it can be read. */
  readonly inner?: { readonly statements: readonly Statement[]; readonly isWhole: boolean };
}
/** What the parser refuses. */
export interface Refused extends Span {
  readonly why: string;
}
/** Reads one statement after the other; one that is refused does not hide the others. */
export type Parse = (text: string) => Iterable<Statement | Refused>;

/** A tree takes some fifty times its text: what is longer is parsed in parts. */
const longestAtOnce = 64_000;
/** No hand wrote a longer statement; an INSERT of as many rows is read without them. */
const longestStatement = 256_000;

type Parser = Pick<typeof import('libpg-query'), 'parseSync' | 'parsePlPgSQLSync'>;

/** PostgreSQL's own grammar. Loaded when it is first needed. */
export async function loadParse(): Promise<Parse> {
  const parser = await import('libpg-query');
  await parser.loadModule();
  return (text) => statementsIn(parser, text);
}

function* statementsIn(parser: Parser, text: string): Iterable<Statement | Refused> {
  if (text.length <= longestAtOnce) {
    const whole = parseSpan(parser, text, { start: 0, end: text.length });
    if (whole.every((one) => 'node' in one)) {
      yield* whole;
      return;
    }
  }
  const spans = splitStatements(text);
  for (const group of text.length <= longestAtOnce ? [spans] : grouped(spans)) yield* parseGroup(parser, text, group);
}

function* parseGroup(parser: Parser, text: string, group: readonly Span[]): Iterable<Statement | Refused> {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return;
  if (group.length > 1) {
    const parsed = parseSpan(parser, text, { start: first.start, end: last.end });
    if (parsed.every((one) => 'node' in one)) {
      yield* parsed;
      return;
    }
  }
  for (const span of group) yield* parseSpan(parser, text, span);
}

/** Neighbours that may be parsed at once. */
function grouped(spans: readonly Span[]): readonly (readonly Span[])[] {
  const groups: Span[][] = [];
  for (const span of spans) {
    const group = groups.at(-1);
    if (group?.[0] && span.end - group[0].start <= longestAtOnce) group.push(span);
    else groups.push([span]);
  }
  return groups;
}

function parseSpan(parser: Parser, text: string, span: Span): readonly (Statement | Refused)[] {
  const given = text.slice(span.start, span.end);
  const sql = given.length > longestStatement ? withoutRows(given) : given;
  if (sql === undefined) return [{ ...span, why: `the statement is longer than ${longestStatement} characters` }];
  if (sql.trim() === '') return [];
  try {
    const { stmts } = parser.parseSync(sql);
    const places = placesIn(sql);
    return (stmts ?? []).flatMap(({ stmt, stmt_location = 0, stmt_len }): Statement[] => {
      const start = places.offsetAt(stmt_location);
      const at = trimmed(sql, {
        start,
        end: stmt_len === undefined ? sql.length : places.offsetAt(stmt_location + stmt_len),
      });
      if (!stmt || !at) return [];
      const inner = 'DoStmt' in stmt && innerStatements(parser, sql.slice(at.start, at.end));
      return [{ node: stmt, start: span.start + at.start, end: span.start + at.end, ...(inner && { inner }) }];
    });
  } catch (error) {
    return [{ ...span, why: error instanceof Error ? error.message : String(error) }];
  }
}

/** An INSERT of very many rows, or undefined. */
const withoutRows = (sql: string): string | undefined =>
  /^\s*insert\s+into\s+[\w."]+\s*(?:\([^()]*\)\s*)?values\b/i.exec(sql)?.[0].replace(/values$/i, 'select null');

function innerStatements(parser: Parser, sql: string): NonNullable<Statement['inner']> {
  try {
    const { queries, isWhole } = innerQueries(parser.parsePlPgSQLSync(sql));
    const parsed = queries.flatMap((query) => parseSpan(parser, query, { start: 0, end: query.length }));
    const statements = parsed.filter((one) => 'node' in one);
    return { statements, isWhole: isWhole && statements.length === parsed.length };
  } catch {
    return { statements: [], isWhole: false };
  }
}
