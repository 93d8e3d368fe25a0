import type { ColumnDef } from '@pgsql/types';

import { change, changeFacts, refuse, type Context } from './context.ts';
import { convertedData } from './conversion.ts';
import { mark, marked, type Fact, type Oid, type Thing } from './thing.ts';
import { baseOf, typeText } from './type-name.ts';

/** A column gets another type: its values are converted, and every expression over it is read again. */
export function alterType(context: Context, table: Thing, column: Thing, definition: ColumnDef): void {
  const from = String(column.facts['type'] ?? '?');
  const to = typeText(context, definition.typeName);
  const view = context.catalog.users(column.oid).find((user) => user.kind === 'view' || user.kind === 'rule');
  if (view) refuse(context, `cannot alter type of a column used by a view or rule (${view.name})`);
  const given = typeof column.facts['default'] === 'string' ? marked(column.facts['default']) : [];
  change(context, column, {
    uses: [...marked(to), ...given],
    facts: { ...column.facts, type: to },
    data: convertedData(context, table, column, to, definition.raw_default),
  });
  for (const user of [...context.catalog.users(column.oid), ...context.catalog.parts(table.oid, 'constraint')])
    recast(context, user, column, from, to);
}

const mixture = /\b(?:COALESCE|GREATEST|LEAST|NULLIF)\([^()]*\)|CASE.*END/gs;
/** A list of texts against a varchar is cast as a whole at first, and text by text once it was read again. */
const inWords = /\bIN \('/;
const spelledOut = ' /* each cast */';
const widths = ['int2', 'int4', 'int8', 'numeric', 'float8'];

/**
 * The server reads an expression again from its printed form, in which the casts that were implied are spelled out. Where
 * values of several types are mixed, such a cast stays when the column gets a narrower type; a cast to the type that the
 * column has by now goes.
 */
function recast(context: Context, user: Thing, column: Thing, from: string, to: string): void {
  const own = mark(column.oid);
  const facts: Record<string, Fact> = {};
  for (const fact of ['on', 'where']) {
    const text = user.facts[fact];
    if (typeof text !== 'string' || !text.includes(own)) continue;
    const plain = text.replaceAll(`${baseOf(to)}(${own})`, own).replaceAll(`${own}::${to}`, own);
    const isNarrower = widths.includes(baseOf(to)) && widths.indexOf(baseOf(to)) < widths.indexOf(baseOf(from));
    const isImplied = (part: string): boolean =>
      marked(part).some((oid) => oid !== column.oid && isAsWide(context, oid, from));
    const now = isNarrower
      ? plain.replaceAll(mixture, (part) => (isImplied(part) ? part : part.replaceAll(own, `${own}::${baseOf(from)}`)))
      : plain;
    if (now !== text) facts[fact] = now;
    if (inWords.test(text) && !text.endsWith(spelledOut)) facts[fact] = `${now}${spelledOut}`;
  }
  if (Object.keys(facts).length > 0) changeFacts(context, user, facts);
}

const isAsWide = (context: Context, oid: Oid, type: string): boolean =>
  widths.indexOf(baseOf(String(context.catalog.get(oid)?.facts['type'] ?? ''))) >= widths.indexOf(baseOf(type));
