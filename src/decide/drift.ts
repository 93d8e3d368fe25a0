/**
 * Drift: what is there now, held against what the change left behind. Six verdicts. Only the first three allow the
 * inverse to run: nothing moved, somebody has put it back already, or only fields moved that the change never set.
 */
import type { Json } from '../model/json.ts';
import type { Drift, Observation } from '../model/observation.ts';
import { fieldsOf, isSame } from '../model/same.ts';

type Reading = Observation<Json>;
export interface DriftVerdict {
  readonly drift: Drift;
  readonly because: string;
}

/** @param now `null` when the resource is not there */
export function driftOf(before: Reading, after: Reading, now: Reading | null, canBeMadeAgain: boolean): DriftVerdict {
  if (!now)
    return canBeMadeAgain
      ? { drift: 'gone-re-creatable', because: 'it is not there any more, and the inverse can make it again' }
      : { drift: 'gone', because: 'it is not there any more, and nothing here can make it again' };
  const isAsAfter = isSame(now.state, after.state);
  const isTheSameThing = isSame(now.identity, after.identity) || isSame(now.identity, before.identity);
  if (isSame(now.state, before.state) && !isAsAfter && isTheSameThing)
    return { drift: 'already-restored', because: 'somebody has put it back already' };
  const otherThing = differingKeys(after.identity, now.identity);
  if (otherThing.length > 0)
    return {
      drift: 'conflicting',
      because: `another one is there now: ${otherThing.map((key) => `its ${key} was ${after.identity[key] ?? 'absent'} and is ${now.identity[key] ?? 'absent'}`).join(', ')}`,
    };
  if (isAsAfter) return { drift: 'clean', because: 'it is as the change left it' };
  const moved = changedFields(after.state, now.state);
  const ours = new Set(changedFields(before.state, after.state));
  const contested = moved.filter((field) => ours.has(field));
  return contested.length === 0
    ? { drift: 'compatible', because: `only ${moved.join(', ')} moved, which the change never set` }
    : { drift: 'conflicting', because: `${contested.join(', ')} was changed after the change` };
}

/** Names of the fields in which two states differ. */
export function changedFields(a: Json, b: Json): readonly string[] {
  const [fieldsA, fieldsB] = [fieldsOf(a), fieldsOf(b)];
  return [...new Set([...Object.keys(fieldsA), ...Object.keys(fieldsB)])].filter(
    (field) => !isSame(fieldsA[field], fieldsB[field]),
  );
}

/** `before`, so that only what the change set is put back: now, overlaid by the fields that the change moved. */
export function restorable(before: Reading, after: Reading, now: Reading): Reading {
  const fields = { ...fieldsOf(now.state) };
  for (const field of changedFields(before.state, after.state)) {
    const value = fieldsOf(before.state)[field];
    if (value === undefined) delete fields[field];
    else fields[field] = value;
  }
  return { ...before, state: fields };
}

const differingKeys = (a: Reading['identity'], b: Reading['identity']): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]);
