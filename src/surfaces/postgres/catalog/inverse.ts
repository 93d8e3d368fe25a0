import type { Snapshot } from './catalog.ts';
import { constraintSql } from './constraints.ts';
import { keepsValues } from './conversion.ts';
import { quoteName, quoteText } from './expression.ts';
import { indexSql } from './indexes.ts';
import { sqlName, sqlOf } from './sql-name.ts';
import type { Thing } from './thing.ts';

/**
 * The statement that puts a thing back as it was; undefined where there is none that does it exactly.
 *
 * @param state in which the names are those that hold when it is run
 */
export function inverseOf(state: Snapshot, before: Thing | undefined, after: Thing | undefined): string | undefined {
  if (!before && after) return dropSql(state, after);
  if (before && !after) return createSql(state, before);
  return before && after ? alterSql(state, before, after) : undefined;
}

const parentName = (state: Snapshot, thing: Thing): string => {
  const parent = thing.parent === undefined ? undefined : state.get(thing.parent);
  return parent ? sqlName(parent) : '?';
};

const words: Partial<Record<Thing['kind'], string>> = {
  table: 'TABLE',
  index: 'INDEX',
  sequence: 'SEQUENCE',
  type: 'TYPE',
  function: 'FUNCTION',
  schema: 'SCHEMA',
  extension: 'EXTENSION',
};

function dropSql(state: Snapshot, thing: Thing): string | undefined {
  const word =
    thing.kind === 'view' ? (thing.facts['isMaterialized'] === true ? 'MATERIALIZED VIEW' : 'VIEW') : words[thing.kind];
  if (word !== undefined) return `DROP ${word} ${sqlName(thing)};`;
  const on = parentName(state, thing);
  if (thing.kind === 'column') return `ALTER TABLE ${on} DROP COLUMN ${quoteName(thing.name)};`;
  if (thing.kind === 'constraint') return `ALTER TABLE ${on} DROP CONSTRAINT ${quoteName(thing.name)};`;
  if (thing.kind === 'trigger' || thing.kind === 'policy' || thing.kind === 'rule')
    return `DROP ${thing.kind.toUpperCase()} ${quoteName(thing.name)} ON ${on};`;
  return undefined;
}

function createSql(state: Snapshot, thing: Thing): string | undefined {
  if (thing.isAssumed) return undefined;
  if (thing.kind === 'index') return `${sqlOf(state, indexSql(thing, parentName(state, thing)))};`;
  if (thing.kind === 'constraint')
    return `ALTER TABLE ${parentName(state, thing)} ADD ${sqlOf(state, constraintSql(thing))};`;
  const isWritten =
    thing.kind === 'trigger' ||
    thing.kind === 'policy' ||
    thing.kind === 'function' ||
    thing.kind === 'view' ||
    thing.kind === 'rule';
  if (isWritten && thing.sql !== undefined) return `${thing.sql};`;
  if (thing.kind === 'type' && thing.facts['form'] === 'enum' && Array.isArray(thing.facts['values']))
    return `CREATE TYPE ${sqlName(thing)} AS ENUM (${thing.facts['values'].map(quoteText).join(', ')});`;
  return undefined;
}

function alterSql(state: Snapshot, before: Thing, after: Thing): string | undefined {
  if (before.name !== after.name) return renameSql(state, before, after);
  if (after.kind === 'column') return columnSql(state, before, after);
  if ((after.kind === 'view' || after.kind === 'function') && before.sql !== undefined)
    return `${before.sql.replace(/^create\s+(?!or\s+replace)/i, 'CREATE OR REPLACE ')};`;
  if (after.kind === 'table') return tableSql(before, after);
  return undefined;
}

function renameSql(state: Snapshot, before: Thing, after: Thing): string | undefined {
  const to = quoteName(before.name);
  if (after.kind === 'column')
    return `ALTER TABLE ${parentName(state, after)} RENAME COLUMN ${quoteName(after.name)} TO ${to};`;
  if (after.kind === 'constraint')
    return `ALTER TABLE ${parentName(state, after)} RENAME CONSTRAINT ${quoteName(after.name)} TO ${to};`;
  const word = words[after.kind];
  return word === undefined ? undefined : `ALTER ${word} ${sqlName(after)} RENAME TO ${to};`;
}

/** The actions that set a column back, or undefined where its type does not come back exactly or is not known. */
function columnSql(state: Snapshot, before: Thing, after: Thing): string | undefined {
  const name = quoteName(after.name);
  const changed = Object.keys({ ...before.facts, ...after.facts }).filter(
    (fact) => before.facts[fact] !== after.facts[fact],
  );
  const actions: string[] = [];
  for (const fact of changed) {
    const was = before.facts[fact];
    if (before.isAssumed && was === undefined && fact !== 'notNull') return undefined;
    if (fact === 'type' && keepsValues(String(was), String(after.facts['type']), false))
      actions.push(`ALTER COLUMN ${name} TYPE ${sqlOf(state, was)}`);
    else if (fact === 'default')
      actions.push(`ALTER COLUMN ${name} ${was === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${sqlOf(state, was)}`}`);
    else if (fact === 'notNull') actions.push(`ALTER COLUMN ${name} ${was === true ? 'SET' : 'DROP'} NOT NULL`);
    else return undefined;
  }
  return actions.length > 0 ? `ALTER TABLE ${parentName(state, after)} ${actions.join(', ')};` : undefined;
}

function tableSql(before: Thing, after: Thing): string | undefined {
  const on = `ALTER TABLE ${sqlName(after)}`;
  const changed = Object.keys({ ...before.facts, ...after.facts }).filter(
    (fact) => before.facts[fact] !== after.facts[fact],
  );
  if (before.schema !== after.schema) return `${on} SET SCHEMA ${quoteName(before.schema)};`;
  if (changed.join() === 'rowSecurity')
    return `${on} ${before.facts['rowSecurity'] === true ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY;`;
  if (changed.join() === 'forcesRowSecurity')
    return `${on} ${before.facts['forcesRowSecurity'] === true ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY;`;
  if (changed.join() === 'persistence')
    return `${on} SET ${before.facts['persistence'] === 'u' ? 'UNLOGGED' : 'LOGGED'};`;
  return undefined;
}

/** What makes a column anew, without what was in it. */
export function columnStructure(state: Snapshot, column: Thing): string {
  const { type, default: given, notNull } = column.facts;
  const parts = [
    type === undefined ? '<its type>' : sqlOf(state, type),
    ...(given === undefined ? [] : [`DEFAULT ${sqlOf(state, given)}`]),
    ...(notNull === true ? ['NOT NULL'] : []),
  ];
  return `ALTER TABLE ${parentName(state, column)} ADD COLUMN ${quoteName(column.name)} ${parts.join(' ')};`;
}
