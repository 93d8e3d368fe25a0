import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { StepComparison } from '#src/model/comparison.ts';
import type { Json } from '#src/model/json.ts';
import type { StepView } from '#src/model/view.ts';

import { fieldRows, isFolded, isSame, isUnread } from '../../web/fieldRows.ts';

const step = (before: Json, after?: Json): StepView =>
  ({
    before: { state: before, identity: { inode: '7' } },
    ...(after !== undefined && { after: { state: after, identity: { inode: '7' } } }),
  }) as unknown as StepView;
const compared = (fields: StepComparison['fields']): StepComparison => ({ fields }) as StepComparison;

describe('sameness', () => {
  test('equal fingerprints are equal secrets, whatever envelope they are in', () => {
    const secret = (sealed: string, fingerprint: string) => ({ sealed, fingerprint });
    expect(isSame(secret('a', '91c4'), secret('b', '91c4'))).toBe(true);
    expect(isSame(secret('a', '91c4'), secret('a', 'e07b'))).toBe(false);
  });

  test('JSON is the same as its copy, and as nothing that differs', () => {
    const value = fc.jsonValue() as fc.Arbitrary<Json>;
    fc.assert(fc.property(value, (json) => isSame(json, JSON.parse(JSON.stringify(json)) as Json)));
    fc.assert(fc.property(value, (json) => !isSame(json, [json, 1])));
  });
});

describe('rows', () => {
  test('without a look at now: what was recorded before and after', () => {
    const [mode, inode] = fieldRows(step({ mode: '0644' }, { mode: '0600' }), undefined);
    expect(mode).toMatchObject({ field: 'mode', before: '0644', after: '0600', isChanged: true, isMoved: false });
    expect(inode).toMatchObject({ part: 'identity', isChanged: false });
  });

  test('before it has run nothing is said to have changed', () => {
    expect(fieldRows(step({ mode: '0644' }), undefined)[0]).toMatchObject({ isChanged: false, isMoved: false });
  });

  test('a state that is a secret is one field', () => {
    const [value] = fieldRows(
      step({ sealed: 'x', fingerprint: '91c4' }, { sealed: 'y', fingerprint: 'e07b' }),
      undefined,
    );
    expect(value).toMatchObject({ field: 'value', isChanged: true });
  });

  test('what nobody could read is unknown, and no difference', () => {
    const unread = {
      drift: 'conflicting',
      fields: [
        { field: 'mode', part: 'state', before: '0644', after: '0600' },
        { field: 'owner', part: 'context', before: 'root', after: 'root' },
      ],
    } as unknown as StepComparison;
    const rows = fieldRows(step({}, {}), unread);
    expect(isUnread(unread)).toBe(true);
    expect(rows.map((row) => [row.isMoved, row.isUnread, isFolded(row)])).toEqual([
      [false, true, false],
      [false, true, false],
    ]);
  });

  test('who moved since shows; what is equal everywhere folds, but never identity', () => {
    const rows = fieldRows(
      step({}, {}),
      compared([
        { field: 'mode', part: 'state', before: '0644', after: '0600', now: '0640' },
        { field: 'owner', part: 'state', before: 'root', after: 'root', now: 'root' },
        { field: 'inode', part: 'identity', before: '7', after: '7', now: '7' },
      ]),
    );
    expect(rows.map(({ isMoved }) => isMoved)).toEqual([true, false, false]);
    expect(rows.map(isFolded)).toEqual([false, true, false]);
  });
});
