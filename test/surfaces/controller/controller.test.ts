import { describe, expect, test } from 'vitest';

import { clusterOf } from '#src/surfaces/controller/clusters.ts';
import { controller } from '#src/surfaces/controller/index.ts';

import { findingsOf } from '../manifests/read.ts';

const release = (version: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a}\nspec:\n  chart:\n    spec:\n      chart: kyverno\n      version: ${version}\n`;
const rules = async (...files: Parameters<typeof findingsOf>[1][]) =>
  new Set((await findingsOf(controller, ...files)).map(({ rule }) => rule.replace('controller/', '')));

describe('[L18.1] a controller is found where its version is written', () => {
  test.for([
    [release('VERSION'), 8],
    [
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec:\n  source:\n    chart: cert-manager\n    targetRevision: VERSION\n',
      7,
    ],
    [
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: a}\nspec:\n  url: oci://example.com/charts/cert-manager\n  ref:\n    tag: VERSION\n',
      7,
    ],
    ['resources:\n  - https://github.com/cert-manager/cert-manager/releases/download/vVERSION/cert-manager.yaml\n', 2],
    [
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [\n  {name: a, image: quay.io/argoproj/argocd:vVERSION}]}}}\n',
      5,
    ],
  ] as const)('%j', async ([text, line]) => {
    const [finding] = await findingsOf(controller, {
      path: 'a.yaml',
      before: text.replace('VERSION', '1.2.0'),
      after: text.replace('VERSION', '1.3.0'),
    });
    expect(finding).toMatchObject({ rule: 'controller/version-changed', at: { path: 'a.yaml', line } });
  });
});

test('[L33.2] the same controller on several clusters in one change is one finding more', async () => {
  const on = (cluster: string) => ({
    path: `clusters/${cluster}/kyverno.yaml`,
    before: release('3.1.0'),
    after: release('3.2.0'),
  });
  expect(await rules(on('production'))).toEqual(new Set(['version-changed']));
  expect(await rules(on('production'), on('staging'))).toEqual(new Set(['version-changed', 'every-cluster-at-once']));
});

test('[L18.1] its definitions in the same change make the way back harder', async () => {
  const definitions = (description: string) =>
    `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: policies.kyverno.io}\nspec:\n  group: kyverno.io # ${description}\n`;
  const change = { path: 'a.yaml', before: release('3.1.0'), after: release('3.2.0') };
  const crds = { path: 'crds.yaml', before: definitions('old'), after: definitions('new') };
  const [alone] = await findingsOf(controller, change);
  const [together] = await findingsOf(controller, change, crds);
  expect([alone?.classAfterWrites, together?.classAfterWrites]).toEqual([
    'reversible-with-compatibility-window',
    'reversible-with-manual-repair',
  ]);
});

test('a controller that moves to another file is neither removed nor new', async () => {
  expect(
    await rules({ path: 'old.yaml', before: release('3.1.0') }, { path: 'new.yaml', after: release('3.2.0') }),
  ).toEqual(new Set(['version-changed']));
  expect(await rules({ path: 'old.yaml', before: release('3.1.0') })).toEqual(new Set(['removed']));
});

test.for([
  ['clusters/home/apps/a.yaml', 'home'],
  ['apps/overlays/production/a.yaml', 'production'],
  ['cluster-7/a.yaml', 'cluster-7'],
  ['clusters/base/a.yaml', undefined],
  ['apps/a.yaml', undefined],
] as const)('%s is of %s', ([path, cluster]) => expect(clusterOf(path)).toBe(cluster));
