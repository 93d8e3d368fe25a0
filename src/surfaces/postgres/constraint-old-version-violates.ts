import type { Rule, RuleFinding } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { additionsToOld, changesOfOld, type Found, type SchemaMigration } from './schema-migration.ts';

export const constraintOldVersionViolates: Rule<SchemaMigration> = {
  id: 'postgres/constraint-old-version-violates',
  problem:
    'A table that is in use gets a constraint that the old version does not know: what it writes may be refused from now on.',
  instead:
    'Let the new version keep the constraint first, add it NOT VALID, validate it, and keep a default for what the old version leaves out.',
  source: docs.constraints,
  examples: {
    matches: [
      'alter table users alter column email set not null;',
      'alter table users add constraint email_key unique (email);',
      'alter table orders add constraint positive check (total > 0) not valid;',
      'alter table orders add column state text not null;',
      'create unique index on users (email);',
    ],
    passes: [
      "alter table orders add column state text not null default 'new';",
      'create table t (id int primary key);',
      'alter table users add column email text;',
    ],
  },
  *find(change) {
    for (const found of changesOfOld(change)) {
      const { kind, before, after, name } = found.effect;
      if (kind === 'column' && before && after && before.facts['notNull'] !== true && after.facts['notNull'] === true)
        yield refused(found, `“${name}” may no longer be empty`, 'leaves it out');
    }
    for (const found of additionsToOld(change)) {
      const { kind, after, table = '', name } = found.effect;
      if (kind === 'constraint')
        yield refused(
          found,
          `“${table}” gets the constraint “${after?.name}” (${String(after?.facts['type'])})`,
          'does not keep it',
        );
      if (kind === 'index' && after?.facts['unique'] === true)
        yield refused(found, `“${table}” gets the unique index “${after.name}”`, 'writes a value twice');
      const isFilled = after?.facts['default'] ?? after?.facts['identity'] ?? after?.facts['generated'];
      if (kind === 'column' && after?.facts['notNull'] === true && isFilled === undefined)
        yield refused(found, `“${name}” is new and must be given`, 'does not know it');
    }
  },
};

const refused = ({ effect, at }: Found, what: string, how: string): RuleFinding => ({
  class: 'reversible-with-compatibility-window',
  message: `${what}: whatever the old version writes is refused where it ${how}.`,
  instead: 'Bring the constraint in after the old version is gone, or make sure that it keeps it.',
  ...(effect.inverse !== undefined && { inverse: effect.inverse }),
  closedBy: 'the rollback of the application, which then writes what is refused',
  at,
});
