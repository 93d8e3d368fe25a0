import { isUnset, type PlanValue } from '../plan-value.ts';
import type { AttributeFact, Direction } from './fact.ts';

/** In which directions a value changes: `lowered` and `changed`, for example. A switch that was never set is off. */
export function directions(before: PlanValue | undefined, after: PlanValue | undefined): readonly Direction[] {
  const [was, is] = [before ?? null, after ?? null];
  if (was === is) return [];
  if (isSwitch(was) || isSwitch(is))
    return isOn(was) === isOn(is) ? [] : ['changed', isOn(is) ? 'enabled' : 'disabled'];
  if (is === null || is === '') return isUnset(was) ? [] : ['changed', 'unset'];
  if (was === null || was === '') return ['changed', 'set'];
  const order = compared(was, is);
  return order === 0 || order === undefined ? ['changed'] : ['changed', order < 0 ? 'raised' : 'lowered'];
}

/** Whether a fact is about this change. */
export function isAbout({ when }: AttributeFact, before: PlanValue | undefined, after: PlanValue | undefined): boolean {
  if (typeof when === 'string') return directions(before, after).includes(when);
  const isFrom = when.from === undefined || before === when.from;
  return isFrom && (when.to === undefined || after === when.to) && before !== after;
}

const isSwitch = (value: PlanValue): boolean => typeof value === 'boolean' || value === 'true' || value === 'false';
const isOn = (value: PlanValue): boolean => value === true || value === 'true';

const version = /^(?:[A-Za-z][A-Za-z_-]*)?\d+(?:[._]\d+)*/;
const natural = new Intl.Collator('en', { numeric: true });

/** Numbers by size, versions by their parts; nothing where no order is known. */
function compared(a: PlanValue, b: PlanValue): number | undefined {
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const [was, is] = [version.exec(a)?.[0], version.exec(b)?.[0]];
  if (was === undefined || is === undefined || prefix(was) !== prefix(is)) return undefined;
  return natural.compare(was, is);
}

const isNumber = (value: PlanValue): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
const prefix = (text: string): string => /^\D*/.exec(text)?.[0] ?? '';
