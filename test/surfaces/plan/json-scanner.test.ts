import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Fault } from '#src/model/fault.ts';
import { elementIn } from '#src/surfaces/plan/element-in.ts';
import { JsonScanner, type Found } from '#src/surfaces/plan/json-scanner.ts';

const wanted = { told: 'value', listed: 'elements' } as const;

/** Sizes of chunks, used again and again. */
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

function* chunksOf(bytes: Uint8Array, sizes: readonly number[]): Iterable<Uint8Array> {
  for (let [at, i] = [0, 0]; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield Uint8Array.from(bytes.subarray(at, at + size));
    at += size;
  }
}

function scanned(
  bytes: Uint8Array,
  sizes: readonly number[],
): readonly { key: string; value: unknown; at: Found['at'] }[] {
  const scanner = new JsonScanner(wanted, 'file');
  const found = [...chunksOf(bytes, sizes)].flatMap((chunk) =>
    scanner.push(chunk).map((one) => ({ key: one.key, value: elementIn(one, 'file'), at: one.at })),
  );
  scanner.end();
  return found;
}

const plain = fc
  .jsonValue({ maxDepth: 4, noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const root = fc.record({ before: plain, told: plain, listed: fc.array(plain, { maxLength: 6 }), '"after\\': plain });

test('it finds what JSON.parse finds, in any layout, cut into chunks anywhere', () => {
  fc.assert(
    fc.property(root, fc.constantFrom(undefined, 1, '\t', '\r\n '.slice(1)), cuts, (value, indent, sizes) => {
      const found = scanned(Buffer.from(JSON.stringify(value, null, indent)), sizes);
      expect(found.filter(({ key }) => key === 'told').map((one) => one.value)).toEqual([value.told]);
      expect(found.filter(({ key }) => key === 'listed').map((one) => one.value)).toEqual(value.listed);
    }),
    { numRuns: 400 },
  );
});

test('the position of an element is where its first character stands', () => {
  fc.assert(
    fc.property(root, fc.constantFrom(undefined, 2), cuts, (value, indent, sizes) => {
      const text = JSON.stringify(value, null, indent);
      for (const { at, value: found } of scanned(Buffer.from(text), sizes)) {
        const line = Array.from(text.split('\n')[at.line - 1] ?? '');
        const first = JSON.stringify(found).charAt(0);
        expect(line[at.column - 1]).toBe(first);
      }
    }),
  );
});

test('whatever the bytes are, it throws nothing but a fault, whose position is inside the file', () => {
  const text = '{"told": {"é": [1, "a\\"b", null]}, "listed": [{"a": "}"}, [2], 3]}\n';
  const mutated = fc
    .tuple(
      fc.array(fc.tuple(fc.nat({ max: text.length + 8 }), fc.nat({ max: 255 })), { maxLength: 4 }),
      fc.nat({ max: 80 }),
    )
    .map(([edits, length]) => {
      const bytes = Buffer.from(text);
      for (const [at, byte] of edits) if (at < bytes.length) bytes[at] = byte;
      return length < 40 ? bytes : bytes.subarray(0, length);
    });
  const anything = fc.oneof(mutated, fc.uint8Array({ maxLength: 60 }));
  fc.assert(
    fc.property(anything, cuts, (bytes, sizes) => {
      try {
        scanned(bytes, sizes);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        const [, line, column] = /^file:(\d+):(\d+)$/.exec((error as Fault).at ?? '') ?? [];
        const lines = Buffer.from(bytes).toString('utf8').split('\n');
        expect(Number(line)).toBeGreaterThan(0);
        expect(Number(line)).toBeLessThanOrEqual(lines.length);
        expect(Number(column)).toBeGreaterThan(0);
        expect(Number(column)).toBeLessThanOrEqual(bytes.length + 1);
      }
    }),
    { numRuns: 2000 },
  );
});

test.for([
  ['', 'it is empty', 1],
  ['{"told": [1, 2', 'it is cut off here', 15],
  ['[1]', 'it is not a JSON object', 1],
  ['{"told": 1} x', 'something follows the end of the JSON', 13],
  ['{"told": [1}}', 'a bracket is closed that was not opened', 12],
  ['{"told": "a\nb"}', 'a line or a control character is inside a string', 12],
  [`{"told": ${'['.repeat(300)}`, 'it is nested deeper than 256 levels', 265],
] as const)('%j is refused: %s', ([text, why, column]) => {
  const fault = caught(() => scanned(Buffer.from(text), [4096]));
  expect(fault.message).toBe(`file cannot be read as JSON: ${why}.`);
  expect(fault.at).toBe(`file:1:${column}`);
});

test('a byte order mark is passed over, and UTF-16 is named', () => {
  expect(scanned(Buffer.from('\uFEFF{"told": 7}'), [1]).map(({ value }) => value)).toEqual([7]);
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"told": 7}', 'utf16le')]);
  expect(caught(() => scanned(utf16, [64])).message).toContain('UTF-16');
});

function caught(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
