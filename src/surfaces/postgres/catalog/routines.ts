import type {
  AlterPolicyStmt,
  CreateFunctionStmt,
  CreatePolicyStmt,
  CreateTrigStmt,
  FunctionParameter,
  Node,
  RuleStmt,
  ViewStmt,
} from '@pgsql/types';

import { assume, change, make, refuse, type Context } from './context.ts';
import { expressionText, treeText } from './expression.ts';
import { findRelation, freeRelation, relationOf, schemaOf } from './relations.ts';
import { emptyScope, namesIn, scopeOf, targetsOf } from './scope.ts';
import { marked, type Facts, type Oid, type Thing } from './thing.ts';
import { stringsOf, typeText } from './type-name.ts';

/** A function is known by its name and the types that it takes. */
const nameWith = (name: string, types: readonly string[]): string => `${name}(${types.join(', ')})`;

function typesIn(context: Context, parameters: readonly FunctionParameter[]): readonly string[] {
  const isInput = ({ mode }: FunctionParameter): boolean => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE';
  return parameters.filter(isInput).map(({ argType }) => typeText(context, argType));
}

export function createFunction(context: Context, statement: CreateFunctionStmt, sql: string): void {
  const names = stringsOf(statement.funcname);
  const schema = names.length > 1 ? (names[0] ?? '') : context.schema;
  const parameters = (statement.parameters ?? []).flatMap((node) =>
    'FunctionParameter' in node ? [node.FunctionParameter] : [],
  );
  const name = nameWith(names.at(-1) ?? '', typesIn(context, parameters));
  const reading = namesIn(context, emptyScope);
  const facts: Facts = {
    parameters: parameters.map((parameter) => treeText(parameter, reading)),
    returns: statement.returnType && typeText(context, statement.returnType),
    options: (statement.options ?? []).map((option) => treeText(option, reading)).toSorted(),
    body: statement.sql_body && treeText(statement.sql_body, reading),
  };
  const uses = [...new Set(marked(JSON.stringify(facts)))];
  const there = context.catalog.named('function', schema, name);
  if (there && !statement.replace) refuse(context, `function ${name} already exists with same argument types`);
  if (there) change(context, there, { facts, uses, sql, isAssumed: false });
  else make(context, { kind: 'function', schema, name, facts, uses, sql });
}

/** Without its types, where only one has the name. */
export function functionNamed(context: Context, object: Node, isOptional: boolean): Thing | undefined {
  if (!('ObjectWithArgs' in object)) return undefined;
  const { objname, objargs, args_unspecified } = object.ObjectWithArgs;
  const names = stringsOf(objname);
  const schema = names.length > 1 ? (names[0] ?? '') : context.schema;
  const types = (objargs ?? []).flatMap((node) => ('TypeName' in node ? [typeText(context, node.TypeName)] : []));
  const full = nameWith(names.at(-1) ?? '', types);
  const found = args_unspecified
    ? context.catalog.all('function').find((one) => one.schema === schema && one.name.startsWith(`${names.at(-1)}(`))
    : context.catalog.named('function', schema, full);
  if (found || isOptional) return found;
  if (context.catalog.isComplete) refuse(context, `function ${full} does not exist`);
  return assume(context, { kind: 'function', schema, name: full });
}

function functionCalled(context: Context, names: readonly string[]): readonly Oid[] {
  const schema = names.length > 1 ? (names[0] ?? '') : context.schema;
  const found = context.catalog.named('function', schema, nameWith(names.at(-1) ?? '', []));
  return found ? [found.oid] : [];
}

export function createTrigger(context: Context, statement: CreateTrigStmt, sql: string): void {
  const table = relationOf(context, statement.relation);
  const name = statement.trigname ?? '';
  const { relation: _, replace, trigname: __, funcname, ...rest } = statement;
  const called = stringsOf(funcname);
  const columns = stringsOf(statement.columns).flatMap(
    (column) => context.catalog.part('column', table.oid, column)?.oid ?? [],
  );
  putPart(context, table, 'trigger', name, replace ?? false, {
    sql,
    uses: [...functionCalled(context, called), ...columns],
    facts: { definition: treeText(rest, namesIn(context, scopeOf(context, table.oid))), calls: called.join('.') },
  });
}

