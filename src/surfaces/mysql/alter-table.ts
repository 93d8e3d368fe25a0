import { assume, change, changeFacts, refuse, type Context } from '../postgres/catalog/context.ts';
import { drop } from '../postgres/catalog/drop.ts';
import { columnOf, freeRelation, relationNamed } from '../postgres/catalog/relations.ts';
import { dataOf, mark, type Kind, type Oid, type Thing } from '../postgres/catalog/thing.ts';
import { Cursor, parted } from './cursor.ts';
import { definitionOf, type Definition } from './definitions.ts';
import { keepsValues } from './keeps-values.ts';
import { addKey } from './keys.ts';
import { addColumn } from './tables.ts';
import { textOf, type Token } from './tokens.ts';

/**
 * `ALTER TABLE`, what stands after it.
 *
 * @returns whether every part of it was followed
 */
export function alterTable(context: Context, cursor: Cursor): boolean {
  const { oid } = relationNamed(context, undefined, cursor.name());
  return parted(cursor.rest())
    .map((part) => alter(context, oid, new Cursor(part)))
    .every(Boolean);
}

function alter(context: Context, oid: Oid, cursor: Cursor): boolean {
  const table = context.catalog.get(oid);
  if (!table) return false;
  if (cursor.accept('add')) return add(context, table, cursor);
  if (cursor.accept('drop')) return dropPart(context, table, cursor);
  if (cursor.accept('modify')) return redefine(context, table, cursor, false);
  if (cursor.accept('change')) return redefine(context, table, cursor, true);
  if (cursor.accept('rename')) return rename(context, table, cursor);
  if (cursor.accept('alter')) return alterPart(context, table, cursor);
  if (cursor.accept('convert', 'to')) return convert(context, table, textOf(cursor.rest()));
  if (/^(?:truncate|exchange)$/.test(cursor.word())) {
    change(context, table, { data: dataOf(table).map((source) => `part of ${source}`) });
    return true;
  }
  return setOption(context, table, textOf(cursor.rest()));
}

function add(context: Context, table: Thing, cursor: Cursor): boolean {
  if (cursor.accept('partition')) return true;
  if (addKey(context, table, cursor)) return true;
  cursor.accept('column');
  const isOptional = cursor.accept('if', 'not', 'exists');
  const several = cursor.brackets();
  for (const part of several ? parted(several) : [cursor.rest()]) {
    const own = new Cursor(part);
    const definition = definitionOf(own.name(), own);
    if (!isOptional || !context.catalog.part('column', table.oid, definition.name))
      addColumn(context, table, definition);
  }
  return true;
}

function dropPart(context: Context, table: Thing, cursor: Cursor): boolean {
  if (cursor.accept('partition')) {
    change(context, table, { data: dataOf(table).map((source) => `part of ${source}`) });
    return true;
  }
  if (cursor.accept('primary', 'key')) drop(context, [partOf(context, table, 'constraint', 'PRIMARY')], true);
  else if (cursor.acceptAny('index', 'key')) dropIndex(context, table, cursor);
  else if (cursor.accept('foreign', 'key') || cursor.acceptAny('constraint', 'check')) {
    if (!passOver(context, table, 'constraint', cursor))
      drop(context, [keyOrIndex(context, table, cursor.name())], true);
  } else {
    cursor.accept('column');
    if (!passOver(context, table, 'column', cursor))
      dropColumn(context, table, columnOf(context, table, cursor.name()));
  }
  return true;
}

/** `IF EXISTS`, and it does not. */
function passOver(context: Context, table: Thing, kind: Kind, cursor: Cursor): boolean {
  return (
    cursor.accept('if', 'exists') &&
    !context.catalog.part(kind, table.oid, cursor.tokens.at(-1)?.text ?? '') &&
    context.catalog.hasHistory
  );
}

export function dropIndex(context: Context, table: Thing, cursor: Cursor): void {
  const isOptional = cursor.accept('if', 'exists');
  const name = cursor.name();
  const found = context.catalog.relation(table.name, name);
  if (!found && isOptional) return;
  if (!found && context.catalog.isComplete) refuse(context, `Can't DROP '${name}'; check that column/key exists`);
  drop(
    context,
    [
      found ??
        assume(context, { kind: 'index', schema: table.name, parent: table.oid, name, facts: { unique: false } }),
    ],
    true,
  );
}

/** An index loses the column, and goes with its last one. */
function dropColumn(context: Context, table: Thing, column: Thing): void {
  for (const index of context.catalog.parts(table.oid)) {
    const left = index.goesWith.filter((oid) => oid !== column.oid);
    if (left.length === index.goesWith.length || left.length === 0) continue;
    const on =
      typeof index.facts['on'] === 'string'
        ? index.facts['on']
            .split(', ')
            .filter((one) => !one.includes(mark(column.oid)))
            .join(', ')
        : undefined;
    change(context, index, { goesWith: left, facts: { ...index.facts, on } });
  }
  drop(context, [column], false);
}

