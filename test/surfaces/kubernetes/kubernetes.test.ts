import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kubernetes } from '#src/surfaces/kubernetes/index.ts';
import { allowedOnlyBy } from '#src/surfaces/kubernetes/permissions.ts';
import { quantityOf } from '#src/surfaces/kubernetes/quantity.ts';

import { findingsOf } from '../manifests/read.ts';

const rulesIn = async (before: string | undefined, after: string | undefined) =>
  (
    await findingsOf(kubernetes, {
      path: 'x.yaml',
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    })
  ).map(({ rule }) => rule.replace('kubernetes/', ''));
const claim =
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce]}\n';

describe('what is deleted', () => {
  test('[N7] a claim cannot be brought back', async () => {
    const [finding] = await findingsOf(kubernetes, { path: 'x.yaml', before: claim });
    expect(finding).toMatchObject({
      rule: 'kubernetes/deleted-with-data',
      class: 'non-recoverable-without-restore',
      at: { path: 'x.yaml', line: 3, column: 12 },
    });
  });
  test('a claim that moves to another file is not deleted', async () => {
    expect(await findingsOf(kubernetes, { path: 'a.yaml', before: claim }, { path: 'b.yaml', after: claim })).toEqual(
      [],
    );
  });
  test('a patch of a claim that goes away deletes no claim', async () => {
    expect(await rulesIn(claim.replace('accessModes: [ReadWriteOnce]', 'resources: {}'), '')).toEqual([]);
  });
  test('a StatefulSet finds its claims again, unless they go with it', async () => {
    const set = (retention: string): string =>
      `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {${retention}template: {spec: {containers: [{name: a, image: b}]}}}\n`;
    const classes = async (text: string) =>
      (await findingsOf(kubernetes, { path: 'x.yaml', before: text })).map((one) => one.class);
    expect(await classes(set(''))).toEqual(['reversible-with-compatibility-window']);
    expect(await classes(set('persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}, '))).toEqual([
      'non-recoverable-without-restore',
    ]);
  });
  test('an object of a kind that is not known is no relief', async () => {
    const [finding] = await findingsOf(kubernetes, {
      path: 'x.yaml',
      before: 'apiVersion: db.example.com/v1\nkind: Instance\nmetadata: {name: a}\n',
    });
    expect(finding).toMatchObject({ rule: 'kubernetes/object-deleted', class: 'reversible-with-manual-repair' });
  });
});

describe('[N6] what would have been a way back', () => {
  test.for([
    [
      'backup-weakened',
      'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: a}\nspec: {paused: false}\n',
      'paused: false',
      'paused: true',
    ],
    [
      'history-removed',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {revisionHistoryLimit: 10}\n',
      '10',
      '0',
    ],
    [
      'protection-removed',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a, annotations: {argocd.argoproj.io/sync-options: Prune=false}}\n',
      'Prune=false',
      'Validate=false',
    ],
    [
      'reclaim-deletes',
      'apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\nmetadata: {name: a}\ndeletionPolicy: Retain\n',
      'Retain',
      'Delete',
    ],
  ] as const)('%s is found one way only', async ([rule, before, from, to]) => {
    const after = before.replace(from, to);
    expect(await rulesIn(before, after)).toContain(rule);
    expect(await rulesIn(after, before)).not.toContain(rule);
  });
});

describe('references', () => {
  const pod = (name: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: a, image: 'b@sha256:${'0'.repeat(64)}', envFrom: [{secretRef: {name: ${name}}}]}]}}}\n`;
  test.for([
    ['a secret', 'apiVersion: v1\nkind: Secret\nmetadata: {name: key}\n'],
    [
      'a controller that makes it',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: x}\nspec: {target: {name: key}}\n',
    ],
    [
      'a certificate',
      'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: x}\nspec: {secretName: key}\n',
    ],
    [
      'a generator',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nsecretGenerator: [{name: key}]\n',
    ],
  ] as const)('%s in a file that does not change provides it', async ([, text]) => {
    const other = { path: 'other.yaml', before: text, after: text };
    expect(await findingsOf(kubernetes, other, { path: 'x.yaml', before: pod('old'), after: pod('key') })).toEqual([]);
  });
  test('what nothing provides is said without a class: going back is not the problem', async () => {
    const [finding] = await findingsOf(kubernetes, { path: 'x.yaml', before: pod('old'), after: pod('key') });
    expect(finding?.rule).toBe('kubernetes/reference-missing');
    expect(finding?.class).toBeUndefined();
  });
});

test('[L3.3] an API version that is gone is found, whichever side has it', async () => {
  const of = (version: string): string =>
    `apiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\n`;
  for (const [before, after] of [
    ['v2beta2', 'v2'],
    ['v2', 'v2beta2'],
    ['v2beta1', 'v2beta2'],
  ] as const)
    expect(await rulesIn(of(before), of(after))).toContain('removed-api');
  expect(await rulesIn(of('v1'), of('v2'))).toEqual([]);
});

test('quantities are compared as numbers', () => {
  expect(quantityOf('1Ki')).toBe(1024);
  expect(quantityOf('1k')).toBe(1000);
  expect(quantityOf('500m')).toBe(0.5);
  expect(quantityOf('1e3')).toBe(1000);
  expect(quantityOf('1 Gi')).toBeUndefined();
});

test('what one set of rights allows beyond itself is nothing, and a wildcard covers what it names', () => {
  const permission = fc
    .tuple(fc.constantFrom('get', 'list', '*'), fc.constantFrom('pods', 'secrets', 'deployments.apps', '*'))
    .map((pair) => pair.join(' '));
  fc.assert(
    fc.property(fc.uniqueArray(permission), fc.uniqueArray(permission), (a, b) => {
      expect(allowedOnlyBy(new Set(a), new Set([...a, ...b]))).toEqual([]);
      expect(allowedOnlyBy(new Set(a), new Set(['* *.*']))).toEqual([]);
    }),
  );
  expect(allowedOnlyBy(new Set(['get secrets']), new Set(['get *.apps']))).toEqual(['get secrets']);
});
