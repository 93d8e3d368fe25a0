import type {
  AlterDomainStmt,
  AlterEnumStmt,
  CompositeTypeStmt,
  CreateDomainStmt,
  CreateEnumStmt,
  CreateRangeStmt,
  Node,
} from '@pgsql/types';

import { assume, changeFacts, make, refuse, type Context } from './context.ts';
import { expressionText, treeText } from './expression.ts';
import { objectName } from './object-name.ts';
import { emptyScope, namesIn } from './scope.ts';
import { marked, type Facts, type Thing } from './thing.ts';
import { stringsOf, typeText } from './type-name.ts';

function makeType(context: Context, names: readonly string[], facts: Facts): Thing {
  const schema = names.length > 1 ? (names[0] ?? '') : context.schema;
  const name = names.at(-1) ?? '';
  const there = context.catalog.named('type', schema, name);
  if (there) {
    refuse(context, `type "${name}" already exists`);
    context.catalog.remove(there);
  }
  return make(context, { kind: 'type', schema, name, facts, uses: [...new Set(marked(JSON.stringify(facts)))] });
}

export const createEnum = (context: Context, { typeName, vals }: CreateEnumStmt): void =>
  void makeType(context, stringsOf(typeName), { form: 'enum', values: stringsOf(vals) });

export const createComposite = (context: Context, { typevar, coldeflist }: CompositeTypeStmt): void =>
  void makeType(context, [typevar?.schemaname ?? context.schema, typevar?.relname ?? ''], {
    form: 'composite',
    attributes: (coldeflist ?? []).flatMap((node) =>
      'ColumnDef' in node ? [`${node.ColumnDef.colname} ${typeText(context, node.ColumnDef.typeName)}`] : [],
    ),
  });

export const createRange = (context: Context, { typeName, params }: CreateRangeStmt): void =>
  void makeType(context, stringsOf(typeName), {
    form: 'range',
    parameters: (params ?? []).map((one) => plain(context, one)),
  });

export function createDomain(context: Context, { domainname, typeName, constraints }: CreateDomainStmt): void {
  makeType(context, stringsOf(domainname), {
    form: 'domain',
    of: typeText(context, typeName),
    constraints: (constraints ?? [])
      .map((one) => domainConstraint(context, stringsOf(domainname).at(-1) ?? '', one))
      .toSorted(),
  });
}

const plain = (context: Context, node: Node): string => treeText(node, namesIn(context, emptyScope));

function typeNamed(context: Context, names: readonly string[]): Thing {
  const schema = names.length > 1 ? (names[0] ?? '') : context.schema;
  const name = names.at(-1) ?? '';
  const there = context.catalog.named('type', schema, name);
  if (there) return there;
  if (context.catalog.isComplete) refuse(context, `type "${name}" does not exist`);
  return assume(context, { kind: 'type', schema, name, facts: { form: 'enum' } });
}

export const valuesOf = (type: Thing): readonly string[] =>
  Array.isArray(type.facts['values']) ? type.facts['values'] : [];

export function alterEnum(
  context: Context,
  { typeName, oldVal, newVal = '', newValNeighbor, newValIsAfter, skipIfNewValExists }: AlterEnumStmt,
): void {
  const type = typeNamed(context, stringsOf(typeName));
  const values = valuesOf(type);
  if (oldVal !== undefined) {
    if (!type.isAssumed && !values.includes(oldVal)) refuse(context, `"${oldVal}" is not an existing enum label`);
    const renamed = values.includes(oldVal)
      ? values.map((value) => (value === oldVal ? newVal : value))
      : [...values, newVal];
    changeFacts(context, type, { values: renamed });
    return;
  }
  if (values.includes(newVal)) {
    if (!skipIfNewValExists) refuse(context, `enum label "${newVal}" already exists`);
    return;
  }
  const at = newValNeighbor === undefined ? values.length : values.indexOf(newValNeighbor) + (newValIsAfter ? 1 : 0);
  changeFacts(context, type, { values: values.toSpliced(at, 0, newVal) });
}

export function alterDomain(context: Context, { typeName, name, def, subtype }: AlterDomainStmt): void {
  const type = typeNamed(context, stringsOf(typeName));
  const constraints: readonly string[] = Array.isArray(type.facts['constraints']) ? type.facts['constraints'] : [];
  // One letter each: C adds a constraint, X drops one, T is the default, O and N set and drop NOT NULL.
  if (subtype === 'C' && def)
    changeFacts(context, type, { constraints: [...constraints, domainConstraint(context, type.name, def)].toSorted() });
  else if (subtype === 'X')
    changeFacts(context, type, { constraints: constraints.filter((one) => !one.startsWith(`${name} `)) });
  else if (subtype === 'T')
    changeFacts(context, type, { default: def && expressionText(def, namesIn(context, emptyScope)) });
  else if (subtype === 'O' || subtype === 'N') changeFacts(context, type, { notNull: subtype === 'O' });
}

/** Its name, which it gets where it has none, and what it asks. */
function domainConstraint(context: Context, domain: string, node: Node): string {
  if (!('Constraint' in node)) return plain(context, node);
  const { conname, contype, raw_expr } = node.Constraint;
  return `${conname ?? objectName(domain, '', 'check')} ${contype} ${expressionText(raw_expr, namesIn(context, emptyScope))}`;
}
