import type { FieldComparison } from '../model/comparison.ts';
/**
 * Before, after and now of one step, field by field, with what a rollback would set: state first, then what must be
 * the same, then what is only shown.
 */
import type { Json } from '../model/json.ts';
import type { Observation } from '../model/observation.ts';
import { fieldsOf, isSame } from '../model/same.ts';

type Reading = Observation<Json>;

/** @param sets the state that a rollback would put back; `null` when it would not run */
export function comparedFields(
  before: Reading,
  after: Reading,
  now: Reading | null,
  sets: Json | null,
): readonly FieldComparison[] {
  const row = (part: FieldComparison['part'], of: (reading: Reading) => Readonly<Record<string, Json>>) => {
    const [was, left, is] = [of(before), of(after), now ? of(now) : {}];
    return [...new Set([...Object.keys(was), ...Object.keys(left), ...Object.keys(is)])].map(
      (field): FieldComparison => {
        const restored = part === 'state' && sets !== null ? fieldsOf(sets)[field] : undefined;
        return {
          field,
          part,
          ...(was[field] !== undefined && { before: was[field] }),
          ...(left[field] !== undefined && { after: left[field] }),
          ...(is[field] !== undefined && { now: is[field] }),
          ...(restored !== undefined && !isSame(restored, is[field]) && { rollbackSets: restored }),
        };
      },
    );
  };
  return [
    ...row('state', ({ state }) => fieldsOf(state)),
    ...row('identity', ({ identity }) => identity),
    ...row('context', ({ context }) => fieldsOf(context)),
  ];
}
