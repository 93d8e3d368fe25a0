import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type Found, type SchemaMigration } from './schema-migration.ts';

export const loosenedConstraint: Rule<SchemaMigration> = {
  id: 'postgres/loosened-constraint',
  problem:
    'A constraint is taken away: once the new version has written what it forbade, it cannot be put back over those rows.',
  instead: 'Leave the constraint off when you roll back, or clean the rows before it is put back.',
  source: docs.constraints,
  examples: {
    matches: ['alter table users alter column email drop not null;', 'alter table users drop constraint email_key;'],
    passes: [
      'create table t (a int not null);\nalter table t alter column a drop not null;',
      'alter table users drop column email;',
    ],
  },
  *find(change) {
    for (const found of changesOfOld(change)) {
      const loosened = looseningOf(found);
      if (!loosened) continue;
      const { effect, at } = found;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${loosened.what}. Once the new version has written ${loosened.rows}, the constraint cannot come back over them.`,
        instead: 'Leave it off until the rows that break it are repaired.',
        ...(effect.inverse !== undefined && { inverse: effect.inverse }),
        ...(loosened.probe !== undefined && { probe: loosened.probe }),
        closedBy: `the first of ${loosened.rows}`,
        at,
      };
    }
  },
};

interface Loosening {
  readonly what: string;
  readonly rows: string;
  readonly probe: string | undefined;
}

function looseningOf({ effect, step }: Found): Loosening | undefined {
  const { kind, before, after, name, table } = effect;
  if (!before) return undefined;
  if (kind === 'column' && after && before.facts['notNull'] !== false && after.facts['notNull'] === false)
    return {
      what: `“${name}” may be empty from now on`,
      rows: 'a NULL there',
      probe: `select 1 from ${table} where ${after.name} is null limit 1`,
    };
  const isUniqueIndex = kind === 'index' && before.facts['unique'] === true;
  if (
    after ||
    effect.isWithParent ||
    (kind !== 'constraint' && !isUniqueIndex) ||
    isDroppedWithColumn(step.effects, effect)
  )
    return undefined;
  const what = isUniqueIndex
    ? `The unique index “${name}” is dropped`
    : `The constraint “${before.name}” of “${table}” is dropped`;
  return { what, ...rowsAgainst(effect, table ?? '') };
}

const isDroppedWithColumn = (all: Found['step']['effects'], { before }: Found['effect']): boolean =>
  all.some(
    (other) => other.kind === 'column' && !other.after && before?.goesWith.includes(other.before?.oid ?? 0) === true,
  );

function rowsAgainst(effect: Found['effect'], table: string): Omit<Loosening, 'what'> {
  const type = effect.before?.facts['type'];
  const on = effect.sql('on', 'before');
  if (type === 'CHECK')
    return { rows: 'a row that breaks it', probe: `select 1 from ${table} where not ${on} limit 1` };
  if (type === 'FOREIGN KEY') return { rows: 'a row that refers to nothing', probe: undefined };
  const columns = on.replace(/^[^(]*\(|\)$/g, '');
  return {
    rows: 'two rows alike',
    ...(on === ''
      ? { probe: undefined }
      : { probe: `select ${columns} from ${table} group by ${columns} having count(*) > 1 limit 1` }),
  };
}
