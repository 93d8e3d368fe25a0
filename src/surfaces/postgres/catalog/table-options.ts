import type { Node } from '@pgsql/types';

import type { Facts } from './thing.ts';

/** Storage parameters: those that are set, or those that are left after a reset. */
export function setOptions(facts: Facts, def: Node | undefined, isReset: boolean): Facts {
  const items = def && 'List' in def ? (def.List.items ?? []) : [];
  const options = new Map(
    (Array.isArray(facts['options']) ? facts['options'] : []).map(
      (one: string) => [one.split('=')[0] ?? '', one] as const,
    ),
  );
  for (const item of items) {
    if (!('DefElem' in item)) continue;
    const { defname = '', arg } = item.DefElem;
    if (isReset) options.delete(defname);
    else options.set(defname, `${defname}=${JSON.stringify(arg)}`);
  }
  return { options: [...options.values()].toSorted() };
}
