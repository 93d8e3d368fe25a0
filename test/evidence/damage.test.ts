import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exportFile } from '#src/evidence/export.ts';
import type { Primitives } from '#src/evidence/primitives.ts';
import { type Verdict, verify } from '#src/evidence/verify.ts';
import { webPrimitives } from '#src/evidence/web-primitives.ts';

import { anyActor, anyFacts, chainOf } from './chain-of.ts';
import { file, placeOf, records, signer, verdictOn } from './made-file.ts';

const bytes = Buffer.from(file);
const linesOf = (of: Buffer): readonly string[] => of.toString('latin1').split('\n');

/** The record, or the seal, in which two files begin to differ. */
function firstDifference(now: Buffer, was: Buffer = bytes): number | 'seal' {
  const lines = linesOf(was);
  const line = linesOf(now).findIndex((text, i) => text !== lines[i]);
  const seq = (line < 0 ? lines.length : line) + 1;
  return seq > lines.length - 2 ? 'seal' : seq;
}

/** Damages the file at one byte. */
type Damage = (i: number) => Buffer;
const everywhere = (damage: Damage): readonly Buffer[] =>
  Array.from(bytes, (_, i) => damage(i)).filter((now) => !now.equals(bytes));
const replaced =
  (by: (was: number) => number): Damage =>
  (i) => {
    const now = Buffer.from(bytes);
    now[i] = by(bytes[i] ?? 0);
    return now;
  };
const inserted =
  (byte: number): Damage =>
  (i) =>
    Buffer.concat([bytes.subarray(0, i), Buffer.of(byte), bytes.subarray(i)]);

describe('any byte changed', () => {
  test.each<[string, Damage]>([
    ['in its lowest bit', replaced((was) => was ^ 1)],
    ['in its highest bit', replaced((was) => was ^ 0x80)],
    ['to a line end', replaced(() => 10)],
    ['to another digit', replaced((was) => (was >= 48 && was < 57 ? was + 1 : was))],
    ['by taking it out', (i) => Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + 1)])],
    ['by a line end before it', inserted(10)],
    ['by a digit before it', inserted(48)],
  ])('%s is found where it is, at every place of the file', async (_, damage) => {
    const all = everywhere(damage);
    expect(all.length).toBeGreaterThan(400);
    expect(await Promise.all(all.map(placeOf))).toEqual(all.map((now) => firstDifference(now)));
  });

  test('is found in any file, whatever a few bytes become', async () => {
    const edit = fc.record({ place: fc.nat(), length: fc.nat({ max: 3 }), by: fc.uint8Array({ maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(anyActor, anyFacts, edit, async (by, happened, { place, length, by: now }) => {
        const whole = Buffer.from(exportFile(chainOf(happened, by), signer));
        const i = place % (whole.length + 1);
        const other = Buffer.concat([whole.subarray(0, i), now, whole.subarray(i + length)]);
        fc.pre(!other.equals(whole));
        expect(await placeOf(other)).toBe(firstDifference(other, whole));
      }),
      { numRuns: 300 },
    );
  });

  test('is found by browsers in the same place', async () => {
    const all = everywhere(replaced((was) => was ^ 1)).filter((_, i) => i % 7 === 0);
    const inBrowsers = await Promise.all(all.map((now) => verify(now, webPrimitives as Primitives)));
    expect(inBrowsers).toEqual(await Promise.all(all.map((now) => verdictOn(now))));
  });

  test('by cutting off the end is found, wherever it is cut', async () => {
    const cuts = Array.from(bytes, (_, i) => bytes.subarray(0, i));
    const places = await Promise.all(cuts.map(placeOf));
    for (const [i, cut] of cuts.entries()) expect(['seal', linesOf(cut).length]).toContain(places[i]);
    expect(new Set(places)).toEqual(new Set([1, 2, 3, 4, 'seal']));
  });

  test.each<[string, string, number | 'seal']>([
    ['line ends of Windows', file.replaceAll('\n', '\r\n'), 1],
    ['a byte order mark', `\ufeff${file}`, 1],
    ['an empty line at the end', `${file}\n`, 'seal'],
    ['no line end at the end', file.slice(0, -1), 'seal'],
    ['keys in another order', file.replace(/("at":"[^"]*"),("by":"[^"]*")/, '$2,$1'), 1],
    ['another writing of a character', file.replace('“', String.raw`\u201c`), 1],
    ['another writing of a number', file.replace('1e+21', '1E21'), 2],
    ['the seal twice', `${file}${file.trimEnd().split('\n').at(-1) ?? ''}\n`, 'seal'],
    ['everything twice', file + file, 'seal'],
    ['nothing in it', '', 'seal'],
    ['only a line end', '\n', 'seal'],
  ])('as in a file with %s is found', async (_, other, place) => {
    expect(other).not.toBe(file);
    expect(await placeOf(other)).toBe(place);
  });

  test('to half a surrogate pair is found in a text too', async () => {
    const sealed = exportFile(chainOf([{ v: 1, fact: 'noted', text: '\ufffd' }]), signer);
    expect(await placeOf(sealed)).toBe('nowhere');
    expect(await placeOf(sealed.replace('\ufffd', '\ud800'))).toBe(1);
  });
});

const verdictOnOther = (text: string | RegExp, by: string): Promise<Verdict> => verdictOn(file.replace(text, by));

describe('a verdict', () => {
  const [first, second] = records.map((text) => JSON.parse(text) as { hash: string; previous: string });

  test('says what was expected, what was found and why', async () => {
    expect(await verdictOnOther('"test"', '"prod"')).toEqual({
      valid: false,
      at: 1,
      expected: first?.hash,
      found: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      because: 'what is in the record is not what its hash is of',
    });
    expect(
      await verdictOnOther(`"previous":"${second?.previous ?? ''}"`, `"previous":"${second?.hash ?? ''}"`),
    ).toMatchObject({ at: 2, expected: first?.hash, found: second?.hash });
    expect(await verdictOnOther('"seq":2}', '"seq":3}')).toMatchObject({ expected: 'record 2', found: 'record 3' });
    expect(await verdictOnOther('"count":4', '"count":5')).toMatchObject({ at: 'seal', found: 'another signature' });
    expect(await verdictOnOther(/"signature":"./, '"signature":"=')).toMatchObject({ because: 'the end was changed' });
    expect(await verdictOnOther('"v":1}}\n', '"v":2}}\n')).toMatchObject({ found: 'a seal of version 2' });
  });

  test('repeats nothing of a damaged line, which may hold what a terminal obeys', async () => {
    const evil = '\u001b]0;owned\u0007';
    const all = [evil, `{"at":"${evil}`, `${evil}\n`, file + evil, file.replace('"test"', `"${evil}"`)];
    expect(JSON.stringify(await Promise.all(all.map((text) => verdictOn(text))))).not.toContain('owned');
  });

  test('on a line that never ends is given without reading it all into memory', async () => {
    const piece = new Uint8Array(4 * 1024 * 1024).fill(120);
    async function* endless(): AsyncIterable<Uint8Array> {
      yield Buffer.from('{"at":"');
      for (let i = 0; i < 20; i++) yield piece;
    }
    expect(await verdictOn(endless())).toMatchObject({ valid: false, at: 1, because: 'the line is too long' });
  });
});
