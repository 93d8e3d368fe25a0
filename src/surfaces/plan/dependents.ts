import { isFixed } from './facts/fixed-attributes.ts';
import { isPlanList, type PlanValue } from './plan-value.ts';
import type { JudgedChange, PlannedChange } from './planned-change.ts';

/** The values by which others refer to an object: its id and its ARN. */
const namesOf = ({ before }: PlannedChange): readonly string[] =>
  [before['id'], before['arn']].filter((value) => typeof value === 'string' && value !== '') as readonly string[];

const mentions = (value: PlanValue | undefined, names: ReadonlyMap<string, string>): string | undefined =>
  typeof value === 'string'
    ? names.get(value)
    : isPlanList(value)
      ? value.map((item) => mentions(item, names)).find((found) => found !== undefined)
      : undefined;

/** Objects that are changed in place now and replaced on the way back, by the names that others know them by. */
export const replacedOnlyOnReturn = (changes: readonly JudgedChange[]): ReadonlyMap<string, string> =>
  namesByValue(changes.filter((one) => one.action === 'update' && one.returns === 'replace'));

/** Objects that are replaced now and stay on the way back. */
export const replacedOnlyNow = (changes: readonly JudgedChange[]): ReadonlyMap<string, string> =>
  namesByValue(changes.filter((one) => one.action === 'replace' && one.returns === 'none'));

const namesByValue = (changes: readonly JudgedChange[]): ReadonlyMap<string, string> =>
  new Map(changes.flatMap((one) => namesOf(one).map((value) => [value, one.address] as const)));

/** What becomes of an object on the way back when what it refers to is replaced then: its value becomes unknown. */
export function afterItsSource(
  change: PlannedChange,
  replaced: ReadonlyMap<string, string>,
): Partial<JudgedChange> | undefined {
  for (const [key, value] of Object.entries(change.before)) {
    if (key === 'id' || key === 'arn') continue;
    const source = mentions(value, replaced);
    if (source === undefined || source === change.address) continue;
    const because = `Its ${key} comes from ${source}, which the way back replaces.`;
    return { returns: isFixed(change.type, key) ? 'replace' : 'unknown', because };
  }
  return undefined;
}

/** All that changes comes from an object that is replaced this once: the way back finds nothing to change. */
export function staysWithItsSource(change: JudgedChange, replaced: ReadonlyMap<string, string>): boolean {
  if (change.attributes.some((one) => !one.isUnknown)) return false;
  const causes = change.attributes.filter(({ path }) => change.action === 'update' || change.replacedBy.includes(path));
  return causes.length > 0 && causes.every(({ before }) => mentions(before, replaced) !== undefined);
}
