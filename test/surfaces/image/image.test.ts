import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { image } from '#src/surfaces/image/index.ts';
import { firmnessOf, nameOf, referenceOf } from '#src/surfaces/image/reference.ts';

import { findingsOf } from '../manifests/read.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('[L8.4] a reference in its parts', () => {
  test.for([
    ['nginx', '', 'nginx', undefined, undefined],
    ['nginx:1.2.3', '', 'nginx', '1.2.3', undefined],
    ['example.com:5000/a/b', 'example.com:5000', 'a/b', undefined, undefined],
    ['localhost/a:b', 'localhost', 'a', 'b', undefined],
    [`a/b:c@${digest}`, '', 'a/b', 'c', digest],
  ] as const)('%s', ([text, registry, repository, tag, sum]) =>
    expect(referenceOf(text)).toEqual({ text, registry, repository, tag, digest: sum }),
  );
  test.for(['', '$IMAGE', '${IMAGE}:1', '{{ image }}', 'a b', 'a:IMAGE_TAG'])('%j is none', (text) =>
    expect(referenceOf(text)).toBeUndefined(),
  );
  test('is put together again', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    fc.assert(
      fc.property(
        fc.constantFrom('', 'example.com', 'localhost:5000'),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.option(part),
        fc.boolean(),
        (registry, path, tag, isPinned) => {
          const name = [...(registry === '' ? [] : [registry]), ...path].join('/');
          const reference = referenceOf(`${name}${tag === null ? '' : `:${tag}`}${isPinned ? `@${digest}` : ''}`);
          if (!reference) throw new Error(name);
          expect([nameOf(reference), reference.tag, reference.digest]).toEqual([
            name,
            tag ?? undefined,
            isPinned ? digest : undefined,
          ]);
        },
      ),
    );
  });
});

test.for([
  ['a:latest', 'mutable'],
  ['a', 'mutable'],
  ['a:main', 'mutable'],
  ['a:1', 'floating'],
  ['a:v1.2', 'floating'],
  ['a:3-alpine', 'floating'],
  ['a:1.2.3', 'version'],
  ['a:v1.2.3-rc.1', 'version'],
  ['a:20260101', 'version'],
  ['a:main-1a2b3c4', 'version'],
  [`a:latest@${digest}`, 'digest'],
] as const)('[L33.2] %s is %s', ([text, firmness]) => {
  const reference = referenceOf(text);
  expect(reference && firmnessOf(reference)).toBe(firmness);
});

const rules = async (path: string, before: string, after: string) =>
  (await findingsOf(image, { path, before, after })).map(({ rule, at }) => `${rule.replace('image/', '')}:${at?.line}`);

describe('images are found where people name them', () => {
  test.for([
    ['kustomization.yaml', 'kind: Kustomization\nimages:\n  - name: a\n    newTag: TAG\n', 'no-digest:4'],
    ['compose.yaml', 'services:\n  web:\n    image: example.com/a:TAG\n', 'no-digest:3'],
    ['values.yaml', 'image:\n  repository: example.com/a\n  tag: TAG\n', 'no-digest:3'],
    ['Dockerfile', 'ARG A=b\nFROM example.com/a:TAG AS build\nFROM build\n', 'base-unpinned:2'],
    [
      'pod.yaml',
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n  spec:\n    containers:\n    - name: a\n      image: example.com/a:TAG\n',
      'no-digest:10',
    ],
  ] as const)('%s', async ([path, text, expected]) =>
    expect(await rules(path, text.replace('TAG', '1.2.3'), text.replace('TAG', '1.2.4'))).toEqual([expected]),
  );
  test('the newest stays undone by what was written down', async () => {
    const pod = (tag: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: 'example.com/a:${tag}'}]}\n`;
    const [finding] = await findingsOf(image, { path: 'x.yaml', before: pod('1.2.3'), after: pod('1.2.4') });
    expect(finding).toMatchObject({
      inverse: 'example.com/a:1.2.3',
      classAfterWrites: 'reversible-with-compatibility-window',
    });
    expect(await rules('x.yaml', pod('latest'), pod('1.2.4'))).toEqual(['way-back-unpinned:4']);
    expect(await rules('x.yaml', pod(`1.2.3@${digest}`), pod(`1.2.3@${digest.replace('0', 'f')}`))).toEqual([
      'digest-moved:4',
    ]);
  });
});
