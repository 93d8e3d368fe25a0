import type { ColumnDef, Constraint, Node, TypeName } from '@pgsql/types';

import { addConstraint } from './constraints.ts';
import { change, make, refuse, type Context } from './context.ts';
import { drop } from './drop.ts';
import { expressionText, quoteText } from './expression.ts';
import { freeName } from './object-name.ts';
import { makeSequence } from './relations.ts';
import { namesIn, scopeOf } from './scope.ts';
import { holdsRows, mark, marked, type Thing } from './thing.ts';
import { baseOf, behindSerial, modsOf, stringsOf, typeText } from './type-name.ts';

/** A column with all that its definition makes: its sequence at once, its constraints in the order of the server. */
export function addColumn(context: Context, table: Thing, definition: ColumnDef): readonly Constraint[] {
  const name = definition.colname ?? '';
  const there = context.catalog.part('column', table.oid, name);
  if (there) {
    refuse(context, `column "${name}" of relation "${table.name}" already exists`);
    drop(context, [there], true);
  }
  const written = typeText(context, definition.typeName);
  const type = behindSerial(written) ?? written;
  const constraints = (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
  const of = (kind: Constraint['contype']): Constraint | undefined => constraints.find((one) => one.contype === kind);
  const [given, generated, identity] = [of('CONSTR_DEFAULT'), of('CONSTR_GENERATED'), of('CONSTR_IDENTITY')];
  const text = given && defaultText(context, table, given.raw_expr, type);
  const column = make(context, {
    kind: 'column',
    parent: table.oid,
    name,
    uses: [...marked(type), ...marked(text ?? '')],
    facts: {
      type,
      notNull: Boolean(of('CONSTR_NOTNULL') ?? of('CONSTR_PRIMARY') ?? identity) || behindSerial(written) !== undefined,
      default: text,
      identity: identity?.generated_when === undefined ? undefined : identityWord(identity.generated_when),
      generated:
        generated &&
        `${expressionText(generated.raw_expr, namesIn(context, scopeOf(context, table.oid)))} ${generated.generated_kind ?? 's'}`,
      collation: definition.collClause && stringsOf(definition.collClause.collname).join('.'),
    },
    data: [generated ? 'generated' : (text ?? 'NULL')],
  });
  const isFilled = (text ?? generated ?? identity) !== undefined || behindSerial(written) !== undefined;
  if (column.facts['notNull'] === true && !isFilled && holdsRows(table))
    refuse(context, `column "${name}" of relation "${table.name}" contains null values`);
  if (behindSerial(written) !== undefined) ownSequence(context, table, column, type);
  if (identity) {
    const sequence = freeName(context, table.schema, table.name, name, 'seq');
    makeSequence(context, table.schema, sequence, column, { identity: true, as: type });
  }
  return constraints
    .filter((one) => isOwn(one))
    .map((one) =>
      one.contype === 'CONSTR_FOREIGN'
        ? { ...one, fk_attrs: [nameNode(name)] }
        : one.contype === 'CONSTR_CHECK'
          ? one
          : { ...one, keys: [nameNode(name)] },
    );
}

const nameNode = (sval: string): Node => ({ String: { sval } });
const isOwn = ({ contype }: Constraint): boolean =>
  contype === 'CONSTR_PRIMARY' ||
  contype === 'CONSTR_UNIQUE' ||
  contype === 'CONSTR_CHECK' ||
  contype === 'CONSTR_FOREIGN';
export const identityWord = (when: string): string => (when === 'a' ? 'ALWAYS' : 'BY DEFAULT');

/** `serial` is a sequence that goes with the column, and a default that asks it. */
function ownSequence(context: Context, table: Thing, column: Thing, type: string): void {
  const sequence = makeSequence(
    context,
    table.schema,
    freeName(context, table.schema, table.name, column.name, 'seq'),
    column,
    { as: type },
  );
  const text = `nextval(${mark(sequence.oid)})`;
  change(context, column, {
    facts: { ...column.facts, default: text },
    uses: [...column.uses, sequence.oid],
    data: [text],
  });
}

/** In the order in which the server makes them: checks, keys, then what refers to other tables. */
export function addColumnConstraints(context: Context, table: Thing, constraints: readonly Constraint[]): void {
  const order = ['CONSTR_CHECK', 'CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_EXCLUSION', 'CONSTR_FOREIGN'];
  for (const contype of order)
    for (const one of constraints) if (one.contype === contype) addConstraint(context, table, one);
}

/** A default as the server would print it: a constant takes the type of its column. */
export function defaultText(context: Context, table: Thing, node: Node | undefined, type: string): string | undefined {
  const inner =
    node && 'TypeCast' in node && isSameType(context, node.TypeCast.typeName, type) ? node.TypeCast.arg : node;
  const constant = inner && 'A_Const' in inner ? inner.A_Const : undefined;
  // No default at all, unless it has to be cut to a length first.
  if (constant?.isnull) return modsOf(type).length > 0 ? 'NULL' : undefined;
  const text = constant?.sval?.sval;
  if (text !== undefined) return literalOf(text, type);
  const sequence = sequenceAsked(context, node);
  if (sequence) return `nextval(${mark(sequence.oid)})`;
  return expressionText(inner, namesIn(context, scopeOf(context, table.oid)));
}

const isSameType = (context: Context, type: TypeName | undefined, of: string): boolean =>
  baseOf(typeText(context, type)) === baseOf(of);

function literalOf(text: string, type: string): string {
  const base = baseOf(type);
  if (base === 'bool' && /^(?:t|true|y|yes|on|1)$/i.test(text)) return 'true';
  if (base === 'bool' && /^(?:f|false|n|no|off|0)$/i.test(text)) return 'false';
  if (/^(?:int[248]|numeric|float[48])$/.test(base) && /^-?\d+(?:\.\d+)?$/.test(text)) return text;
  return quoteText(text);
}

/** `nextval('a_seq')`, with or without a cast. */
export function sequenceAsked(context: Context, node: Node | undefined): Thing | undefined {
  if (!node || !('FuncCall' in node) || stringsOf(node.FuncCall.funcname).at(-1) !== 'nextval') return undefined;
  const [arg] = node.FuncCall.args ?? [];
  const inner = arg && 'TypeCast' in arg ? arg.TypeCast.arg : arg;
  const text = inner && 'A_Const' in inner ? inner.A_Const.sval?.sval : undefined;
  if (text === undefined) return undefined;
  const parts = text.split('.').map((part) => part.replaceAll('"', ''));
  return context.catalog.relation(parts.length > 1 ? (parts[0] ?? '') : context.schema, parts.at(-1) ?? '');
}
