import type { Facts } from '../postgres/catalog/thing.ts';
import { Cursor } from './cursor.ts';
import { textOf, type Token } from './tokens.ts';

export interface Definition {
  readonly name: string;
  readonly facts: Facts;
  readonly isPrimary: boolean;
  readonly isUnique: boolean;
}

const aliases: Readonly<Record<string, string>> = {
  integer: 'int',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  bool: 'tinyint ( 1 )',
  boolean: 'tinyint ( 1 )',
  real: 'double',
  int4: 'int',
  int8: 'bigint',
};
/** How wide it is shown has no meaning any more. */
const shown = /^(tinyint|smallint|mediumint|int|bigint|year) \( \d+ \)/;

/** A type in one form: `INTEGER(11) unsigned` is `int unsigned`. */
function typeOf(cursor: Cursor): string {
  const first = (cursor.next()?.text ?? '').toLowerCase();
  const second =
    first === 'double' && cursor.accept('precision')
      ? ''
      : first === 'character' && cursor.accept('varying')
        ? 'varchar'
        : '';
  const base = second === '' ? (aliases[first] ?? (first === 'character' ? 'char' : first)) : second;
  const inside = cursor.brackets();
  const size = inside ? ` ( ${textOf(inside)} )` : '';
  const signs = ['unsigned', 'zerofill', 'signed'].filter((word) => cursor.accept(word) && word !== 'signed');
  const plain = `${base}${size}`;
  return [plain === 'tinyint ( 1 )' ? plain : plain.replace(shown, '$1'), ...signs].join(' ');
}

/** A column as CREATE TABLE, ADD, CHANGE and MODIFY write it. */
export function definitionOf(name: string, cursor: Cursor): Definition {
  const facts: Record<string, string | boolean | undefined> = { type: typeOf(cursor), notNull: false };
  let isPrimary = false;
  let isUnique = false;
  while (!cursor.isDone) {
    if (cursor.accept('not', 'null')) facts['notNull'] = true;
    else if (cursor.accept('null')) facts['notNull'] = false;
    else if (cursor.accept('default')) facts['default'] = valueOf(cursor);
    else if (cursor.accept('on', 'update')) facts['onUpdate'] = valueOf(cursor);
    else if (cursor.accept('auto_increment')) facts['autoIncrement'] = true;
    else if (cursor.accept('primary', 'key') || cursor.accept('key')) isPrimary = true;
    else if (cursor.accept('unique')) isUnique = cursor.accept('key') || true;
    else if (cursor.accept('comment')) facts['comment'] = cursor.next()?.text;
    else if (cursor.accept('character', 'set') || cursor.accept('charset'))
      facts['charset'] = cursor.next()?.text.toLowerCase();
    else if (cursor.accept('collate')) facts['collation'] = cursor.next()?.text.toLowerCase();
    else if (cursor.accept('generated', 'always', 'as') || cursor.accept('as'))
      facts['generated'] = `${textOf(cursor.brackets() ?? [])} ${cursor.acceptAny('virtual', 'stored') ?? 'virtual'}`;
    else if (cursor.accept('first')) continue;
    else if (cursor.accept('after')) cursor.next();
    // REFERENCES beside a column is read and then forgotten by the server; a check is a constraint of the table.
    else cursor.next();
  }
  // NULL is what a column has without a default.
  if (facts['default'] === 'null') facts['default'] = undefined;
  if (isPrimary) facts['notNull'] = true;
  return { name, facts, isPrimary, isUnique };
}

function valueOf(cursor: Cursor): string {
  const inside = cursor.brackets();
  if (inside) return `( ${textOf(inside)} )`;
  const sign = cursor.accept('-') ? '-' : '';
  const value = cursor.next();
  const called = cursor.brackets();
  const text = value ? textOf([value]) : '';
  return `${sign}${text === 'current_timestamp' || text === 'now' ? 'current_timestamp' : text}${called && called.length > 0 ? ` ( ${textOf(called)} )` : ''}`;
}

export const namesIn = (tokens: readonly Token[]): readonly string[] =>
  tokens.filter(({ kind }) => kind === 'name' || kind === 'word').map(({ text }) => text);
