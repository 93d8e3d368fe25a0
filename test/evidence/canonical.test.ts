import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonical } from '#src/evidence/canonical.ts';
import type { Json } from '#src/model/json.ts';

function byCodeUnits(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return a.charCodeAt(i) - b.charCodeAt(i);
  return a.length - b.length;
}

/** Written from the text of RFC 8785 alone, to be held against the library. */
function bySpecification(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(bySpecification).join(',')}]`;
  const members = Object.entries(value as Readonly<Record<string, Json>>);
  return `{${members
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([key, member]) => `${JSON.stringify(key)}:${bySpecification(member)}`)
    .join(',')}}`;
}

const text = fc.string({ unit: 'binary' });
const json = fc.jsonValue({ noUnicodeString: false, stringUnit: 'binary', maxDepth: 5 }) as fc.Arbitrary<Json>;

describe('canonical JSON', () => {
  test('is what RFC 8785 shows in 3.2.4', () => {
    const given = JSON.parse(
      `{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],` +
        `"string":"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}`,
    ) as Json;
    expect(Buffer.from(canonical(given), 'utf8').toString('hex')).toBe(
      (
        '7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72' +
        '73 22 3a 5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32' +
        '2c 31 65 2d 32 37 5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c' +
        '5c 5c 5c 22 2f 22 7d'
      ).replaceAll(' ', ''),
    );
  });

  test('orders keys as RFC 8785 shows in 3.2.3: by UTF-16 code units, not by code points', () => {
    const given = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(canonical(given).match(/"[^"]*"(?=:)/g)).toEqual([
      '"\\r"',
      '"1"',
      '"\u0080"',
      '"\u00f6"',
      '"\u20ac"',
      '"\ud83d\ude00"',
      '"\ufb33"',
    ]);
  });

  test.each([
    // appendix B: IEEE 754 bits and what they are written as
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s of RFC 8785 appendix B as %s', (bits, written) => {
    expect(canonical(Buffer.from(bits, 'hex').readDoubleBE())).toBe(written);
  });

  test.each<[string, unknown]>([
    ['half a surrogate pair', { deep: ['\ud800'] }],
    ['half a surrogate pair as key', { '\udfff': 1 }],
    ['NaN', [Number.NaN]],
    ['Infinity', Number.NEGATIVE_INFINITY],
    ['what is not JSON', undefined],
  ])('refuses %s', (_, value) => {
    expect(() => canonical(value as Json)).toThrow(expect.objectContaining({ name: 'Fault' }));
  });

  test('writes NUL and other control characters so that a record has no line end inside', () => {
    fc.assert(
      fc.property(text, (value) => {
        // eslint-disable-next-line no-control-regex
        expect(canonical([value, { [value]: 1 }])).not.toMatch(/[\u0000-\u001f]/);
      }),
    );
    expect(canonical('\0')).toBe(String.raw`"\u0000"`);
  });

  test('of any JSON is as the specification says, is read back as it was, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = canonical(value);
        expect(written).toBe(bySpecification(value));
        expect(canonical(JSON.parse(written) as Json)).toBe(written);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(text, json), (members) => {
        expect(canonical(Object.fromEntries(Object.entries(members).toReversed()))).toBe(canonical(members));
      }),
    );
  });

  test('keeps a key named __proto__', () => {
    expect(canonical(JSON.parse('{"b":1,"__proto__":{"a":1}}') as Json)).toBe('{"__proto__":{"a":1},"b":1}');
  });
});
