import { describe, expect, test } from 'vitest';

import { kustomize } from '#src/surfaces/kustomize/index.ts';

import { foundIn, rulesIn } from '../flux/found.ts';

const path = 'apps/web/kustomization.yaml';

describe('what is no longer taken in', () => {
  const listing = (...all: readonly string[]): string => `resources:\n${all.map((one) => `- ${one}\n`).join('')}`;
  const dropped = { path, before: listing('./a.yaml', './b'), after: listing('./a.yaml') };

  test('is told when the change does not show what it was', async () => {
    expect(await rulesIn(kustomize, dropped)).toEqual(['kustomize/resource-removed']);
  });

  test('is told by others when its files go with it, and by nobody when it is listed elsewhere', async () => {
    expect(
      await rulesIn(kustomize, dropped, {
        path: 'apps/web/b/x.yaml',
        before: 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
      }),
    ).toEqual([]);
    expect(
      await rulesIn(kustomize, dropped, {
        path: 'apps/kustomization.yaml',
        before: listing('x'),
        after: listing('x', 'web/b'),
      }),
    ).toEqual(['kustomize/resource-removed']);
    const deep = { ...dropped, before: listing('./a.yaml', './b/ks.yaml') };
    expect(
      await rulesIn(kustomize, deep, {
        path: 'apps/kustomization.yaml',
        before: listing('x'),
        after: listing('x', '../b/ks.yaml'),
      }),
    ).toEqual([]);
  });
});

describe('remote bases', () => {
  const remote = (...refs: readonly string[]): string =>
    `resources:\n${refs.map((one) => `- https://github.com/example/${one}\n`).join('')}`;

  test('several of one repository that move together are one finding', async () => {
    const both = (ref: string): string => remote(`web/crds?ref=${ref}`, `web/install?ref=${ref}`);
    const { findings } = await foundIn(kustomize, [{ path, before: both('v1.2.0'), after: both('v1.3.0') }]);
    expect(findings).toMatchObject([
      { rule: 'kustomize/remote-base-moved', class: 'fully-reversible', at: { line: 2 } },
    ]);
  });

  test.for([
    ['web?ref=main', 1],
    ['web', 1],
    ['web/releases/latest/download/install.yaml', 1],
    ['web/releases/download/v1.0.0/install.yaml', 0],
    ['web?ref=0123456789abcdef0123456789abcdef01234567', 0],
  ] as const)('[L33.2] %s: %i finding', async ([ref, count]) => {
    expect(await rulesIn(kustomize, { path, after: remote(ref) })).toHaveLength(count);
  });
});

test('a namespace that moves from the manifests into the Kustomization changes nothing', async () => {
  const into = { path, before: 'resources: [a.yaml]\n', after: 'namespace: shop\nresources: [a.yaml]\n' };
  expect(await rulesIn(kustomize, into)).toEqual(['kustomize/names-changed']);
  const manifest = {
    path: 'apps/web/a.yaml',
    before: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  namespace: shop\n',
    after: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n',
  };
  expect(await rulesIn(kustomize, into, manifest)).toEqual([]);
});

test('the same labels in another spelling select the same pods', async () => {
  const [old, now] = ['commonLabels: {app: web}\n', 'labels:\n- pairs: {app: web}\n  includeSelectors: true\n'];
  expect(await rulesIn(kustomize, { path, before: old, after: now })).toEqual([]);
  expect(await rulesIn(kustomize, { path, before: old, after: now.replace('true', 'false') })).toEqual([
    'kustomize/selectors-changed',
  ]);
});
