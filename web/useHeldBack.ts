import { useState } from 'react';

import type { ChangeId } from '../src/model/ids.ts';
import type { ChangeRow } from '../src/model/view.ts';

export interface HeldBack {
  /** What stays at the top, and the rest, newest first: the order in which they were first shown. */
  readonly onTop: readonly ChangeRow[];
  readonly below: readonly ChangeRow[];
  /** How many came since, and wait until they are asked for. */
  readonly news: number;
  accept(): void;
}

/**
 * Nothing moves under the cursor: rows change in place, new ones wait behind a count.
 * @param key of the list; another one starts anew
 */
export function useHeldBack(
  key: string,
  waiting: readonly ChangeRow[] | undefined,
  rows: readonly ChangeRow[] | undefined,
): HeldBack {
  const [shown, setShown] = useState<{ key: string; newest: string; onTop: readonly ChangeId[] }>();
  const snapshot = () => ({
    key,
    newest: [...(rows ?? []), ...(waiting ?? [])].reduce<string>((most, { id }) => (id > most ? id : most), ''),
    onTop: (waiting ?? []).map(({ id }) => id),
  });
  const isNew = shown?.key !== key || (shown.newest === '' && (rows?.length ?? 0) > 0);
  if (isNew && rows && waiting) setShown(snapshot());

  const byId = new Map([...(rows ?? []), ...(waiting ?? [])].map((row) => [row.id, row]));
  const known = shown?.key === key ? shown : undefined;
  const top = new Set(known?.onTop);
  return {
    onTop: (known?.onTop ?? []).flatMap((id) => byId.get(id) ?? []),
    below: (rows ?? []).filter(({ id }) => !top.has(id) && id <= (known?.newest ?? '')),
    news: known ? [...byId.keys()].filter((id) => id > known.newest).length + turned(waiting, known) : 0,
    accept: () => setShown(snapshot()),
  };
}

/** Older changes that have come to need a person since. */
const turned = (
  waiting: readonly ChangeRow[] | undefined,
  known: { readonly newest: string; readonly onTop: readonly ChangeId[] },
): number => (waiting ?? []).filter(({ id }) => id <= known.newest && !known.onTop.includes(id)).length;
