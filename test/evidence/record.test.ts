import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { link } from '#src/evidence/link.ts';
import { readRecord } from '#src/evidence/record.ts';
import { Fact } from '#src/model/fact.ts';
import type { Json } from '#src/model/json.ts';

import { anyActor, anyFact, at, chainOf, change, facts } from './chain-of.ts';
import { golden } from './golden.ts';

const brokenEvidence = expect.objectContaining({ code: 'evidence-broken' }) as Error;
const [first = ''] = chainOf(facts);
const withFact = (fact: Json): string => JSON.stringify({ ...(JSON.parse(first) as object), fact });

describe('a stored record', () => {
  test('of version 1 is read as it always was', () => {
    expect(
      golden('records.jsonl')
        .trimEnd()
        .split('\n')
        .map((text) => readRecord(text).fact),
    ).toEqual(JSON.parse(JSON.stringify(facts)));
  });

  test('is read back as it was linked', () => {
    fc.assert(
      fc.property(anyActor, anyFact, (by, fact) => {
        const { evidence, text } = link(null, { change, at, by, fact });
        expect(readRecord(text)).toEqual(JSON.parse(JSON.stringify(evidence)));
      }),
    );
  });

  test('loses no member in reading, not even one that the schema leaves out', () => {
    const params = JSON.parse('{"__proto__":{"a":1}}') as Json;
    const fact = { ...facts[1], params } as Fact;
    const { text } = link(null, { change, at, by: 'recourse', fact });
    expect(JSON.stringify(readRecord(text).fact)).toContain('"__proto__":{"a":1}');
  });

  test('of an older version is read through every upcaster on the way, and keeps its hash', () => {
    const old = { v: -1, event: 'note', words: 'hello' };
    const record = readRecord(withFact(old), {
      [-1]: ({ event, ...rest }) => ({ ...rest, v: 0, fact: event === 'note' ? 'noted' : (event ?? null) }),
      0: ({ words, ...rest }) => ({ ...rest, v: 1, text: words ?? null }),
    });
    expect(record.fact).toEqual({ v: 1, fact: 'noted', text: 'hello' });
    expect(record.hash).toBe((JSON.parse(first) as { hash: string }).hash);
  });

  test('of a version that no upcaster reads is a fault that names it', () => {
    expect(() => readRecord(withFact({ v: 0, fact: 'noted', text: '' }))).toThrow(/nothing reads version 0/);
    expect(() => readRecord(withFact({ v: 0.5, fact: 'noted', text: '' }))).toThrow(brokenEvidence);
  });

  test('of a newer version is a fault that says to use a newer Recourse', () => {
    expect(() => readRecord(withFact({ v: 2, fact: 'noted', text: '' }))).toThrow(
      expect.objectContaining({ code: 'store-failed', advice: expect.stringContaining('newer') as string }),
    );
  });

  test.each([
    ['is not JSON', '{"at":'],
    ['is not an object', '[]'],
    ['has no fact', '{}'],
    ['has a fact without a version', withFact({ fact: 'noted', text: '' })],
    ['has a fact that nobody knows', withFact({ v: 1, fact: 'dreamt' })],
    ['lacks a member of its fact', withFact({ v: 1, fact: 'noted' })],
    ['has no hash', first.replace('"hash"', '"hush"')],
  ])('that %s is broken evidence', (_, text) => {
    expect(() => readRecord(text)).toThrow(brokenEvidence);
  });
});
