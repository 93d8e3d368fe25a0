/**
 * When two readings are the same. Equality is deep equality of JSON, with one exception: two sealed secrets are equal
 * when their fingerprints are, because the same secret sealed twice makes two different envelopes.
 */
import type { Json } from './json.ts';
import type { Sealed } from './sealed.ts';

type JsonObject = Readonly<Record<string, Json>>;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isSealed = (value: Json | undefined): value is Sealed & JsonObject =>
  isObject(value) && typeof value['sealed'] === 'string' && typeof value['fingerprint'] === 'string';

export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isSealed(a) && isSealed(b)) return a.fingerprint === b.fingerprint;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

/** The fields of two states by name; a state that is not an object is one field, `value`. */
export const fieldsOf = (state: Json | undefined): JsonObject =>
  state === undefined ? {} : isObject(state) && !isSealed(state) ? state : { value: state };
