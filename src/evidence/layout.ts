/**
 * How a record stands in a line. Keys in canonical order put `hash`, `previous` and `seq` behind the fact, so that the
 * text which is hashed is the text which is kept, less one member. Whoever verifies knows `previous` and `seq` before
 * reading them, and need only compare bytes.
 */
import type { ChangeId, Hash } from '../model/ids.ts';

const anyHash: Hash = `sha256:${'0'.repeat(64)}`;

export const hashMember = (hash: Hash): string => `,"hash":"${hash}"`;
export const hashMemberLength = hashMember(anyHash).length;

export const afterHash = (previous: Hash | null, seq: number): string =>
  `,"previous":${previous === null ? 'null' : `"${previous}"`},"seq":${seq}}`;

/** How long that is: only the first record has no previous one. */
export const afterHashLength = (seq: number): number => (seq === 1 ? ofFirst : ofOthers) + String(seq).length;
const ofFirst = afterHash(null, 1).length - 1;
const ofOthers = afterHash(anyHash, 2).length - 1;

/** The first of these in a record is its own: a text in front of it cannot hold one, as JSON escapes quotation marks. */
const changeKey = ',"change":"';
const factKey = '","fact":{';
const changeIdLength = 26;

/** Where the change of the record that begins at `start` stands. */
export const changePlace = (text: string, start: number): number => text.indexOf(changeKey, start) + changeKey.length;

export function changeAt(text: string, place: number): ChangeId | undefined {
  const end = place + changeIdLength;
  const id = text.slice(place, end);
  return /^[0-9A-Z]*$/.test(id) && text.startsWith(factKey, end) ? (id as ChangeId) : undefined;
}

/** What stands at its place. */
export const changeMember = (change: ChangeId): string => change + factKey;

/** What a line that is a record says of its place, in this order: hash, previous, seq. */
export const placeIn =
  /,"hash":"(sha256:[0-9a-f]{64})","previous":(?:null|"(sha256:[0-9a-f]{64})"),"seq":([1-9]\d*)\}$/;

/** Every record begins so, and a seal does not. */
export const beginsAsRecord = (line: string): boolean => line.startsWith('{"at":"');
