import { isDeepStrictEqual } from 'node:util';

import type { Json } from '#src/model/json.ts';
import { isSame } from '#src/model/same.ts';

/** A law that does not hold, with what was found. */
class Broken extends Error {}

const shown = (value: unknown): string =>
  value instanceof Error
    ? String(value)
    : JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v));

export function claim(holds: boolean, what: string): void {
  if (!holds) throw new Broken(what);
}

export const claimEqual = (found: unknown, wanted: unknown, what: string): void =>
  claim(isDeepStrictEqual(found, wanted), `${what}: ${shown(found)}, wanted ${shown(wanted)}`);

/** Equal as the pipeline sees it: sealed secrets by their fingerprint. */
export const claimSame = (found: Json, wanted: Json, what: string): void =>
  claim(isSame(found, wanted), `${what}: ${shown(found)}, wanted ${shown(wanted)}`);

export const claimOther = (found: Json, not: Json, what: string): void =>
  claim(!isSame(found, not), `${what} ${shown(found)}`);

/** What a call that must fail failed with. */
export async function claimRefused(call: Promise<unknown>, what: string): Promise<unknown> {
  const answered = {
    by: await call.then(
      () => undefined,
      (error: unknown) => ({ error }),
    ),
  };
  if (!answered.by) throw new Broken(`${what} was not refused`);
  return answered.by.error;
}
