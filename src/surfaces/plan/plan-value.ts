/** A value in a plan. An integer that a double cannot hold is a bigint. */
export type PlanValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly PlanValue[]
  | { readonly [key: string]: PlanValue };
export type PlanObject = { readonly [key: string]: PlanValue };

export const isPlanObject = (value: PlanValue | undefined): value is PlanObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isPlanList = (value: PlanValue | undefined): value is readonly PlanValue[] => Array.isArray(value);

/** What a provider writes where nothing was set. */
export const isUnset = (value: PlanValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (isPlanList(value) ? value.length === 0 : isPlanObject(value) && Object.keys(value).length === 0);

/** Absent and null are the same: a plan leaves out what it writes as null elsewhere. */
export function isSameValue(a: PlanValue | undefined, b: PlanValue | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (isPlanList(a) && isPlanList(b)) return a.length === b.length && a.every((item, i) => isSameValue(item, b[i]));
  if (!isPlanObject(a) || !isPlanObject(b)) return false;
  for (const key in a) if (!isSameValue(a[key], b[key])) return false;
  for (const key in b) if (!(key in a) && b[key] !== null) return false;
  return true;
}
