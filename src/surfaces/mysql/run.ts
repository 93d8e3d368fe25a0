import { change, make, Refusal, refuse, type Context } from '../postgres/catalog/context.ts';
import { makeOther } from '../postgres/catalog/others.ts';
import { findRelation, freeRelation, relationNamed } from '../postgres/catalog/relations.ts';
import type { Statement } from '../postgres/statements.ts';
import { alterTable, dropIndex, renameTable } from './alter-table.ts';
import { Cursor, parted } from './cursor.ts';
import { deleteRows, insert, update } from './data.ts';
import { addIndex } from './keys.ts';
import { tokensOf } from './statements.ts';
import { createTable, dropTables } from './tables.ts';
import { textOf } from './tokens.ts';

/** False where a part of it was not followed. */
type Run = (context: Context, cursor: Cursor, sql: string) => boolean | void;

/** By the words that a statement begins with, the longer ones first. */
const runs: readonly (readonly [string, Run])[] = [
  ['create table', (context, cursor, sql) => createTable(context, cursor, sql, false)],
  ['create temporary table', (context, cursor, sql) => createTable(context, cursor, sql, true)],
  ['alter table', alterTable],
  ['drop table', (context, cursor) => dropTables(context, cursor, 'table')],
  ['drop temporary table', (context, cursor) => dropTables(context, cursor, 'table')],
  ['drop view', (context, cursor) => dropTables(context, cursor, 'view')],
  ['rename table', renameTables],
  [
    'truncate',
    (context, cursor) => {
      cursor.accept('table');
      change(context, relationNamed(context, undefined, cursor.name()), { data: [] });
    },
  ],
  ['create unique index', (context, cursor) => createIndex(context, cursor, true)],
  ['create fulltext index', (context, cursor) => createIndex(context, cursor, false)],
  ['create spatial index', (context, cursor) => createIndex(context, cursor, false)],
  ['create index', (context, cursor) => createIndex(context, cursor, false)],
  [
    'drop index',
    (context, cursor) => {
      const name = cursor.until('on');
      cursor.accept('on');
      dropIndex(context, relationNamed(context, undefined, cursor.name()), new Cursor(name));
    },
  ],
  ['update', update],
  ['delete', deleteRows],
  ['insert', insert],
  ['replace', insert],
  ['grant', (context, cursor, sql) => privilege(context, cursor, sql, true)],
  ['revoke', (context, cursor, sql) => privilege(context, cursor, sql, false)],
];
/** They change no schema of this database, or only for the session. */
const silent =
  /^(?:set|use|select|show|start|begin|commit|rollback|lock|unlock|analyze|optimize|flush|do|call|explain|savepoint|create database|alter database|load|check|repair)\b/;
const routine =
  /^(create|drop|alter)(?: or replace)?(?: definer = \S+(?: @ \S+)?)?(?: algorithm = \w+)?(?: definer = \S+(?: @ \S+)?)?(?: sql security \w+)? (view|trigger|procedure|function|event|user|role)\b/;

export function run(context: Context, statement: Statement, sql: string): string | undefined {
  try {
    follow(context, statement, sql);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return undefined;
}

const headOf = (statement: Statement): string => textOf(tokensOf(statement).slice(0, 14));

/** Whether nothing of it is left out; the parts of ALTER TABLE that are not known are told when it is run. */
export function isFollowed(statement: Statement): boolean {
  const head = headOf(statement);
  return (
    !unfollowed.has(statement) &&
    (silent.test(head) || routine.test(head) || runs.some(([words]) => head.startsWith(words)))
  );
}
const unfollowed = new WeakSet<Statement>();

function follow(context: Context, statement: Statement, sql: string): void {
  const tokens = tokensOf(statement);
  const head = headOf(statement);
  const found = runs.find(([words]) => head === words || head.startsWith(`${words} `));
  if (found) {
    const cursor = new Cursor(tokens);
    cursor.accept(...found[0].split(' '));
    if (found[1](context, cursor, sql) === false) unfollowed.add(statement);
    return;
  }
  const [, verb = '', kind = ''] = routine.exec(head) ?? [];
  if (verb !== '') routines(context, verb, kind, new Cursor(tokens), sql);
}

function renameTables(context: Context, cursor: Cursor): void {
  for (const part of parted(cursor.rest())) {
    const own = new Cursor(part);
    const table = relationNamed(context, undefined, own.name());
    own.accept('to');
    renameTable(context, table, own.name());
  }
}

function createIndex(context: Context, cursor: Cursor, isUnique: boolean): void {
  const name = cursor.name();
  cursor.until('on');
  cursor.accept('on');
  const table = relationNamed(context, undefined, cursor.name());
  addIndex(context, table, name, isUnique, cursor.brackets() ?? []);
}

function routines(context: Context, verb: string, kind: string, cursor: Cursor, sql: string): void {
  const isReplaced = cursor.accept('create', 'or', 'replace') || verb === 'alter';
  cursor.until(kind);
  cursor.accept(kind);
  const isOptional = cursor.accept('if', 'exists') || cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  const body = textOf(cursor.rest());
  if (kind === 'view') return view(context, name, body, sql, isReplaced);
  const isTrigger = kind === 'trigger';
  const full = `${kind} ${name}`;
  if (verb !== 'drop') return makeOther(context, kind, name, body, isReplaced || isOptional);
  const there = context.catalog.named('other', '', full);
  if (!there && !isOptional && context.catalog.isComplete)
    refuse(context, `${isTrigger ? 'Trigger' : full} does not exist`);
  if (there) context.catalog.remove(there);
  return undefined;
}

function view(context: Context, name: string, query: string, sql: string, isReplaced: boolean): void {
  const there = findRelation(context, undefined, name);
  if (there && isReplaced) change(context, there, { facts: { query }, sql });
  else {
    freeRelation(context, 'public', name);
    make(context, { kind: 'view', schema: 'public', name, facts: { query }, sql });
  }
}

function privilege(context: Context, cursor: Cursor, sql: string, isGiven: boolean): void {
  const what = cursor.textUntil('on', 'to', 'from');
  const on = cursor.accept('on') ? cursor.textUntil('to', 'from') : '';
  cursor.next();
  const name = `${what} to ${textOf(cursor.rest())}`;
  const full = on === '' ? name : `${on} ${name}`;
  const there = context.catalog.part('privilege', 0, full);
  if (isGiven && !there) make(context, { kind: 'privilege', parent: 0, name: full, facts: { value: 'yes' }, sql });
  if (!isGiven && there) context.catalog.remove(there);
}
