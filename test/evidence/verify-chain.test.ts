import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { digest } from '#src/evidence/digest.ts';
import { exportFile } from '#src/evidence/export.ts';
import { verifyChain } from '#src/evidence/verify-chain.ts';

import { anyActor, anyFacts, chainOf } from './chain-of.ts';
import { hashOf, madeByHand, otherChange, records, signer } from './made-file.ts';

const closed = { v: 1, fact: 'closed' };

describe('a chain in the store', () => {
  test('is valid as it was written', () => {
    fc.assert(
      fc.property(anyActor, anyFacts, (by, happened) => {
        const texts = chainOf(happened, by);
        expect(verifyChain(texts)).toEqual({ valid: true, facts: texts.length, head: hashOf(texts.at(-1)) });
      }),
    );
    expect(verifyChain([])).toEqual({ valid: true, facts: 0, head: null });
  });

  test('is broken at the record in which anything was changed', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(), fc.nat(), fc.string({ maxLength: 2 }), (happened, which, where, by) => {
        const texts = chainOf(happened);
        const i = which % texts.length;
        const was = texts[i] ?? '';
        const now = was.slice(0, where % was.length) + by + was.slice((where % was.length) + 1);
        fc.pre(now !== was);
        expect(verifyChain(texts.with(i, now))).toMatchObject({ valid: false, at: i + 1 });
      }),
      { numRuns: 300 },
    );
  });

  test('is broken where a record is missing, repeated, out of order, or of another change', () => {
    const [one = '', two = '', three = ''] = records;
    expect(verifyChain([two, three])).toMatchObject({ at: 1, expected: 'record 1', found: 'record 2' });
    expect(verifyChain([one, three])).toMatchObject({ at: 2 });
    expect(verifyChain([one, one])).toMatchObject({ at: 2 });
    expect(verifyChain([one, three, two])).toMatchObject({ at: 2 });
    const mixed = madeByHand([{ fact: closed }, { fact: closed, change: otherChange }]);
    expect(verifyChain(mixed)).toMatchObject({ at: 2, found: `change ${otherChange}` });
  });

  test.each([
    ['white space', '{"fact": "closed","v":1}'],
    ['keys in another order', '{"v":1,"fact":"closed"}'],
    ['half a surrogate pair', '{"fact":"\\ud800","v":1}'],
    ['what is not JSON', '{"fact":}'],
  ])('is broken by %s even where the hash fits', (_, written) => {
    const [good = ''] = madeByHand([{ fact: closed }]);
    const front = good.slice(0, good.indexOf('{"fact":"closed"')) + written;
    const rest = good.slice(good.indexOf(',"previous"'));
    const text = `${front},"hash":"${digest(front + rest)}"${rest}`;
    expect(verifyChain([text])).toMatchObject({ at: 1, expected: 'canonical JSON' });
  });
});

describe('an export', () => {
  test('of a broken chain is refused, and names the record', () => {
    expect(() => exportFile(records.slice(1), signer)).toThrow(
      expect.objectContaining({ code: 'evidence-broken', message: expect.stringContaining('record 1') as string }),
    );
  });

  test('of nothing is refused', () => {
    expect(() => exportFile([], signer)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});
