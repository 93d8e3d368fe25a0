import type { IndexElem, IndexStmt, Node } from '@pgsql/types';

import { make, refuse, type Context } from './context.ts';
import { expressionText, quoteName } from './expression.ts';
import { freeName } from './object-name.ts';
import { columnOf, findRelation, freeRelation, relationOf } from './relations.ts';
import { namesIn, scopeOf } from './scope.ts';
import { factText, mark, marked, type Thing } from './thing.ts';
import { stringsOf } from './type-name.ts';

export function createIndex(context: Context, statement: IndexStmt, sql: string): void {
  const table = relationOf(context, statement.relation);
  if (
    statement.if_not_exists &&
    statement.idxname !== undefined &&
    findRelation(context, table.schema, statement.idxname)
  )
    return;
  if (statement.concurrent && context.isTransactional)
    refuse(context, 'CREATE INDEX CONCURRENTLY cannot run inside a transaction block');
  const elements = elementsOf(statement.indexParams);
  const keys = elements.map((element) => keyText(context, table, element));
  const names = elements.map((element) => element.indexcolname ?? element.name ?? 'expr').join('_');
  const name = statement.idxname ?? freeName(context, table.schema, table.name, names, 'idx');
  freeRelation(context, table.schema, name);
  const where =
    statement.whereClause && expressionText(statement.whereClause, namesIn(context, scopeOf(context, table.oid)));
  const including = elementsOf(statement.indexIncludingParams).map((element) => keyText(context, table, element));
  make(context, {
    kind: 'index',
    schema: table.schema,
    parent: table.oid,
    name,
    sql,
    goesWith: [...new Set([...keys, ...including, where ?? ''].flatMap(marked))],
    facts: {
      unique: statement.unique ?? false,
      method: statement.accessMethod ?? 'btree',
      on: keys.join(', '),
      including: including.join(', '),
      where,
      nullsNotDistinct: statement.nulls_not_distinct ?? false,
      options: (statement.options ?? []).map((option) => JSON.stringify(option)),
    },
  });
}

const elementsOf = (nodes: readonly Node[] | undefined): readonly IndexElem[] =>
  (nodes ?? []).flatMap((node) => ('IndexElem' in node ? [node.IndexElem] : []));

function keyText(
  context: Context,
  table: Thing,
  { name, expr, collation, opclass, ordering, nulls_ordering }: IndexElem,
): string {
  const text =
    name === undefined
      ? expressionText(expr, namesIn(context, scopeOf(context, table.oid)))
      : mark(columnOf(context, table, name).oid);
  const isDescending = ordering === 'SORTBY_DESC';
  const nullsFirst =
    nulls_ordering === 'SORTBY_NULLS_FIRST' || (nulls_ordering !== 'SORTBY_NULLS_LAST' && isDescending);
  const nulls = nullsFirst === isDescending ? '' : ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
  return (
    [text, ...(collation ? [`COLLATE ${stringsOf(collation).join('.')}`] : []), ...stringsOf(opclass)].join(' ') +
    (isDescending ? ' DESC' : '') +
    nulls
  );
}

export function indexSql(index: Thing, table: string): string {
  const { unique, method, on, including, where } = index.facts;
  const included = including === undefined || including === '' ? '' : ` INCLUDE (${factText(including)})`;
  const filtered = where === undefined ? '' : ` WHERE ${factText(where)}`;
  return `CREATE ${unique === true ? 'UNIQUE ' : ''}INDEX ${quoteName(index.name)} ON ${table} USING ${factText(method)} (${factText(on)})${included}${filtered}`;
}
