import { describe, expect, test } from 'vitest';

import { helm } from '#src/surfaces/helm/index.ts';

import { foundIn, rulesIn } from '../flux/found.ts';

const template = 'kind: Deployment\nmetadata: {name: {{ .Release.Name }}}\n';

describe('which file is what', () => {
  test('CRDs in `crds/` belong to a chart when the change shows one', async () => {
    const crd = (version: string): string => `kind: CustomResourceDefinition\nspec: {versions: [{name: ${version}}]}\n`;
    const moved = { path: 'shop/crds/a.yaml', before: crd('v1'), after: crd('v2') };
    expect(await rulesIn(helm, moved)).toEqual([]);
    expect(
      await rulesIn(helm, moved, { path: 'shop/templates/a.yaml', before: template, after: `${template}# changed\n` }),
    ).toEqual(['helm/crd-not-upgraded']);
  });

  test('values of a chart are told from values that are given to one', async () => {
    const values = (path: string) => ({ path, before: 'image: web\nport: 80\n', after: 'image: web\n' });
    expect(await rulesIn(helm, values('apps/web-values.yaml'))).toEqual([]);
    const chart = { path: 'shop/Chart.yaml', before: 'name: a\nversion: 1.0.0\n', after: 'name: a\nversion: 1.1.0\n' };
    expect(await rulesIn(helm, values('shop/values.yaml'), chart)).toEqual(['helm/values-removed']);
  });

  test('what git-crypt encrypts is named like values and is none', async () => {
    expect(
      await foundIn(helm, [{ path: 'web-values.yaml', before: '\0GITCRYPT\0\u0001', after: '\0GITCRYPT\0\u0002' }]),
    ).toEqual({
      findings: [],
      unread: [],
    });
  });
});

describe('[L12.2] what a rollback of a release does not undo', () => {
  const job = (...annotations: readonly string[]): string =>
    `kind: Job\nmetadata:\n  annotations:\n${annotations.map((one) => `    ${one}\n`).join('')}`;

  test('hooks: once when they come, and again when they change', async () => {
    const hook = job('"helm.sh/hook": pre-upgrade', '"helm.sh/hook-delete-policy": hook-succeeded');
    const at = (before: string | undefined, after: string) => ({
      path: 'shop/templates/job.yaml',
      ...(before !== undefined && { before }),
      after,
    });
    expect(await rulesIn(helm, at(undefined, hook))).toEqual(['helm/hook-not-undone']);
    expect(await rulesIn(helm, at(hook, `${hook}spec: {}\n`))).toEqual(['helm/hook-not-undone']);
    expect(await rulesIn(helm, at(hook, template))).toEqual([]);
  });

  test('CRDs among the templates go, with every object of their kind', async () => {
    const { findings } = await foundIn(helm, [
      { path: 'shop/templates/crd.yaml', before: 'kind: CustomResourceDefinition\n' },
    ]);
    expect(findings).toMatchObject([{ rule: 'helm/crd-in-templates', class: 'non-recoverable-without-restore' }]);
  });

  test('values that the older chart cannot parse', async () => {
    const schema = (properties: string): string =>
      `{"properties": {"a": {"properties": ${properties}, "additionalProperties": false}}}`;
    const { findings } = await foundIn(helm, [
      { path: 'shop/values.schema.json', before: schema('{}'), after: schema('{"host": {"type": "string"}}') },
    ]);
    expect(findings).toMatchObject([
      {
        rule: 'helm/old-schema-refuses',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: expect.stringContaining('a.host'),
      },
    ]);
  });

  test('a secret that is new at each render', async () => {
    const generated = 'kind: Secret\ndata: {p: {{ randAlphaNum 8 | b64enc }}}\n';
    expect(await rulesIn(helm, { path: 'shop/templates/a.yaml', before: template, after: generated })).toEqual([
      'helm/generated-secret',
    ]);
    expect(await rulesIn(helm, { path: 'shop/templates/a.yaml', before: generated, after: template })).toEqual([]);
  });
});

describe('[N7] values that become volume claims', () => {
  const given = (text: string) => `persistence:\n  data: {${text}}\n`;
  test.for([
    ['size: 10Gi', 'size: 20Gi', 'forward-only'],
    ['size: 1Ti', 'size: 500Gi', 'reversible-with-manual-repair'],
    ['size: 1Gi, accessMode: ReadWriteOnce', 'size: 1Gi, accessMode: ReadWriteMany', 'reversible-with-manual-repair'],
    ['enabled: true, size: 1Gi', 'enabled: false, size: 1Gi', 'non-recoverable-without-restore'],
    ['existingClaim: a', 'existingClaim: b', 'fully-reversible'],
  ] as const)('%s → %s is %s', async ([before, after, expected]) => {
    const { findings } = await foundIn(helm, [{ path: 'web-values.yaml', before: given(before), after: given(after) }]);
    expect(findings.map((one) => one.class)).toEqual([expected]);
  });

  test.for([
    ['type: nfs, size: 1Gi', 'type: nfs, size: 2Gi'],
    ['size: 1024Mi', 'size: 1Gi'],
    ['enabled: true, existingClaim: a, size: 1Gi', 'enabled: false, existingClaim: a, size: 1Gi'],
  ] as const)('%s → %s is nothing', async ([before, after]) => {
    expect(await rulesIn(helm, { path: 'web-values.yaml', before: given(before), after: given(after) })).toEqual([]);
  });
});
