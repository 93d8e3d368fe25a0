import { make, refuse, type Context } from '../postgres/catalog/context.ts';
import { drop } from '../postgres/catalog/drop.ts';
import { findRelation, freeRelation, relationNamed } from '../postgres/catalog/relations.ts';
import type { Thing } from '../postgres/catalog/thing.ts';
import { Cursor, parted } from './cursor.ts';
import { definitionOf, type Definition } from './definitions.ts';
import { addIndex, addKey, addPrimary } from './keys.ts';
import { textOf, type Token } from './tokens.ts';

/** `CREATE TABLE`, what stands after it. */
export function createTable(context: Context, cursor: Cursor, sql: string, isTemporary: boolean): void {
  const isOptional = cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  if (isOptional && findRelation(context, undefined, name)) return;
  const schema = isTemporary ? 'pg_temp' : 'public';
  freeRelation(context, schema, name);
  const inside = cursor.brackets();
  const like = cursor.accept('like')
    ? cursor.name()
    : inside && new Cursor(inside).accept('like')
      ? inside[1]?.text
      : undefined;
  const table = make(context, {
    kind: 'table',
    schema,
    name,
    sql,
    data: [],
    facts: { options: optionsOf(cursor.until('as', 'select')) },
  });
  if (like !== undefined) {
    for (const { name: column, facts } of context.catalog.parts(relationNamed(context, undefined, like).oid, 'column'))
      make(context, { kind: 'column', parent: table.oid, name: column, facts, data: ['NULL'] });
    return;
  }
  const keys: (readonly Token[])[] = [];
  for (const part of parted(inside ?? [])) if (!addElement(context, table, part)) keys.push(part);
  for (const part of keys) addKey(context, table, new Cursor(part));
}

/** What tells one table from another in a dump: not where its numbers have got to. */
function optionsOf(tokens: readonly Token[]): string {
  return textOf(tokens)
    .replaceAll(/\bauto_increment ?=? ?\d+/g, '')
    .replaceAll(/ ?= ?/g, ' ')
    .trim();
}

const keyWords = /^(?:primary|unique|key|index|fulltext|spatial|constraint|foreign|check)$/i;
function addElement(context: Context, table: Thing, part: readonly Token[]): boolean {
  const [first] = part;
  if (first?.kind === 'word' && keyWords.test(first.text)) return false;
  const cursor = new Cursor(part);
  addColumn(context, table, definitionOf(cursor.name(), cursor));
  return true;
}

export function addColumn(context: Context, table: Thing, { name, facts, isPrimary, isUnique }: Definition): Thing {
  if (context.catalog.part('column', table.oid, name)) refuse(context, `Duplicate column name '${name}'`);
  const given = facts['default'];
  const filled = typeof given === 'string' ? given : facts['notNull'] === true ? 'the empty value' : 'NULL';
  const column = make(context, {
    kind: 'column',
    parent: table.oid,
    name,
    facts,
    data: [facts['generated'] === undefined ? filled : 'generated'],
  });
  const key: readonly Token[] = [{ kind: 'name', text: name, start: 0, end: 0 }];
  if (isPrimary) addPrimary(context, table, key);
  if (isUnique) addIndex(context, table, undefined, true, key);
  return column;
}

/** `DROP TABLE`, what stands after it. */
export function dropTables(context: Context, cursor: Cursor, kind: 'table' | 'view'): void {
  const isOptional = cursor.accept('if', 'exists');
  const roots = parted(cursor.until('restrict', 'cascade')).flatMap((part) => {
    const name = new Cursor(part).name();
    const found = findRelation(context, undefined, name);
    return found ?? (isOptional && context.catalog.hasHistory ? [] : relationNamed(context, undefined, name, kind));
  });
  drop(context, roots, false);
}
