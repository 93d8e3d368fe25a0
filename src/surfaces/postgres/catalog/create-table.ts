import type { Constraint, CreateStmt, CreateTableAsStmt, Node } from '@pgsql/types';

import { addColumn, addColumnConstraints } from './columns.ts';
import { addNotNull } from './constraints.ts';
import { make, type Context } from './context.ts';
import { treeText } from './expression.ts';
import { findRelation, freeRelation, relationOf, schemaOf } from './relations.ts';
import { emptyScope, namesIn, scopeOf, targetsOf } from './scope.ts';
import { mark, marked, type Thing } from './thing.ts';

export function createTable(context: Context, statement: CreateStmt, sql: string): void {
  const schema = schemaOf(context, statement.relation);
  const name = statement.relation?.relname ?? '';
  if (statement.if_not_exists && findRelation(context, statement.relation?.schemaname, name)) return;
  freeRelation(context, schema, name);
  const isPartition = statement.partbound !== undefined;
  const parents = (statement.inhRelations ?? []).flatMap((node) =>
    'RangeVar' in node ? [relationOf(context, node.RangeVar)] : [],
  );
  const names = namesIn(context, emptyScope);
  const made = make(context, {
    kind: 'table',
    schema,
    name,
    sql,
    data: [],
    goesWith: isPartition ? parents.map((parent) => parent.oid) : [],
    uses: isPartition ? [] : parents.map((parent) => parent.oid),
    facts: {
      persistence: statement.relation?.relpersistence ?? 'p',
      parents: parents.map((parent) => mark(parent.oid)),
      bound: statement.partbound && treeText(statement.partbound, names),
      options: (statement.options ?? []).map((option) => treeText(option, names)).toSorted(),
      partitionedBy: undefined,
    },
  });
  for (const parent of parents) copyColumns(context, parent, made);
  const constraints: Constraint[] = [];
  for (const element of statement.tableElts ?? []) constraints.push(...addElement(context, made, element));
  if (statement.partspec) {
    const by = treeText(statement.partspec, namesIn(context, scopeOf(context, made.oid)));
    const now = context.catalog.get(made.oid) ?? made;
    context.catalog.put({ ...now, facts: { ...now.facts, partitionedBy: by } });
  }
  addColumnConstraints(context, made, constraints);
}

function addElement(context: Context, table: Thing, element: Node): readonly Constraint[] {
  if ('ColumnDef' in element) return addColumn(context, table, element.ColumnDef);
  if ('TableLikeClause' in element) copyColumns(context, relationOf(context, element.TableLikeClause.relation), table);
  if (!('Constraint' in element)) return [];
  if (element.Constraint.contype === 'CONSTR_NOTNULL') addNotNull(context, table, element.Constraint.keys);
  // A key's columns are not null from the start, which a check that stands before it may rely on.
  return [element.Constraint];
}

function copyColumns(context: Context, from: Thing, to: Thing): void {
  for (const { name, facts, uses } of context.catalog.parts(from.oid, 'column'))
    if (!context.catalog.part('column', to.oid, name))
      make(context, { kind: 'column', parent: to.oid, name, facts, uses, data: ['NULL'] });
}

/** The columns of a query become those of a table: their types, where they are columns themselves, but no constraint. */
export function createTableAs(context: Context, statement: CreateTableAsStmt, sql: string): void {
  const range = statement.into?.rel;
  const schema = schemaOf(context, range);
  const name = range?.relname ?? '';
  const isView = statement.objtype === 'OBJECT_MATVIEW';
  if (statement.if_not_exists && findRelation(context, range?.schemaname, name)) return;
  freeRelation(context, schema, name);
  const query = statement.query && 'SelectStmt' in statement.query ? statement.query.SelectStmt : undefined;
  const targets = query ? targetsOf(context, query) : [];
  const text = query ? namesIn(context, emptyScope).select(query) : '';
  const made = make(context, {
    kind: isView ? 'view' : 'table',
    schema,
    name,
    sql,
    uses: isView ? [...new Set(marked(text))] : [],
    facts: isView
      ? { isMaterialized: true, query: text, isPopulated: !statement.into?.skipData }
      : { persistence: range?.relpersistence ?? 'p' },
    ...(!isView && { data: [] }),
  });
  const given = statement.into?.colNames ?? [];
  for (const [at, target] of targets.entries()) {
    const named = given[at];
    const [oid, ...others] = marked(target.text);
    const source =
      others.length === 0 && oid !== undefined && target.text === mark(oid) ? context.catalog.get(oid) : undefined;
    make(context, {
      kind: 'column',
      parent: made.oid,
      name: named && 'String' in named ? (named.String.sval ?? '') : target.name,
      facts: { type: source?.facts['type'] ?? '?', notNull: false },
      ...(isView ? {} : { data: source?.data ?? (source ? [`@${source.oid}`] : [target.text]) }),
    });
  }
  if (!isView && query && isWholeCopy(query)) {
    const [from] = query.fromClause ?? [];
    const source =
      from && 'RangeVar' in from
        ? findRelation(context, from.RangeVar.schemaname, from.RangeVar.relname ?? '')
        : undefined;
    if (source)
      context.catalog.put({ ...(context.catalog.get(made.oid) ?? made), data: source.data ?? [`@${source.oid}`] });
  }
}

/** Every row of one table, each once. */
export const isWholeCopy = (query: {
  readonly fromClause?: readonly Node[];
  readonly whereClause?: Node;
  readonly groupClause?: readonly Node[];
  readonly distinctClause?: readonly Node[];
  readonly limitCount?: Node;
  readonly limitOffset?: Node;
  readonly havingClause?: Node;
  readonly op?: string;
}): boolean =>
  query.fromClause?.length === 1 &&
  (query.op ?? 'SETOP_NONE') === 'SETOP_NONE' &&
  ![
    query.whereClause,
    query.groupClause,
    query.distinctClause,
    query.limitCount,
    query.limitOffset,
    query.havingClause,
  ].some((part) => part !== undefined);
