import { isPlanList, isPlanObject, isSameValue, type PlanValue } from './plan-value.ts';

/** One attribute that a plan changes. */
export interface AttributeChange {
  /** With dots and without indices: `settings.disk_size`. */
  readonly path: string;
  readonly before: PlanValue | undefined;
  readonly after: PlanValue | undefined;
  /** Only the apply will tell what it becomes. */
  readonly isUnknown: boolean;
  /** Its values must not be shown. */
  readonly isSensitive: boolean;
}

interface Sides {
  readonly before: PlanValue | undefined;
  readonly after: PlanValue | undefined;
  /** Terraform's masks: true, or a mask for each part. */
  readonly unknown: PlanValue | undefined;
  readonly hidden: readonly (PlanValue | undefined)[];
}

/** More than these of one resource say nothing more. */
const most = 400;
/** Longer lists are compared as a whole. */
const longest = 200;

export function attributeChanges(sides: Sides): readonly AttributeChange[] {
  const found: AttributeChange[] = [];
  collect(sides, '', found);
  return found;
}

function collect({ before, after, unknown, hidden }: Sides, path: string, found: AttributeChange[]): void {
  if (found.length >= most) return;
  const isUnknown = unknown === true;
  if (!isUnknown && !isMasked(unknown) && isSameValue(before, after)) return;
  const isHidden = hidden.includes(true);
  if (isUnknown || isHidden || !collectParts({ before, after, unknown, hidden }, path, found))
    found.push({ path, before, after: isUnknown ? undefined : after, isUnknown, isSensitive: hidden.some(isMasked) });
}

/** Whether both sides have parts that can be told apart; they are then compared one by one. */
function collectParts({ before, after, unknown, hidden }: Sides, path: string, found: AttributeChange[]): boolean {
  if (isPlanObject(before) && (isPlanObject(after) || path === '')) {
    const now = isPlanObject(after) ? after : {};
    const one = (key: string): void => {
      const masked = part(unknown, key);
      // most are as they were: nothing is made for them
      if (!isMasked(masked) && isSameValue(before[key], now[key])) return;
      const sides = {
        before: before[key],
        after: now[key],
        unknown: masked,
        hidden: hidden.map((mask) => part(mask, key)),
      };
      collect(sides, path === '' ? key : `${path}.${key}`, found);
    };
    for (const key in before) one(key);
    for (const key in now) if (!(key in before)) one(key);
    for (const key of keysOf(unknown)) if (!(key in before) && !(key in now)) one(key);
    return true;
  }
  if (!isPlanList(before) || !isPlanList(after) || before.length > longest || after.length > longest) return false;
  const were = before
    .map((item, index) => ({ item, index }))
    .filter(({ item }) => !after.some((other) => isSameValue(item, other)));
  const are = after
    .map((item, index) => ({ item, index }))
    .filter(({ item, index }) => isMasked(part(unknown, index)) || !before.some((other) => isSameValue(item, other)));
  if (were.length !== are.length || ![...were, ...are].every(({ item }) => isPlanObject(item))) return false;
  for (const [i, was] of were.entries()) {
    const is = are[i];
    if (is)
      collect(
        {
          before: was.item,
          after: is.item,
          unknown: part(unknown, is.index),
          hidden: [part(hidden[0], was.index), part(hidden[1], is.index)],
        },
        path,
        found,
      );
  }
  return true;
}

const keysOf = (mask: PlanValue | undefined): readonly string[] => (isPlanObject(mask) ? Object.keys(mask) : []);

/** A mask of a whole holds for its parts. */
function part(mask: PlanValue | undefined, key: string | number): PlanValue | undefined {
  if (mask === true) return true;
  if (typeof key === 'number') return isPlanList(mask) ? mask[key] : undefined;
  return isPlanObject(mask) ? mask[key] : undefined;
}

/** Whether anything in it is masked. */
function isMasked(mask: PlanValue | undefined): boolean {
  if (mask === true) return true;
  if (isPlanList(mask)) return mask.some(isMasked);
  return isPlanObject(mask) && Object.values(mask).some(isMasked);
}
