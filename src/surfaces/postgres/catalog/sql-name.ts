import type { Snapshot } from './catalog.ts';
import { quoteName } from './expression.ts';
import { withNames, type Fact, type Oid, type Thing } from './thing.ts';

/** `public` goes without saying. */
export const sqlName = (thing: Thing): string =>
  thing.schema === '' || thing.schema === 'public' ? ownName(thing) : `${quoteName(thing.schema)}.${ownName(thing)}`;

/** A function's name holds its types already. */
const ownName = ({ kind, name }: Thing): string => {
  if (kind !== 'function') return quoteName(name);
  const open = name.indexOf('(');
  return `${quoteName(name.slice(0, open))}${name.slice(open)}`;
};

/** A fact as SQL: what it names, in the way that a statement names it there. */
export function sqlOf(snapshot: Snapshot, fact: Fact): string {
  const nameOf = (oid: Oid): string => {
    const thing = snapshot.get(oid);
    if (!thing) return '?';
    return thing.kind === 'column'
      ? quoteName(thing.name)
      : thing.kind === 'sequence'
        ? `'${sqlName(thing)}'`
        : sqlName(thing);
  };
  return withNames(String(fact ?? ''), nameOf);
}
