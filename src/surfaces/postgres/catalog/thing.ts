/**
 * Everything that a schema is made of is a thing: a table, each of its columns, a constraint, a comment. A thing is
 * never changed, only put in the place of its earlier self, so that a state can be kept by keeping a reference.
 */
export type Oid = number;

export type Kind =
  | 'schema'
  | 'table'
  | 'column'
  | 'constraint'
  | 'index'
  | 'sequence'
  | 'view'
  | 'type'
  | 'function'
  | 'trigger'
  | 'policy'
  | 'rule'
  | 'extension'
  | 'comment'
  | 'privilege'
  | 'other';

export type Fact = string | number | boolean | readonly string[] | undefined;
/** What a dump of the schema would print of it; names of other things stand in marks. */
export type Facts = Readonly<Record<string, Fact>>;

export interface Thing {
  readonly oid: Oid;
  readonly kind: Kind;
  /** Empty where the kind lives in no schema. */
  readonly schema: string;
  readonly name: string;
  /** What it is part of: it goes when that goes. */
  readonly parent?: Oid | undefined;
  /** What it also goes with, as an index goes with each of its columns. */
  readonly goesWith: readonly Oid[];
  /** What cannot go while it is there. */
  readonly uses: readonly Oid[];
  readonly facts: Facts;
  /** The statement that made it, as it was written. */
  readonly sql?: string | undefined;
  /** Nothing that was read made it, but it is spoken of: its facts are not known. */
  readonly isAssumed: boolean;
  /** Of a table: where its rows come from; of a column: where its values come from. Its own, where nothing is said. */
  readonly data?: readonly string[] | undefined;
}

/** For private use in Unicode: no SQL that people write holds them, and JSON leaves them alone. */
const open = '\uE000';
const close = '\uE001';
const marks = /\uE000(\d+)\uE001/g;

/** Stands for the name of a thing, which may change while the thing stays. */
export const mark = (oid: Oid): string => `${open}${oid}${close}`;
export const isMark = (text: string): boolean => text.startsWith(open);
export const marked = (text: string): readonly Oid[] => [...text.matchAll(marks)].map(([, oid]) => Number(oid));
export const withNames = (text: string, nameOf: (oid: Oid) => string): string =>
  text.includes(open) ? text.replaceAll(marks, (_, oid: string) => nameOf(Number(oid))) : text;

/** Rows that were in the table, or values that were in the column, before. */
export const ownData = (oid: Oid): string => `@${oid}`;
export const dataOf = (thing: Thing): readonly string[] => thing.data ?? [ownData(thing.oid)];

/** Rows may be there, unless this migration has made or emptied the table. */
export const holdsRows = (table: Thing): boolean => table.data === undefined || table.data.length > 0;

/** A fact in words; nothing where it is not there. */
export const factText = (fact: Fact): string =>
  typeof fact === 'object' ? fact.join(', ') : fact === undefined ? '' : String(fact);
