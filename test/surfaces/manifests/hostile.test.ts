import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';

import type { Instant } from '#src/model/ids.ts';
import type { Json } from '#src/model/json.ts';
import { assess } from '#src/pipeline/assess.ts';
import { controller } from '#src/surfaces/controller/index.ts';
import { crd } from '#src/surfaces/crd/index.ts';
import { image } from '#src/surfaces/image/index.ts';
import { kubernetes } from '#src/surfaces/kubernetes/index.ts';
import { policy } from '#src/surfaces/policy/index.ts';

const surfaces = { controller, crd, image, kubernetes, policy } as unknown as Parameters<typeof assess>[0];
const examples = [controller, crd, image, kubernetes, policy]
  .flatMap((surface) => surface.rules.flatMap((rule) => [...rule.examples.matches, ...rule.examples.passes]))
  .flatMap((example) => (typeof example === 'string' ? [example] : [example.before, example.after]))
  .filter((text) => text !== undefined);

const odd = fc.constantFrom(
  'null',
  '[]',
  '{}',
  '""',
  '-1',
  '{{ x }}',
  '*a',
  '&a ',
  '!t',
  '\n',
  ': ',
  '- ',
  "'",
  '\uFFFD',
  '[null]',
  '{a: []}',
  'true',
  '1e999',
);
/** A text with some of its words made something else. */
const mutated = fc
  .tuple(fc.constantFrom(...examples), fc.array(fc.tuple(fc.nat(), odd), { maxLength: 4 }))
  .map(([text, changes]) =>
    changes.reduce((now, [at, word]) => {
      const words = now.split(/(\b|(?<=[{}[\],]))/);
      words[at % words.length] = word;
      return words.join('');
    }, text),
  );

const pairs = [controller, crd, image, kubernetes, policy]
  .flatMap((surface) => surface.rules.flatMap((rule) => rule.examples.matches))
  .map((example) =>
    typeof example === 'string'
      ? [example, example]
      : [example.before ?? example.after, example.after ?? example.before],
  )
  .flatMap(([before, after]) => {
    const [one, other] = [before, after].map((text) => parseDocument(text ?? ''));
    return one && other && !`${before}${after}`.includes('{{') && one.errors.length + other.errors.length === 0
      ? [[one.toJS() as Json, other.toJS() as Json] as const]
      : [];
  });
const value = fc.constantFrom<Json>(null, [], {}, '', 'a', -1, true, [null], [[]], { a: [] }, [{}], 'a/b:c@d', 1e21, [
  '*',
]);

/** A value with one of the values in it made another. */
function withAnother(of: Json, at: number, other: Json): Json {
  const keys = typeof of === 'object' && of !== null ? Object.keys(of) : [];
  const key = keys[at % Math.max(keys.length, 1)];
  if (key === undefined || at % 7 === 0) return other;
  const inner = withAnother((of as Readonly<Record<string, Json>>)[key] ?? null, Math.floor(at / 3), other);
  return Array.isArray(of) ? (of as readonly Json[]).with(Number(key), inner) : { ...(of as object), [key]: inner };
}
const reshaped = fc
  .tuple(fc.constantFrom(...pairs), fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 1e6 }), value), { maxLength: 4 }))
  .map(([pair, changes]) =>
    pair.map((one, index) =>
      JSON.stringify(
        changes
          .filter(([isFirst]) => isFirst === (index === 0))
          .reduce((now, [, at, other]) => withAnother(now, at, other), one),
      ),
    ),
  );

async function answersInside(path: string, before: string | undefined, after: string | undefined): Promise<void> {
  const file = { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  const { artifacts } = await assess(surfaces, [file], '2026-01-01T00:00:00.000Z' as Instant);
  for (const { findings } of artifacts)
    for (const { rule, at, class: decides } of findings) {
      if (decides !== undefined) expect(`${rule} ${at ? 'stands' : 'floats'}`).toBe(`${rule} stands`);
      if (!at) continue;
      const isInside = [before, after].some((text) => {
        const line = text?.split('\n')[at.line - 1];
        return line !== undefined && at.column >= 1 && at.column <= line.length + 1;
      });
      expect(`${rule} ${at.line}:${at.column} ${String(isInside)}`).toMatch(/true$/);
    }
}

test('whatever the two versions hold, there is an answer with positions inside one of them', async () => {
  const path = fc.constantFrom('clusters/a/x.yaml', 'x.json', 'Dockerfile', 'x.rego');
  await fc.assert(
    fc.asyncProperty(fc.option(mutated), fc.option(mutated), path, (before, after, of) =>
      answersInside(of, before ?? undefined, after ?? undefined),
    ),
    { numRuns: 1500 },
  );
});

test('whatever shape the values have, too', async () => {
  await fc.assert(
    fc.asyncProperty(reshaped, ([before, after]) => answersInside('clusters/a/x.yaml', before, after)),
    { numRuns: 1500 },
  );
});
