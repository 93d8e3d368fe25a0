import { describe, expect, test } from 'vitest';

import { argocd } from '#src/surfaces/argocd/index.ts';

import { foundIn, rulesIn } from '../flux/found.ts';

const app = (spec: string, metadata = ''): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop, namespace: argocd${metadata}}\nspec: {${spec}}\n`;
const set = (spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shops}\nspec: {${spec}}\n`;

describe('automatic sync', () => {
  test('[L10.2] it is said that a rollback by hand is refused, and how the one Application is paused', async () => {
    const { findings } = await foundIn(argocd, [{ path: 'a.yaml', after: app('syncPolicy: {automated: {}}') }]);
    expect(findings).toMatchObject([
      { rule: 'argocd/auto-sync-turned-on', message: expect.stringContaining('is refused') },
    ]);
    expect(findings[0]?.inverse).toContain('"enabled":false');
  });

  test('[N4] a block that is there but switched off pauses it; a block that heals overwrites every repair', async () => {
    const off = app('syncPolicy: {automated: {enabled: false, prune: true, selfHeal: true}}');
    const on = app('syncPolicy: {automated: {prune: true, selfHeal: true}}');
    expect(await rulesIn(argocd, { path: 'a.yaml', before: on, after: off })).toEqual(['argocd/auto-sync-turned-off']);
    expect(await rulesIn(argocd, { path: 'a.yaml', before: off, after: on })).toEqual([
      'argocd/auto-sync-turned-on',
      'argocd/prune-turned-on',
    ]);
  });
});

describe('what takes its workloads with it', () => {
  test('an Application with the finalizer, and an ApplicationSet unless it preserves', async () => {
    const classes = async (before: string): Promise<readonly unknown[]> =>
      (await foundIn(argocd, [{ path: 'a.yaml', before }])).findings.map((one) => one.class);
    expect(
      await classes(app('project: a', ', finalizers: [resources-finalizer.argocd.argoproj.io/background]')),
    ).toEqual(['reversible-with-manual-repair']);
    expect(await classes(app('project: a'))).toEqual(['fully-reversible']);
    expect(await classes(set('generators: []'))).toEqual(['reversible-with-manual-repair']);
    expect(await classes(set('syncPolicy: {preserveResourcesOnDeletion: true}'))).toEqual(['fully-reversible']);
  });

  test('a generator that only got more elements narrows nothing; one that was filtered may', async () => {
    const elements = (...names: readonly string[]): string =>
      set(`generators: [{list: {elements: [${names.map((name) => `{name: ${name}}`).join(', ')}]}}]`);
    expect(
      await rulesIn(argocd, { path: 'a.yaml', before: elements('a', 'b'), after: elements('b', 'c', 'a') }),
    ).toEqual([]);
    expect(await rulesIn(argocd, { path: 'a.yaml', before: elements('a', 'b'), after: elements('b', 'c') })).toEqual([
      'argocd/generator-narrowed',
    ]);
  });
});

test('the Applications of a set are read like any other', async () => {
  const templated = (revision: string): string =>
    set(`template: {metadata: {name: "{{name}}"}, spec: {source: {chart: web, targetRevision: ${revision}}}}`);
  const { findings } = await foundIn(argocd, [
    { path: 'a.yaml', before: templated('1.0.0'), after: templated('1.0.1') },
  ]);
  expect(findings).toMatchObject([{ rule: 'argocd/version-moved', at: { line: 4 } }]);
  expect(await rulesIn(argocd, { path: 'a.yaml', after: templated('"{{branch}}"') })).toEqual([]);
});

test('[L33.2] a branch here is no version: a move of it is not in this repository', async () => {
  const source = (revision: string): string =>
    app(`source: {repoURL: "https://example.com/a.git", path: a, targetRevision: ${revision}}`);
  const { findings } = await foundIn(argocd, [{ path: 'a.yaml', before: source('main'), after: source('v1.0.0') }]);
  expect(findings).toMatchObject([{ rule: 'argocd/revision-not-fixed', class: 'reversible-with-manual-repair' }]);
});

test('Workflows and Rollouts of the same group are not meant', async () => {
  const rollout = (spec: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\nspec: {${spec}}\n`;
  expect(
    await rulesIn(argocd, {
      path: 'a.yaml',
      before: rollout('revisionHistoryLimit: 10'),
      after: rollout('revisionHistoryLimit: 1'),
    }),
  ).toEqual([]);
});