export function createPolicy(context: Context, statement: CreatePolicyStmt, sql: string): void {
  const table = relationOf(context, statement.table);
  const facts = policyFacts(context, table, statement);
  putPart(context, table, 'policy', statement.policy_name ?? '', false, {
    sql,
    facts: { permissive: statement.permissive ?? false, command: statement.cmd_name, ...facts },
    uses: marked(JSON.stringify(facts)),
  });
}

export function alterPolicy(context: Context, statement: AlterPolicyStmt): void {
  const table = relationOf(context, statement.table);
  const name = statement.policy_name ?? '';
  const there =
    context.catalog.part('policy', table.oid, name) ?? assume(context, { kind: 'policy', parent: table.oid, name });
  const given = Object.entries(policyFacts(context, table, statement)).filter(([, fact]) => fact !== undefined);
  change(context, there, { facts: { ...there.facts, ...Object.fromEntries(given) } });
}

function policyFacts(
  context: Context,
  table: Thing,
  { roles, qual, with_check }: CreatePolicyStmt | AlterPolicyStmt,
): Facts {
  const names = namesIn(context, scopeOf(context, table.oid));
  return {
    roles: roles?.map((role) => treeText(role, names)),
    using: qual && expressionText(qual, names),
    check: with_check && expressionText(with_check, names),
  };
}

export function createRule(context: Context, statement: RuleStmt, sql: string): void {
  const table = relationOf(context, statement.relation);
  const { relation: _, rulename, replace, ...rest } = statement;
  putPart(context, table, 'rule', rulename ?? '', replace ?? false, {
    sql,
    uses: [],
    facts: { definition: treeText(rest, namesIn(context, scopeOf(context, table.oid))) },
  });
}

function putPart(
  context: Context,
  table: Thing,
  kind: 'trigger' | 'policy' | 'rule',
  name: string,
  mayReplace: boolean,
  made: { readonly sql: string; readonly uses: readonly Oid[]; readonly facts: Facts },
): void {
  const there = context.catalog.part(kind, table.oid, name);
  if (there && !mayReplace) refuse(context, `${kind} "${name}" for relation "${table.name}" already exists`);
  if (there) change(context, there, { ...made, isAssumed: false });
  else make(context, { kind, parent: table.oid, name, ...made });
}

export function createView(context: Context, statement: ViewStmt, sql: string): void {
  const schema = schemaOf(context, statement.view);
  const name = statement.view?.relname ?? '';
  const query = statement.query && 'SelectStmt' in statement.query ? statement.query.SelectStmt : undefined;
  const text = query ? namesIn(context, emptyScope).select(query) : '';
  const there = findRelation(context, statement.view?.schemaname, name);
  if (!statement.replace || there?.kind !== 'view') freeRelation(context, schema, name);
  const made = {
    uses: [...new Set(marked(text))],
    facts: {
      isMaterialized: false,
      query: text,
      options: (statement.options ?? []).map((one) => JSON.stringify(one)),
      columns: stringsOf(statement.aliases),
    },
    sql,
  };
  const isReplaced = statement.replace === true && there?.kind === 'view';
  const view = isReplaced
    ? change(context, there, { ...made, isAssumed: false })
    : make(context, { kind: 'view', schema, name, ...made });
  const given = stringsOf(statement.aliases);
  for (const [at, target] of (query ? targetsOf(context, query) : []).entries()) {
    const column = given[at] ?? target.name;
    if (!context.catalog.part('column', view.oid, column))
      make(context, { kind: 'column', parent: view.oid, name: column, facts: { type: '?' } });
  }
}
