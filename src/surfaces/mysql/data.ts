import { insertedMark } from '../postgres/catalog/condition.ts';
import { change, type Context } from '../postgres/catalog/context.ts';
import { loseRows } from '../postgres/catalog/lost-rows.ts';
import { columnOf, findRelation, relationNamed } from '../postgres/catalog/relations.ts';
import { dataOf, ownData, type Thing } from '../postgres/catalog/thing.ts';
import { Cursor, parted } from './cursor.ts';
import { namesIn } from './definitions.ts';
import { textOf, type Token } from './tokens.ts';

const mostMarks = 1000;
const mostValues = 4;
const longestValue = 300;

export function update(context: Context, cursor: Cursor): void {
  cursor.acceptAny('low_priority', 'ignore');
  const target = cursor.until('set');
  const isJoined = target.some(({ text }) => /^(?:join|,)$/i.test(text));
  const table = relationNamed(context, undefined, new Cursor(target).name());
  cursor.accept('set');
  const sets = parted(cursor.until('where', 'order', 'limit'));
  const where = cursor.accept('where') ? cursor.rest() : undefined;
  if (where && isNever(context, table, where)) return;
  for (const set of sets) {
    const own = new Cursor(set);
    const column = columnOf(context, table, own.name());
    own.accept('=');
    const value = valueOf(context, table, own.rest());
    const old = dataOf(column);
    const isWhole = where === undefined || isJoined || old.join() === 'NULL';
    change(context, context.catalog.get(column.oid) ?? column, {
      data: isWhole ? [value] : [...new Set([...old, value])].slice(0, mostValues),
    });
  }
}

/** A column by itself stands for its values. */
function valueOf(context: Context, table: Thing, tokens: readonly Token[]): string {
  const names = namesIn(tokens);
  const column =
    names.length === 1 && tokens.length <= 3 ? context.catalog.part('column', table.oid, names[0] ?? '') : undefined;
  const text = column ? dataOf(column).join(' or ') : textOf(tokens).replace(/^null$/, 'NULL');
  return text.length > longestValue ? `${text.slice(0, longestValue)}… ${text.length}` : text;
}

export function deleteRows(context: Context, cursor: Cursor): void {
  cursor.until('from');
  cursor.accept('from');
  const table = relationNamed(context, undefined, cursor.name());
  const where = cursor.accept('where') ? cursor.rest() : undefined;
  const isWhole = where === undefined && cursor.isDone;
  const now = dataOf(context.catalog.get(table.oid) ?? table);
  if (now.length === 0 || (where && isNever(context, table, where))) return;
  const compared = where && comparedWith(where);
  if (compared && compared.length > 0 && compared.every((one) => now.includes(one))) {
    change(context, table, { data: now.filter((source) => !compared.includes(source)) });
    return;
  }
  if (context.isStrict && where && asksNewColumn(context, table, where)) return;
  loseRows(context, table, isWhole ? 'all' : 'some', new Set());
}

/** Rows that are told apart by a column that the way there added are those that were written since. */
const asksNewColumn = (context: Context, table: Thing, where: readonly Token[]): boolean =>
  namesIn(where).some((name) => {
    const column = context.catalog.part('column', table.oid, name);
    return column !== undefined && context.catalog.start.get(column.oid) === undefined;
  });

/** `c IS NULL`, where c was never null. */
function isNever(context: Context, table: Thing, where: readonly Token[]): boolean {
  const name = /^(\S+) is null$/i.exec(textOf(where))?.[1];
  const column = name === undefined ? undefined : context.catalog.part('column', table.oid, name);
  if (!column) return false;
  const before = context.catalog.start.get(column.oid);
  const isOwn = column.data === undefined || column.data.join() === ownData(column.oid);
  return column.facts['notNull'] === true || (isOwn && before?.facts['notNull'] === true);
}

/** The constants that a condition compares with by equality alone. */
function comparedWith(where: readonly Token[]): readonly string[] | undefined {
  const parts = textOf(where).split(/ (?:and|or) /);
  const marks = parts.map((part) => {
    const [, column, one, several] = /^\(? ?(\S+) (?:= (\S+)|in \( (.*) \)) ?\)?$/s.exec(part) ?? [];
    return column === undefined
      ? undefined
      : (several?.split(' , ') ?? [one ?? '']).map((constant) => insertedMark(column, constant));
  });
  return marks.every((one) => one !== undefined) ? marks.flat() : undefined;
}

export function insert(context: Context, cursor: Cursor): void {
  cursor.acceptAny('low_priority', 'delayed', 'high_priority');
  cursor.accept('ignore');
  cursor.accept('into');
  const table = relationNamed(context, undefined, cursor.name());
  const given = cursor.brackets();
  const columns = given ? namesIn(given) : context.catalog.parts(table.oid, 'column').map((column) => column.name);
  const now = context.catalog.get(table.oid) ?? table;
  const data = new Set(dataOf(now)).add('+');
  if (cursor.acceptAny('values', 'value')) {
    while (!cursor.isDone && data.size < mostMarks) {
      const row = cursor.brackets();
      if (!row) break;
      for (const [at, value] of parted(row).entries()) data.add(insertedMark(columns[at] ?? '', textOf(value)));
      cursor.accept(',');
    }
  } else copyRows(context, now, columns, cursor, data);
  change(context, now, { data: [...data] });
}

/** `INSERT … SELECT a, b FROM t` takes every row over. */
function copyRows(context: Context, table: Thing, columns: readonly string[], cursor: Cursor, data: Set<string>): void {
  if (!cursor.accept('select')) return;
  const targets = parted(cursor.until('from'));
  cursor.accept('from');
  const source = findRelation(context, undefined, cursor.name());
  if (!source) return;
  if (cursor.isDone) for (const one of dataOf(source)) data.add(one);
  if (dataOf(table).length > 0) return;
  const all =
    targets.length === 1 && targets[0]?.[0]?.text === '*'
      ? context.catalog.parts(source.oid, 'column').map((column) => column.name)
      : undefined;
  for (const [at, name] of columns.entries()) {
    const from = all?.[at] ?? (targets[at]?.length === 1 ? targets[at][0]?.text : undefined);
    const column = from === undefined ? undefined : context.catalog.part('column', source.oid, from);
    change(context, columnOf(context, table, name), { data: column ? dataOf(column) : [textOf(targets[at] ?? [])] });
  }
}
