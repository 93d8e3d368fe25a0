import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exportFile } from '#src/evidence/export.ts';
import { makeKeyring } from '#src/evidence/keyring.ts';
import { nodePrimitives } from '#src/evidence/node-primitives.ts';
import type { Primitives } from '#src/evidence/primitives.ts';
import { verify } from '#src/evidence/verify.ts';
import { webPrimitives } from '#src/evidence/web-primitives.ts';

import { anyActor, anyFacts, chainOf, change, facts } from './chain-of.ts';
import { golden } from './golden.ts';
import {
  file,
  hashOf,
  madeByHand,
  otherChange,
  placeOf,
  records,
  sealedByHand,
  signer,
  verdictOn,
} from './made-file.ts';

const bytes = Buffer.from(file);

async function* inPieces(whole: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let i = 0; i < whole.length; i += size) yield whole.subarray(i, i + size);
}

describe('an evidence file', () => {
  test('is written as it always was', () => {
    expect(file).toBe(golden('evidence.jsonl'));
  });

  test.each<[string, Primitives]>([
    ['Node', nodePrimitives],
    ['browsers', webPrimitives as Primitives],
  ])('verifies in %s, as bytes, as a text and byte by byte', async (_, primitives) => {
    const valid = {
      valid: true,
      change,
      facts: facts.length,
      head: hashOf(records.at(-1)),
      keyFingerprint: signer.fingerprint,
    };
    for (const given of [bytes, file, inPieces(bytes, 1)])
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a failure is clear
      expect(await verify(given, primitives)).toEqual({ ...valid, keyIsKnown: false });
    expect(await verify(bytes, primitives, { key: signer.fingerprint })).toEqual({ ...valid, keyIsKnown: true });
  });

  test('is left as it was by whoever verifies it', async () => {
    const given = Buffer.from(bytes);
    await verdictOn(given);
    expect(given.equals(bytes)).toBe(true);
  });

  test('of any facts verifies, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(anyActor, anyFacts, fc.integer({ min: 1, max: 5000 }), async (by, happened, size) => {
        const whole = Buffer.from(exportFile(chainOf(happened, by), signer));
        const verdict = await verdictOn(inPieces(whole, size), signer.fingerprint);
        expect(verdict).toMatchObject({ valid: true, facts: happened.length });
      }),
    );
  });

  test('with lines longer than one piece of reading verifies', async () => {
    const long = chainOf([1, 70_000, 300_000, 2].map((length) => ({ v: 1, fact: 'noted', text: 'ü'.repeat(length) })));
    expect(await verdictOn(exportFile(long, signer))).toMatchObject({ valid: true, facts: 4 });
  });

  test('with facts that only a newer Recourse knows verifies: nothing is said of what they mean', async () => {
    const newer = madeByHand([{ fact: { v: 1, fact: 'dreamt', of: 'sheep' } }, { fact: { v: 7, what: [] } }]);
    expect(await verdictOn(exportFile(newer, signer))).toMatchObject({ valid: true, facts: 2 });
  });
});

describe('records', () => {
  const lines = file.split('\n');

  test.each<[string, readonly number[], number | 'seal']>([
    ['without the first', [1, 2, 3, 4], 1],
    ['without one in the middle', [0, 2, 3, 4], 2],
    ['without the last', [0, 1, 2, 4], 4],
    ['without any', [4], 1],
    ['without the seal', [0, 1, 2, 3], 'seal'],
    ['in another order', [0, 2, 1, 3, 4], 2],
    ['with one twice', [0, 1, 1, 2, 3, 4], 3],
    ['with the last twice', [0, 1, 2, 3, 3, 4], 'seal'],
    ['with the seal first', [4, 0, 1, 2, 3], 'seal'],
  ])('%s are found', async (_, order, place) => {
    expect(await placeOf([...order.map((i) => lines[i] ?? ''), ''].join('\n'))).toBe(place);
  });

  test('rewritten with hashes that fit are found by the seal', async () => {
    const rewritten = chainOf([...facts.slice(0, -1), { v: 1, fact: 'noted', text: 'all is well' }]);
    const verdict = await verdictOn([...rewritten, lines.at(-2), ''].join('\n'));
    expect(verdict).toMatchObject({ valid: false, at: 'seal', because: 'other records were sealed' });
  });

  test('rewritten and sealed anew are told by the key', async () => {
    const mallory = makeKeyring(randomBytes(32), randomBytes).signer;
    const rewritten = exportFile(chainOf(facts.slice(1)), mallory);
    const valid = { valid: true, keyFingerprint: mallory.fingerprint, keyIsKnown: false };
    expect(await verdictOn(rewritten)).toMatchObject(valid);
    expect(await verdictOn(rewritten, signer.fingerprint)).toMatchObject({
      valid: false,
      at: 'seal',
      found: `the key ${mallory.fingerprint}`,
    });
  });

  test('added behind the sealed ones are found', async () => {
    const more = chainOf([...facts, { v: 1, fact: 'closed' }]);
    const sealed = sealedByHand(more, { count: facts.length, head: hashOf(records.at(-1)) });
    expect(await placeOf(sealed)).toBe(facts.length + 1);
  });

  test('of two changes are not one chain, and a seal is for one change', async () => {
    const fact = { v: 1, fact: 'closed' };
    const mixed = madeByHand([{ fact }, { fact, change: otherChange }]);
    expect(await verdictOn(sealedByHand(mixed))).toMatchObject({ at: 2, found: `change ${otherChange}` });
    expect(await placeOf(sealedByHand(records, { change: otherChange }))).toBe('seal');
  });

  test('with the name of another change in front of their own are not taken for its', async () => {
    const by = `local:x","change":"${otherChange}","fact":{`;
    const hidden = sealedByHand(madeByHand([{ by, fact: { v: 1, fact: 'closed' } }]));
    expect(await verdictOn(hidden)).toMatchObject({ valid: true, change });
  });
});

test('verification imports nothing that a browser has not', () => {
  const seen = new Set<string>();
  const follow = (url: URL): void => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    for (const [, from = ''] of readFileSync(url, 'utf8').matchAll(
      /^(?:import|export) (?!type).*? from '([^']+)'/gms,
    )) {
      expect(from).toMatch(/^\.\.?\//);
      follow(new URL(from, url));
    }
  };
  for (const name of ['verify.ts', 'web-primitives.ts']) follow(new URL(`../../src/evidence/${name}`, import.meta.url));
  expect(seen.size).toBeGreaterThan(5);
});
