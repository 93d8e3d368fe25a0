import { describe, expect, test } from 'vitest';

import { flux } from '#src/surfaces/flux/index.ts';

import { foundIn, rulesIn } from './found.ts';

const release = (spec: string, name = 'web'): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  ${spec}\n`;
const chart = (version: string): string => release(`chart: {spec: {chart: web, version: "${version}"}}`);

describe('a chart moves', () => {
  test('[L12.2] a small step is one finding: back at once, and a window once it has written', async () => {
    const { findings } = await foundIn(flux, [{ path: 'a.yaml', before: chart('1.2.3'), after: chart('1.2.4') }]);
    expect(findings).toMatchObject([
      {
        rule: 'flux/version-moved',
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        at: { path: 'a.yaml', line: 5 },
      },
    ]);
    expect(findings[0]?.closedBy).toContain('migrates');
  });

  test.for([
    ['1.9.0', '2.0.0', 'reversible-with-compatibility-window'],
    ['0.9.0', '0.10.0', 'reversible-with-compatibility-window'],
    ['2.0.0', '1.9.0', 'reversible-with-compatibility-window'],
    ['1.9.0', '1.10.0', 'fully-reversible'],
  ] as const)('%s → %s is %s', async ([before, after, expected]) => {
    const { findings } = await foundIn(flux, [{ path: 'a.yaml', before: chart(before), after: chart(after) }]);
    expect(findings.map((one) => one.class)).toEqual([expected]);
  });

  test('[L33.2] from a range to a version: what ran before is not in Git, and no revert brings it back', async () => {
    const { findings } = await foundIn(flux, [{ path: 'a.yaml', before: chart('1.x'), after: chart('1.2.4') }]);
    expect(findings).toMatchObject([{ rule: 'flux/version-not-fixed', class: 'reversible-with-manual-repair' }]);
    expect(findings[0]?.probe).toContain('kubectl get');
  });
});

describe('an object leaves a file', () => {
  test('for another file: it is compared, and not taken for removed', async () => {
    const rules = await rulesIn(
      flux,
      { path: 'old/web.yaml', before: chart('1.2.3') },
      { path: 'new/web.yaml', after: chart('1.2.4') },
    );
    expect(rules).toEqual(['flux/version-moved']);
  });

  test('for good: the release is uninstalled', async () => {
    expect(await rulesIn(flux, { path: 'old/web.yaml', before: chart('1.2.3') })).toEqual(['flux/release-removed']);
  });

  test('a namespace that is only written now, and a patch of an overlay, change no release', async () => {
    const bare = chart('1.2.3').replace(', namespace: shop', '');
    expect(await rulesIn(flux, { path: 'a.yaml', before: bare, after: chart('1.2.3') })).toEqual([]);
    expect(await rulesIn(flux, { path: 'overlay/a.yaml', before: release('values: {replicas: 2}') })).toEqual([]);
  });

  test('several Kustomizations in one file are told in one sentence', async () => {
    const one = (name: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}}\nspec: {prune: true}\n`;
    const { findings } = await foundIn(flux, [{ path: 'ks.yaml', before: `${one('a')}---\n${one('b')}` }]);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('Kustomizations a, b are removed'),
    ]);
  });
});

describe('what would undo a recovery', () => {
  test('[N4] image automation is named with the line that it keeps, and with how to pause it', async () => {
    const line = (tag: string): string => `image: shop/web:${tag} # {"$imagepolicy": "flux-system:web"}\n`;
    const { findings } = await foundIn(flux, [
      { path: 'a.yaml', before: `a: 1\n${line('1.0.0')}`, after: `a: 1\n${line('1.1.0')}` },
    ]);
    expect(findings).toMatchObject([
      {
        rule: 'flux/image-automation-undoes',
        at: { line: 2 },
        inverse: expect.stringContaining('flux suspend image update'),
      },
    ]);
  });

  test('[L11.1] a suspended object stays open work, and `suspend: false` in Git takes the brake away', async () => {
    expect(
      await rulesIn(flux, { path: 'a.yaml', before: release('interval: 1h'), after: release('suspend: true') }),
    ).toEqual(['flux/suspended']);
    expect(
      await rulesIn(flux, { path: 'a.yaml', before: release('suspend: true'), after: release('suspend: false') }),
    ).toEqual(['flux/suspend-declared']);
  });

  test('[N6] fewer kept revisions cut the way back; zero is no limit', async () => {
    const limit = (count: number): string => release(`maxHistory: ${String(count)}`);
    expect(await rulesIn(flux, { path: 'a.yaml', before: limit(10), after: limit(2) })).toEqual([
      'flux/history-shortened',
    ]);
    expect(await rulesIn(flux, { path: 'a.yaml', before: limit(2), after: limit(0) })).toEqual([]);
  });
});

test("another project's Kustomization and a repository's address with a password are left alone", async () => {
  const other = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n# fluxcd.io/\nprune: true\n';
  expect(await rulesIn(flux, { path: 'kustomization.yaml', before: other })).toEqual([]);
  const source = (url: string): string =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: a}\nspec: {url: "${url}", ref: {tag: v1.0.0}}\n`;
  const { findings } = await foundIn(flux, [
    {
      path: 'a.yaml',
      before: source('https://me:canary-5f2@example.com/a'),
      after: source('https://me:canary-5f2@example.com/b?token=canary-5f2'),
    },
  ]);
  expect(findings.map(({ rule }) => rule)).toEqual(['flux/source-moved']);
  expect(JSON.stringify(findings)).not.toContain('canary');
});
