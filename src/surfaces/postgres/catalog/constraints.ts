import type { Constraint, Node } from '@pgsql/types';

import { changeFacts, make, refuse, type Context } from './context.ts';
import { expressionText, quoteName, treeText } from './expression.ts';
import { freeName } from './object-name.ts';
import { columnOf, freeRelation, relationOf } from './relations.ts';
import { namesIn, scopeOf } from './scope.ts';
import { factText, mark, marked, type Oid, type Thing } from './thing.ts';
import { stringsOf } from './type-name.ts';

/** One constraint of a table; the name, the index and the NOT NULL that come with it, too. */
export function addConstraint(context: Context, table: Thing, constraint: Constraint): Thing | undefined {
  const add = kinds[constraint.contype ?? ''];
  return add?.(context, table, constraint);
}

type Add = (context: Context, table: Thing, constraint: Constraint) => Thing;
const kinds: Readonly<Record<string, Add>> = {
  CONSTR_PRIMARY: addKey,
  CONSTR_UNIQUE: addKey,
  CONSTR_EXCLUSION: addKey,
  CONSTR_CHECK: addCheck,
  CONSTR_FOREIGN: addReference,
};

const listOf = (columns: readonly Thing[]): string => columns.map((column) => mark(column.oid)).join(', ');

function addKey(context: Context, table: Thing, constraint: Constraint): Thing {
  const isPrimary = constraint.contype === 'CONSTR_PRIMARY';
  const given =
    constraint.indexname === undefined ? undefined : context.catalog.relation(table.schema, constraint.indexname);
  const columns = given
    ? given.goesWith.flatMap((oid) => context.catalog.get(oid) ?? [])
    : stringsOf(constraint.keys).map((name) => columnOf(context, table, name));
  if (given) context.catalog.remove(given);
  const names = columns.map((column) => column.name).join('_');
  const excluded = (constraint.exclusions ?? [])
    .map((one) => treeText(one, namesIn(context, scopeOf(context, table.oid))))
    .join(', ');
  const name =
    constraint.conname ??
    given?.name ??
    (isPrimary
      ? freeName(context, table.schema, table.name, '', 'pkey')
      : freeName(context, table.schema, table.name, names, excluded === '' ? 'key' : 'excl'));
  if (isPrimary) {
    if (context.catalog.parts(table.oid, 'constraint').some((one) => one.facts['type'] === 'PRIMARY KEY'))
      refuse(context, `multiple primary keys for table "${table.name}" are not allowed`);
    for (const column of columns) if (column.facts['notNull'] !== true) changeFacts(context, column, { notNull: true });
  }
  freeConstraint(context, table, name);
  freeRelation(context, table.schema, name);
  const nulls = constraint.nulls_not_distinct ? ' NULLS NOT DISTINCT' : '';
  const including = stringsOf(constraint.including).map((column) => columnOf(context, table, column));
  return make(context, {
    kind: 'constraint',
    schema: table.schema,
    parent: table.oid,
    name,
    goesWith: [...columns, ...including].map((column) => column.oid).concat(marked(excluded)),
    facts: {
      type: isPrimary ? 'PRIMARY KEY' : excluded === '' ? 'UNIQUE' : 'EXCLUDE',
      index: true,
      on: excluded === '' ? `${nulls}(${listOf(columns)})` : excluded,
      including: listOf(including),
      when: deferral(constraint),
      where:
        constraint.where_clause &&
        expressionText(constraint.where_clause, namesIn(context, scopeOf(context, table.oid))),
    },
  });
}

function addCheck(context: Context, table: Thing, constraint: Constraint): Thing {
  const text = expressionText(constraint.raw_expr, namesIn(context, scopeOf(context, table.oid)));
  const columns = [...new Set(marked(text))];
  const single = columns.length === 1 ? context.catalog.get(columns[0] ?? 0)?.name : undefined;
  const name =
    constraint.conname ?? freeName(context, table.schema, table.name, single ?? '', 'check', isConstraintOf(table));
  freeConstraint(context, table, name);
  return make(context, {
    kind: 'constraint',
    schema: table.schema,
    parent: table.oid,
    name,
    goesWith: columns,
    facts: { type: 'CHECK', on: text, isValid: !constraint.skip_validation, inherits: !constraint.is_no_inherit },
  });
}

