import type { Snapshot } from '../postgres/catalog/catalog.ts';
import { sqlOf } from '../postgres/catalog/sql-name.ts';
import { factText, type Thing } from '../postgres/catalog/thing.ts';
import { keepsValues } from './keeps-values.ts';

const quoted = (name: string): string => (/^[a-z_][a-z\d_]*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``);
const tableOf = (state: Snapshot, { parent }: Thing): string =>
  quoted((parent === undefined ? undefined : state.get(parent)?.name) ?? '?');

/** The statement that puts a thing back; undefined where none does it exactly. */
export function inverseOf(state: Snapshot, before: Thing | undefined, after: Thing | undefined): string | undefined {
  if (!before && after) return dropSql(state, after);
  if (before && !after) return createSql(state, before);
  return before && after ? alterSql(state, before, after) : undefined;
}

function dropSql(state: Snapshot, thing: Thing): string | undefined {
  const on = tableOf(state, thing);
  if (thing.kind === 'table') return `DROP TABLE ${quoted(thing.name)};`;
  if (thing.kind === 'view') return `DROP VIEW ${quoted(thing.name)};`;
  if (thing.kind === 'column') return `ALTER TABLE ${on} DROP COLUMN ${quoted(thing.name)};`;
  if (thing.kind === 'index') return `DROP INDEX ${quoted(thing.name)} ON ${on};`;
  if (thing.kind !== 'constraint') return undefined;
  const type = thing.facts['type'];
  if (type === 'PRIMARY KEY') return `ALTER TABLE ${on} DROP PRIMARY KEY;`;
  return `ALTER TABLE ${on} DROP ${type === 'FOREIGN KEY' ? 'FOREIGN KEY' : 'CHECK'} ${quoted(thing.name)};`;
}

function createSql(state: Snapshot, thing: Thing): string | undefined {
  if (thing.isAssumed) return undefined;
  const on = sqlOf(state, thing.facts['on']);
  if (thing.kind === 'index')
    return `CREATE ${thing.facts['unique'] === true ? 'UNIQUE ' : ''}INDEX ${quoted(thing.name)} ON ${tableOf(state, thing)} (${on});`;
  if (thing.kind === 'view' && thing.sql !== undefined) return `${thing.sql};`;
  if (thing.kind !== 'constraint') return undefined;
  const type = factText(thing.facts['type']);
  const name = type === 'PRIMARY KEY' ? '' : `CONSTRAINT ${quoted(thing.name)} `;
  return `ALTER TABLE ${tableOf(state, thing)} ADD ${name}${type} ${type === 'CHECK' ? `(${on})` : on}${factText(thing.facts['actions'])};`;
}

function alterSql(state: Snapshot, before: Thing, after: Thing): string | undefined {
  const isSame = JSON.stringify(before.facts) === JSON.stringify(after.facts);
  if (after.kind === 'table' && before.name !== after.name)
    return `RENAME TABLE ${quoted(after.name)} TO ${quoted(before.name)};`;
  if (after.kind === 'column' && isSame && before.name !== after.name)
    return `ALTER TABLE ${tableOf(state, after)} RENAME COLUMN ${quoted(after.name)} TO ${quoted(before.name)};`;
  if (after.kind === 'index' && before.name !== after.name)
    return `ALTER TABLE ${tableOf(state, after)} RENAME INDEX ${quoted(after.name)} TO ${quoted(before.name)};`;
  if (after.kind !== 'column' || before.isAssumed || isSame) return undefined;
  const [from, to] = [factText(before.facts['type']), factText(after.facts['type'])];
  if (from !== to && !keepsValues(from, to)) return undefined;
  return `ALTER TABLE ${tableOf(state, after)} CHANGE COLUMN ${quoted(after.name)} ${columnWords(before)};`;
}

/** A column as CHANGE says it: whole. */
function columnWords({ name, facts }: Thing): string {
  const words = (word: string, fact: string): string =>
    facts[fact] === undefined ? '' : ` ${word} ${factText(facts[fact])}`;
  return `${quoted(name)} ${facts['type'] === undefined ? '<its type>' : factText(facts['type']).replaceAll(/ ?([(),]) ?/g, '$1')}${words('CHARACTER SET', 'charset')}${words('COLLATE', 'collation')}${facts['notNull'] === true ? ' NOT NULL' : ''}${words('DEFAULT', 'default')}${words('ON UPDATE', 'onUpdate')}${facts['autoIncrement'] === true ? ' AUTO_INCREMENT' : ''}${words('COMMENT', 'comment')}`;
}

export const columnStructure = (state: Snapshot, column: Thing): string =>
  `ALTER TABLE ${tableOf(state, column)} ADD COLUMN ${columnWords(column)};`;
