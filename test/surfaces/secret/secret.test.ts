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

import { foundIn, rulesIn } from '../flux/found.ts';

const surfaces = [argocd, artifact, flag, flux, helm, kustomize, secret] as unknown as readonly Surface<unknown>[];

const sops = (lines: string, mac = 'a', recipients = '{recipient: age1one}'): string =>
  `${lines}\nsops:\n  age: [${recipients}]\n  mac: ENC[${mac}]\n`;
const plain = (lines: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: web}\n${lines}\n`;

describe('[L16.1] a secret is rotated', () => {
  const rotation = {
    path: 'a.sops.yaml',
    before: sops('a: ENC[1]\nb: ENC[2]'),
    after: sops('a: ENC[1]\nb: ENC[3]', 'b'),
  };

  test('only what changed is named, with what must be so before the old one may return', async () => {
    const { findings } = await foundIn(secret, [rotation]);
    expect(findings).toMatchObject([
      {
        rule: 'secret/rotated',
        class: 'reversible-with-compatibility-window',
        at: { line: 2 },
        closedBy: expect.stringContaining('revoked'),
      },
    ]);
    expect(findings[0]?.message).toMatch(/^b:/);
    for (const condition of ['mistake', 'not compromised', 'not revoked', 'accepted', 'exposure'])
      expect(findings[0]?.instead).toContain(condition);
  });

  test('[L23.2] the window closes when the old value, or the key that decrypts it, is gone', async () => {
    const { findings } = await foundIn(secret, [
      { ...rotation, after: sops('a: ENC[1]\nb: ENC[2]', 'b', '{recipient: age1two}') },
    ]);
    expect(findings).toMatchObject([
      {
        rule: 'secret/recipients-removed',
        class: 'reversible-with-compatibility-window',
        closedBy: expect.stringContaining('key'),
      },
    ]);
  });

  test('of several keys one that leaves closes nothing', async () => {
    const { findings } = await foundIn(secret, [
      {
        path: 'a.yaml',
        before: sops('a: ENC[1]', 'a', '{recipient: x}, {recipient: y}'),
        after: sops('a: ENC[1]', 'b', '{recipient: x}'),
      },
    ]);
    expect(findings).toMatchObject([{ rule: 'secret/recipients-removed', class: 'fully-reversible' }]);
  });

  test('environment files, JSON and git-crypt are read alike', async () => {
    const environment = (value: string, mac: string): string =>
      `A=ENC[${value}]\nsops_age__list_0__map_recipient=x\nsops_mac=ENC[${mac}]\n`;
    const json = (value: string): string =>
      JSON.stringify({ a: `ENC[${value}]`, sops: { mac: `ENC[${value}]`, kms: [{ arn: 'x' }] } });
    expect(
      await rulesIn(secret, { path: '.env', before: environment('1', 'a'), after: environment('2', 'b') }),
    ).toEqual(['secret/rotated']);
    expect(await rulesIn(secret, { path: 'a.json', before: json('1'), after: json('2') })).toEqual(['secret/rotated']);
    expect(await rulesIn(secret, { path: 'a.bin', before: '\0GITCRYPT\0a', after: '\0GITCRYPT\0b' })).toEqual([
      'secret/rotated',
    ]);
  });
});

describe('[N7] a secret in clear text', () => {
  test('is exposed once it is committed, and a revert of its removal would use it again', async () => {
    const clear = plain('stringData: {password: canary-a1}');
    const classes = async (versions: { readonly before?: string; readonly after?: string }): Promise<unknown> =>
      (await foundIn(secret, [{ path: 'a.yaml', ...versions }])).findings.map((one) => [one.rule, one.class]);
    expect(await classes({ after: clear })).toEqual([['secret/clear-text-committed', 'forward-only']]);
    expect(await classes({ before: clear })).toEqual([['secret/revert-resurrects', 'forward-only']]);
    expect(await classes({ before: clear, after: sops(plain('stringData: {password: "ENC[1]"}').trimEnd()) })).toEqual([
      ['secret/revert-resurrects', 'forward-only'],
    ]);
    expect(
      await classes({ before: sops('password: ENC[1]'), after: 'password: canary-a1\nkind: Secret\napiVersion: v1\n' }),
    ).toEqual([['secret/decrypted', 'forward-only']]);
  });

  test.for(['"${PASSWORD}"', '"{{ .password }}"', '"<path:kv/data/web#password>"', '""', 'ENC[1]', 'CHANGE_ME'])(
    '%s stands for one that is kept elsewhere',
    async (value) => {
      expect(await rulesIn(secret, { path: 'a.yaml', after: plain(`stringData: {password: ${value}}`) })).toEqual([]);
    },
  );

  test('base64 hides nothing, not even a placeholder', async () => {
    expect(await rulesIn(secret, { path: 'a.yaml', after: plain(`data: {password: ${btoa('${PASSWORD}')}}`) })).toEqual(
      [],
    );
    expect(await rulesIn(secret, { path: 'a.yaml', after: plain(`data: {password: ${btoa('canary-a2')}}`) })).toEqual([
      'secret/clear-text-committed',
    ]);
  });

  test('of an environment file only names of secrets count, and examples not at all', async () => {
    expect(await rulesIn(secret, { path: '.env', after: 'PORT=80\nPUBLIC_KEY_PATH=a\n' })).toEqual([]);
    expect(await rulesIn(secret, { path: '.env', after: 'PORT=80\nDB_PASSWORD=canary-a3\n' })).toEqual([
      'secret/clear-text-committed',
    ]);
    expect(await rulesIn(secret, { path: '.env.example', after: 'DB_PASSWORD=canary-a3\n' })).toEqual([]);
  });
});

test('no value of a secret is in anything that is said, whatever the file looks like', async () => {
  const canary = 'c4n4ry-9f1e-value';
  const shapes: readonly string[] = [
    plain(`stringData: {password: ${canary}}`),
    plain(`stringData:\n  password: ${canary}\n  password: ${canary}`),
    plain(`stringData: {password: *${canary}}`),
    plain(`stringData: {password: !${canary} x}`),
    plain(`stringData: {password: "${canary}}`),
    plain(`data: {password: ${btoa(canary)}}`),
    `secretGenerator:\n- name: web\n  literals: [password=${canary}]\n`,
    `secretGenerator:\n- name: web\n  literals: [*${canary}]\n`,
    sops(`password: ${canary}`),
    sops(`password: [*${canary}`),
    sops(`password: ENC[${canary}]`),
    `DB_PASSWORD=${canary}\n`,
    `-----BEGIN RSA PRIVATE KEY-----\n${canary}\n`,
    `\0GITCRYPT\0${canary}`,
  ];
  const paths = ['a.yaml', '.env', 'a.sops.yaml', 'kustomization.yaml', 'charts/a/values.yaml', 'flags.yaml', 'a.json'];
  const version = fc.option(fc.constantFrom(...shapes), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), version, version, async (path, before, after) => {
      const files = [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
      const all = await Promise.all(surfaces.map((surface) => foundIn(surface, files)));
      const said = JSON.stringify(all.map(({ findings, unread }) => [findings, unread.map(({ report }) => report)]));
      expect(said).not.toContain(canary);
      expect(said).not.toContain(btoa(canary));
    }),
    { numRuns: 400 },
  );
});