const isConstraintOf =
  (table: Thing) =>
  (context: Context, _: string, name: string): boolean =>
    context.catalog.part('constraint', table.oid, name) !== undefined;

const actions: Readonly<Record<string, string>> = { c: 'CASCADE', n: 'SET NULL', d: 'SET DEFAULT', r: 'RESTRICT' };

function addReference(context: Context, table: Thing, constraint: Constraint): Thing {
  const columns = stringsOf(constraint.fk_attrs).map((name) => columnOf(context, table, name));
  const target = relationOf(context, constraint.pktable);
  const key = keyOf(context, target, stringsOf(constraint.pk_attrs));
  const name =
    constraint.conname ??
    freeName(
      context,
      table.schema,
      table.name,
      columns.map((column) => column.name).join('_'),
      'fkey',
      isConstraintOf(table),
    );
  freeConstraint(context, table, name);
  const on = (word: string, action: string | undefined): string =>
    action !== undefined && action in actions ? ` ON ${word} ${actions[action]}` : '';
  return make(context, {
    kind: 'constraint',
    schema: table.schema,
    parent: table.oid,
    name,
    goesWith: columns.map((column) => column.oid),
    uses: [target.oid, ...key.uses].filter((oid) => oid !== table.oid),
    facts: {
      type: 'FOREIGN KEY',
      on: `(${listOf(columns)}) REFERENCES ${mark(target.oid)}(${key.columns.map(mark).join(', ')})`,
      actions: on('DELETE', constraint.fk_del_action) + on('UPDATE', constraint.fk_upd_action),
      when: deferral(constraint),
      isValid: !constraint.skip_validation,
      to: mark(target.oid),
    },
  });
}

const oidsOf = (oids: readonly Oid[]): string => oids.toSorted((a, b) => a - b).join();

/** The columns that are referred to, the primary key where none are named, and what keeps them unique. */
function keyOf(
  context: Context,
  target: Thing,
  names: readonly string[],
): { readonly columns: readonly Oid[]; readonly uses: readonly Oid[] } {
  const primary = context.catalog.parts(target.oid, 'constraint').find((one) => one.facts['type'] === 'PRIMARY KEY');
  const columns =
    names.length > 0 ? names.map((name) => columnOf(context, target, name).oid) : (primary?.goesWith ?? []);
  const wanted = oidsOf(columns);
  const isKey = (one: Thing): boolean => oidsOf(one.goesWith) === wanted;
  const key =
    context.catalog.parts(target.oid, 'constraint').find((one) => one.facts['index'] === true && isKey(one)) ??
    context.catalog
      .parts(target.oid, 'index')
      .find((one) => one.facts['unique'] === true && one.facts['where'] === undefined && isKey(one));
  return { columns, uses: [...columns, ...(key ? [key.oid] : [])] };
}

function freeConstraint(context: Context, table: Thing, name: string): void {
  const there = context.catalog.part('constraint', table.oid, name);
  if (!there) return;
  refuse(context, `constraint "${name}" for relation "${table.name}" already exists`);
  context.catalog.remove(there);
}

const deferral = ({ deferrable, initdeferred }: Constraint): string =>
  deferrable ? ` DEFERRABLE${initdeferred ? ' INITIALLY DEFERRED' : ''}` : '';

/** NOT NULL as a table constraint (from version 18 on) marks its column. */
export function addNotNull(context: Context, table: Thing, keys: readonly Node[] | undefined): void {
  for (const name of stringsOf(keys)) changeFacts(context, columnOf(context, table, name), { notNull: true });
}

export const constraintSql = (constraint: Thing): string => {
  const { type, on, actions: then, when, where, isValid, including } = constraint.facts;
  const body = type === 'CHECK' ? `(${factText(on)})` : factText(on);
  const more = [
    including === undefined || including === '' ? '' : ` INCLUDE (${factText(including)})`,
    factText(then),
    factText(when),
    where === undefined ? '' : ` WHERE (${factText(where)})`,
    isValid === false ? ' NOT VALID' : '',
  ];
  return `CONSTRAINT ${quoteName(constraint.name)} ${factText(type)} ${body}${more.join('')}`;
};
