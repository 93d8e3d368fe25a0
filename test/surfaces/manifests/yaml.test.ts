import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCollection, isPair, isScalar, LineCounter, parseAllDocuments, stringify, type Document } from 'yaml';

import { Fault } from '#src/model/fault.ts';
import type { Json } from '#src/model/json.ts';
import { isObject } from '#src/model/same.ts';
import { yamlPosition, type Step } from '#src/surfaces/yaml-position.ts';
import { loadYamlReader, yamlDocuments } from '#src/surfaces/yaml-stream.ts';

const reader = await loadYamlReader();
const values = (text: string): readonly unknown[] => yamlDocuments(text).map((one) => reader.valueOf(one, 'x.yaml'));

describe('scalars are read as Kubernetes reads them', () => {
  test.for([
    ['yes', true],
    ['Off', false],
    ['n', false],
    ['0600', 384],
    ['0o600', 384],
    ['0x1F', 31],
    ['-0b11', -3],
    ['1_000', 1000],
    ['12:30', '12:30'],
    ['2026-01-01', '2026-01-01'],
    ['~', null],
    ['.5', 0.5],
    ['1e3', 1000],
    ['.inf', '.inf'],
    ['.nan', '.nan'],
    ['"yes"', 'yes'],
    ['08', 8],
  ] as const)('%s is %j', ([text, value]) => expect(values(`a: ${text}\n`)).toEqual([{ a: value }]));
});

/** Where `yaml` sees what stands at a path. */
function placeBy(document: Document.Parsed, counter: LineCounter, path: readonly Step[]) {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (!isCollection(node)) throw new Error('no such path');
    const item: unknown =
      typeof step === 'number'
        ? node.items[step]
        : node.items.find((one) => isPair(one) && isScalar(one.key) && String(one.key.value) === step);
    const at = isPair(item) ? item.key : item;
    offset = (at as { range: readonly [number, number, number] }).range[0];
    node = isPair(item) ? item.value : item;
  }
  const { line, col } = counter.linePos(offset);
  return { line, column: col };
}

function pathsIn(value: Json, path: readonly Step[] = []): readonly (readonly Step[])[] {
  const inner: readonly (readonly [Step, Json])[] = Array.isArray(value)
    ? (value as readonly Json[]).map((item, index) => [index, item] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  return [...(path.length > 0 ? [path] : []), ...inner.flatMap(([step, item]) => pathsIn(item, [...path, step]))];
}

const word = fc
  .stringMatching(/^[a-z][a-zA-Z ]{0,8}[a-z]$/)
  .filter((text) => !/^(?:yes|no|on|off|null|true|false)$/i.test(text));
const tree = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.integer({ min: -999, max: 999 }),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
  ),
})).value;

test('two parsers see the same values at the same places', () => {
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(word, tree, { minKeys: 1, maxKeys: 4 }), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (all, isFlow) => {
        const text = all
          .map((one) => `---\n${stringify(one, { collectionStyle: isFlow ? 'flow' : 'block' })}`)
          .join('');
        expect(values(text)).toEqual(all);
        const counter = new LineCounter();
        const theirs = parseAllDocuments(text, { lineCounter: counter }) as Document.Parsed[];
        for (const [index, document] of yamlDocuments(text).entries()) {
          const their = theirs[index];
          if (!their) throw new Error('another number of documents');
          for (const path of pathsIn(all[index] ?? null)) {
            const { line, column } = yamlPosition(reader, document, path);
            const expected = placeBy(their, counter, path);
            expect(line).toBe(expected.line);
            // Of a text in quotes one parser means the quote and the other what is in it.
            expect(Math.abs(column - expected.column)).toBeLessThanOrEqual(1);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

describe('where the two parsers differ', () => {
  const accepts = (text: string): boolean => {
    try {
      values(text);
      return true;
    } catch (error) {
      if (error instanceof Fault) return false;
      throw error;
    }
  };
  const theyAccept = (text: string): boolean =>
    parseAllDocuments(text).every((one) => 'errors' in one && one.errors.length === 0);
  test.for([
    ['a template in place of a value', 'a: {{ .Values.b }}\n'],
    ['a tag that nobody defined', 'a: !Ref b\n'],
  ] as const)('ours refuses %s, theirs takes it', ([, text]) => {
    expect(accepts(text)).toBe(false);
    expect(theyAccept(text)).toBe(true);
  });
  test.for([
    ['a key twice', 'a: 1\na: 2\n'],
    ['a tab that indents', 'a:\n\tb: 1\n'],
    ['a list that never ends', 'a: [1,\n'],
    ['a text that never ends', 'a: "b\n'],
  ] as const)('both refuse %s', ([, text]) => {
    expect(accepts(text)).toBe(false);
    expect(theyAccept(text)).toBe(false);
  });
});

test('whatever the text, it is read or refused at a place within it', () => {
  const piece = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '- ',
    '---\n',
    '...\n',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|\n',
    '&x ',
    '*x',
    '<<: ',
    '#',
    '%YAML 1.1\n',
    '\t',
    '!t ',
    '? ',
    '\r\n',
    '\0',
    'é',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
      (text) => {
        const lines = text.split('\n');
        for (const document of yamlDocuments(text)) {
          try {
            reader.valueOf(document, 'x.yaml');
            const { line, column } = yamlPosition(reader, document, ['a', 0, 'a']);
            expect(line).toBeLessThanOrEqual(lines.length);
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
          } catch (error) {
            if (!(error instanceof Fault)) throw error;
            expect(error.at).toMatch(/^x\.yaml:\d+:\d+$/);
            expect(Number(error.at?.split(':')[1])).toBeLessThanOrEqual(lines.length);
          }
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('documents are parted where the markers stand, and nowhere else', () => {
  expect(yamlDocuments('# only a comment\n---\n...\n')).toEqual([]);
  expect(values('a: |\n  ---\n  b\n---\nc: 1\n')).toEqual([{ a: '---\nb\n' }, { c: 1 }]);
  expect(values('%YAML 1.1\n---\na: 1\n...\n# x\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
  expect(values('a: 1\n---x: 2\n')).toEqual([{ a: 1, '---x': 2 }]);
});

test('a long comment full of hashes is skipped in linear time', () => {
  const start = performance.now();
  yamlDocuments(`${'# '.repeat(50_000)}\n`.repeat(20));
  expect(performance.now() - start).toBeLessThan(1500);
});