const partOf = (context: Context, table: Thing, kind: Kind, name: string): Thing => {
  const found = context.catalog.part(kind, table.oid, name);
  if (found) return found;
  if (context.catalog.isComplete) refuse(context, `Can't DROP '${name}'; check that column/key exists`);
  return assume(context, { kind, parent: table.oid, schema: table.schema, name });
};
const keyOrIndex = (context: Context, table: Thing, name: string): Thing =>
  context.catalog.part('constraint', table.oid, name) ??
  context.catalog.relation(table.name, name) ??
  partOf(context, table, 'constraint', name);

/** MODIFY and CHANGE say the whole column anew: what they leave out, it loses. */
function redefine(context: Context, table: Thing, cursor: Cursor, isRenamed: boolean): boolean {
  cursor.accept('column');
  const column = columnOf(context, table, cursor.name());
  const definition = definitionOf(isRenamed ? cursor.name() : column.name, cursor);
  setColumn(context, table, column, definition);
  return true;
}

function setColumn(context: Context, table: Thing, column: Thing, { name, facts }: Definition): void {
  const primary = context.catalog.part('constraint', table.oid, 'PRIMARY');
  const notNull = facts['notNull'] === true || primary?.goesWith.includes(column.oid) === true;
  const [from, to] = [column.facts['type'], facts['type']];
  const isKept = from === to || (typeof from === 'string' && typeof to === 'string' && keepsValues(from, to));
  const there = `|${String(to)}>${String(from)}`;
  const data = dataOf(column).map((value) =>
    from === to
      ? value
      : value.endsWith(there)
        ? value.slice(0, -there.length)
        : `${value}|${isKept ? '' : 'lossy '}${String(from ?? '?')}>${String(to)}`,
  );
  change(context, column, { name, facts: { ...facts, notNull }, ...(from !== to && { data }) });
}

function rename(context: Context, table: Thing, cursor: Cursor): boolean {
  if (cursor.accept('column')) {
    const column = columnOf(context, table, cursor.name());
    cursor.accept('to');
    change(context, column, { name: cursor.name() });
  } else if (cursor.acceptAny('index', 'key')) {
    const old = cursor.name();
    const index =
      context.catalog.relation(table.name, old) ??
      assume(context, { kind: 'index', schema: table.name, parent: table.oid, name: old });
    cursor.accept('to');
    change(context, index, { name: cursor.name() });
  } else {
    cursor.acceptAny('to', 'as');
    renameTable(context, table, cursor.name());
  }
  return true;
}

export function renameTable(context: Context, table: Thing, name: string): void {
  freeRelation(context, table.schema, name);
  for (const index of context.catalog.parts(table.oid, 'index')) change(context, index, { schema: name });
  change(context, table, { name });
}

function alterPart(context: Context, table: Thing, cursor: Cursor): boolean {
  if (cursor.accept('index')) {
    const name = cursor.name();
    const index =
      context.catalog.relation(table.name, name) ??
      assume(context, { kind: 'index', schema: table.name, parent: table.oid, name });
    changeFacts(context, index, { invisible: cursor.accept('invisible') ? true : undefined });
    return true;
  }
  if (cursor.acceptAny('check', 'constraint')) {
    changeFacts(context, partOf(context, table, 'constraint', cursor.name()), {
      enforced: cursor.accept('not', 'enforced') ? false : undefined,
    });
    return true;
  }
  cursor.accept('column');
  const column = columnOf(context, table, cursor.name());
  if (cursor.accept('drop', 'default')) changeFacts(context, column, { default: undefined });
  else if (cursor.accept('set', 'default')) changeFacts(context, column, { default: valueText(cursor.rest()) });
  else return false;
  return true;
}

const valueText = (tokens: readonly Token[]): string | undefined => {
  const text = textOf(tokens);
  return text === 'null' ? undefined : text;
};

/** Texts that the smaller set cannot hold become question marks. */
function convert(context: Context, table: Thing, to: string): boolean {
  changeFacts(context, table, { options: to });
  for (const column of context.catalog.parts(table.oid, 'column'))
    if (/^(?:var)?char|text|^enum|^set/.test(String(column.facts['type'] ?? '')))
      change(context, column, { data: dataOf(column).map((value) => `${value}|lossy charset>${to}`) });
  return true;
}

const silent =
  /^(?:algorithm|lock|force|order|disable|enable|with|without|auto_increment|analyze|check|optimize|rebuild|repair|discard|import|reorganize|coalesce|comment|engine|row_format|default|character|charset|collate|key_block_size|compression|encryption|partition|remove|stats_\w+|tablespace|avg_row_length|checksum|connection|delay_key_write|max_rows|min_rows|pack_keys|union)\b/;
function setOption(context: Context, table: Thing, text: string): boolean {
  const isKept = /^(?:comment|engine|row_format|default|character|charset|collate)\b/.test(text);
  if (isKept) changeFacts(context, table, { [`option ${text.split(' ')[0]}`]: text.replaceAll(/ ?= ?/g, ' ') });
  return text === '' || silent.test(text);
}
