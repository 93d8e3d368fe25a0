import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Surface } from '#src/model/surface.ts';
import { argocd } from '#src/surfaces/argocd/index.ts';
import { artifact } from '#src/surfaces/artifact/index.ts';
import { flag } from '#src/surfaces/flag/index.ts';
import { flux } from '#src/surfaces/flux/index.ts';
import { helm } from '#src/surfaces/helm/index.ts';
import { kustomize } from '#src/surfaces/kustomize/index.ts';
import { secret } from '#src/surfaces/secret/index.ts';

import { foundIn } from './found.ts';

const surfaces = [argocd, artifact, flag, flux, helm, kustomize, secret] as unknown as readonly Surface<unknown>[];

/** Every text of every example: what these surfaces read, in small. */
const textsOf = (surface: Surface<unknown>): readonly string[] =>
  surface.rules.flatMap(({ examples }) =>
    [...examples.matches, ...examples.passes].flatMap((one) =>
      typeof one === 'string' ? [one] : [one.before, one.after].flatMap((text) => text ?? []),
    ),
  );

const scraps = [
  '\n',
  '  ',
  ': ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '*a',
  '&a ',
  '!!x ',
  '---\n',
  '{{',
  '|\n',
  '\t',
  '\0',
  '%',
  '#',
  'ENC[',
  '999999999999999999999',
  'true',
  'null',
];

/** A text with a few places cut out, doubled, or filled with something that means much to a parser. */
const damaged = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(400), fc.nat(40), fc.constantFrom('', ...scraps), fc.boolean()), { maxLength: 4 }),
    )
    .map(([text, edits]) =>
      edits.reduce((sum, [at, length, scrap, isDoubled]) => {
        const piece = sum.slice(at, at + length);
        return `${sum.slice(0, at)}${scrap}${isDoubled ? piece + piece : ''}${sum.slice(at + length)}`;
      }, text),
    );

describe.for(surfaces)('$name', (surface) => {
  const texts = textsOf(surface);

  test('whatever it is given, it answers or says what it could not read, at a position inside the file', async () => {
    await fc.assert(
      fc.asyncProperty(damaged(texts), damaged(texts), async (before, after) => {
        const path = surface.examplePath;
        const { findings, unread } = await foundIn(surface, [{ path, before, after }]);
        for (const { code } of unread) expect(code).toBe('invalid-input');
        for (const { at, class: decides, message } of findings) {
          expect(message).not.toMatch(/undefined|\[object|NaN/);
          if (decides !== undefined) expect(at).toBeDefined();
          if (!at) continue;
          expect(at.path).toBe(path);
          if (!isInside(before, at)) expect(after).toSatisfy((text: string) => isInside(text, at));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a file against itself has no finding, nor one in which only the space at its end changed', async () => {
    for (const text of texts) {
      const path = surface.examplePath;
      expect((await foundIn(surface, [{ path, before: text, after: text }])).findings).toEqual([]);
      expect((await foundIn(surface, [{ path, before: text, after: `${text}\n` }])).findings).toEqual([]);
    }
  });
});

function isInside(text: string, { line, column }: { readonly line: number; readonly column: number }): boolean {
  const here = text.split('\n')[line - 1];
  return here !== undefined && column >= 1 && column <= here.length + 1;
}
