import type { AlterSeqStmt, CreateSeqStmt, Node } from '@pgsql/types';

import { change, make, type Context } from './context.ts';
import { treeText } from './expression.ts';
import { columnOf, findRelation, freeRelation, relationNamed, relationOf, schemaOf } from './relations.ts';
import { emptyScope, namesIn } from './scope.ts';
import { mark, type Facts, type Oid, type Thing } from './thing.ts';
import { stringsOf, typeText } from './type-name.ts';

/** What a sequence is without being told: the same as if it was told. */
const defaults: Readonly<Record<string, string>> = {
  start: '1',
  increment: '1',
  cache: '1',
  cycle: 'false',
  as: 'int8',
};

export function createSequence(context: Context, statement: CreateSeqStmt): void {
  const name = statement.sequence?.relname ?? '';
  if (statement.if_not_exists && findRelation(context, statement.sequence?.schemaname, name)) return;
  const schema = schemaOf(context, statement.sequence);
  freeRelation(context, schema, name);
  const { facts, owner } = optionsOf(context, statement.options);
  make(context, { kind: 'sequence', schema, name, facts, goesWith: owner === undefined ? [] : [owner] });
}

export function alterSequence(context: Context, statement: AlterSeqStmt): void {
  const { sequence, missing_ok, options } = statement;
  if (missing_ok && !findRelation(context, sequence?.schemaname, sequence?.relname ?? '')) return;
  const there = relationOf(context, sequence, 'sequence');
  const { facts, owner } = optionsOf(context, options);
  const merged: Facts = { ...there.facts, ...facts };
  change(context, there, {
    facts: merged,
    ...(owner !== undefined && { goesWith: [owner] }),
    ...(facts['restart'] !== undefined && { data: ['restarted'] }),
  });
}

function optionsOf(
  context: Context,
  options: readonly Node[] | undefined,
): { readonly facts: Facts; readonly owner: Oid | undefined } {
  const facts: Record<string, string> = {};
  let owner: Thing | undefined;
  for (const option of options ?? []) {
    if (!('DefElem' in option)) continue;
    const { defname = '', arg } = option.DefElem;
    if (defname === 'owned_by') {
      const names = arg && 'List' in arg ? stringsOf(arg.List.items) : [];
      const table = names.length > 1 ? relationNamed(context, names.at(-3), names.at(-2) ?? '') : undefined;
      owner = table && columnOf(context, table, names.at(-1) ?? '');
      facts['ownedBy'] = owner ? mark(owner.oid) : '';
      continue;
    }
    const value =
      arg === undefined
        ? ''
        : 'TypeName' in arg
          ? typeText(context, arg.TypeName)
          : treeText(arg, namesIn(context, emptyScope));
    if ((defname === 'minvalue' || defname === 'maxvalue') && arg === undefined) continue;
    if (defaults[defname] !== value) facts[defname] = value;
  }
  return { facts, owner: owner?.oid };
}
