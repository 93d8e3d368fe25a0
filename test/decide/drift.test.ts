import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { changedFields, driftOf, restorable } from '#src/decide/drift.ts';
import type { Json } from '#src/model/json.ts';
import { isSame } from '#src/model/same.ts';

const identity = { inode: '1:7' };
const at = (state: Json, id: Record<string, string> = identity) => ({ state, identity: id });
const before = at({ mode: '0644', owner: 'root' });
const after = at({ mode: '0600', owner: 'root' });

describe('the six verdicts of drift', () => {
  test.each([
    ['clean', after],
    ['already-restored', before],
    ['compatible', at({ mode: '0600', owner: 'www' })],
    ['conflicting', at({ mode: '0640', owner: 'root' })],
    ['conflicting', at({ mode: '0600', owner: 'root' }, { inode: '1:8' })],
    ['gone', null],
  ] as const)('[R3.1] %s', (drift, now) => {
    expect(driftOf(before, after, now, false).drift).toBe(drift);
  });
  test('[R2.2] gone, where the inverse can make it again', () => {
    expect(driftOf(before, after, null, true).drift).toBe('gone-re-creatable');
  });
  test('what did not exist before and is gone again has been put back', () => {
    const absent = at({ content: null }, {});
    expect(driftOf(absent, at({ content: 'x' }), absent, true).drift).toBe('already-restored');
  });
  test('another thing in the same state is not taken for restored', () => {
    expect(driftOf(before, after, at(before.state, { inode: '1:9' }), false).drift).toBe('conflicting');
  });

  const states = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom<Json>(1, 2, 'x', null));
  test('a verdict that lets the inverse run never hides a move of what the change set', () => {
    fc.assert(
      fc.property(states, states, states, (was, left, is) => {
        const { drift } = driftOf(at(was), at(left), at(is), true);
        const ours = changedFields(was, left);
        const moved = changedFields(left, is);
        if (drift === 'clean') expect(moved).toEqual([]);
        if (drift === 'compatible') expect(moved.filter((field) => ours.includes(field))).toEqual([]);
        if (drift === 'already-restored') expect(isSame(is, was)).toBe(true);
      }),
    );
  });
  test('after a compatible edit, what is put back keeps the edit and restores what the change set', () => {
    fc.assert(
      fc.property(states, states, states, (was, left, is) => {
        const back = restorable(at(was), at(left), at(is)).state as Record<string, Json>;
        const ours = changedFields(was, left);
        for (const field of ['a', 'b', 'c']) expect(back[field]).toEqual(ours.includes(field) ? was[field] : is[field]);
      }),
    );
  });
  test('two envelopes of one secret are the same; two secrets are not', () => {
    const sealed = (envelope: string, fingerprint: string) => ({ password: { sealed: envelope, fingerprint } });
    expect(isSame(sealed('e1', 'f'), sealed('e2', 'f'))).toBe(true);
    expect(isSame(sealed('e1', 'f'), sealed('e1', 'g'))).toBe(false);
  });
});
