import type { FieldComparison, StepComparison } from '../src/model/comparison.ts';
/** Before, after, now and what rollback sets of one step, as the rows of a table. What is equal everywhere folds away. */
import type { Json } from '../src/model/json.ts';
import type { Observation } from '../src/model/observation.ts';
import type { StepView } from '../src/model/view.ts';

export interface FieldRow extends FieldComparison {
  /** The change set it: after is not as before. */
  readonly isChanged: boolean;
  /** Somebody set it since: now is not as after. */
  readonly isMoved: boolean;
  /** Nobody could read what is there now. */
  readonly isUnread: boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isSealed = (value: unknown): value is { readonly sealed: string; readonly fingerprint: string } =>
  isObject(value) && typeof value['sealed'] === 'string' && typeof value['fingerprint'] === 'string';

/** Deep equality of JSON; two sealed values are the same secret when their fingerprints are. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isSealed(a) && isSealed(b)) return a.fingerprint === b.fingerprint;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(a[key], b[key]));
}

/** A state that is not an object is one field, `value`. */
const fieldsOf = (state: Json | undefined): Readonly<Record<string, Json>> =>
  state === undefined ? {} : isObject(state) && !isSealed(state) ? state : { value: state };

/** The rows of a step; without a comparison, what was recorded before and after it. */
export function fieldRows(step: StepView, compared: StepComparison | undefined): readonly FieldRow[] {
  const fields = compared?.fields ?? recordedFields(step.before, step.after);
  const unread = compared !== undefined && isUnread(compared);
  return fields.map((field) => ({
    ...field,
    isChanged: field.after !== undefined || step.after ? !isSame(field.before, field.after) : false,
    isMoved: compared !== undefined && !unread && !isSame(field.after, field.now),
    isUnread: unread,
  }));
}

/** Two readings conflict; where there is none of now, nobody knows. Unknown is never shown as a difference. */
export const isUnread = ({ drift, fields }: StepComparison): boolean =>
  drift === 'conflicting' && fields.every(({ now }) => now === undefined);

/** State and context fold when nothing about them differs; identity stays: it must be the same. */
export const isFolded = (row: FieldRow): boolean =>
  row.part !== 'identity' && !row.isChanged && !row.isMoved && !row.isUnread && row.rollbackSets === undefined;

function recordedFields(
  before: Observation<Json> | undefined,
  after: Observation<Json> | undefined,
): readonly FieldComparison[] {
  const rows = (part: FieldComparison['part'], was: Json | undefined, is: Json | undefined) => {
    const [a, b] = [fieldsOf(was), fieldsOf(is)];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((field): FieldComparison => ({
      field,
      part,
      ...(a[field] !== undefined && { before: a[field] }),
      ...(b[field] !== undefined && { after: b[field] }),
    }));
  };
  return [
    ...rows('state', before?.state, after?.state),
    ...rows('identity', before?.identity, after?.identity),
    ...rows('context', before?.context, after?.context),
  ];
}
