import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonical } from '#src/evidence/canonical.ts';
import { link } from '#src/evidence/link.ts';
import type { Evidence, Fact } from '#src/model/fact.ts';
import type { Json } from '#src/model/json.ts';

import { anyActor, anyFact, at, chainOf, change, facts } from './chain-of.ts';
import { golden } from './golden.ts';

describe('a record', () => {
  test('is written as it always was', () => {
    expect(chainOf(facts).join('\n')).toBe(golden('records.jsonl').trimEnd());
  });

  test('is the canonical JSON of itself, and its hash is SHA-256 of everything else in it', () => {
    const head = fc.option(
      fc.record({ seq: fc.integer({ min: 1, max: 1e9 }), hash: fc.constant(`sha256:${'0'.repeat(64)}` as const) }),
    );
    fc.assert(
      fc.property(head, anyActor, anyFact, (before, by, fact) => {
        const { evidence, text } = link(before, { change, at, by, fact });
        const { hash, ...rest } = evidence;
        expect(text).toBe(canonical(evidence as unknown as Json));
        expect(hash).toBe(
          `sha256:${createHash('sha256')
            .update(canonical(rest as unknown as Json))
            .digest('hex')}`,
        );
      }),
    );
  });

  test('follows the head of its chain; the first one follows nothing', () => {
    const [first, second] = chainOf(facts).map((text) => JSON.parse(text) as Evidence);
    expect(first).toMatchObject({ seq: 1, previous: null });
    expect(second).toMatchObject({ seq: 2, previous: first?.hash });
  });

  test('with half a surrogate pair in it is refused, because no file could hold it', () => {
    const fact: Fact = { v: 1, fact: 'noted', text: '\ud800' };
    expect(() => link(null, { change, at, by: 'recourse', fact })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });

  test('that could not be read again is not written', () => {
    const fact = { v: 1, fact: 'retried', step: 'No Such Step' } as unknown as Fact;
    expect(() => link(null, { change, at, by: 'recourse', fact })).toThrow(/"retried".*fact\.step/);
  });
});
