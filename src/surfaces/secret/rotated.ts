import type { Rule, RuleFinding } from '../../model/surface.ts';
import { asFields, asText, type Manifest } from '../manifest.ts';
import { named, type SecretEntry } from './secret-entries.ts';
import { isEncrypted, type SecretFile } from './secret-file.ts';

export const rotated: Rule<SecretFile> = {
  id: 'secret/rotated',
  problem:
    'A secret has another value. A revert brings the old one back into the cluster, but not into the system that accepts it: that works only while the old value is still valid, and is only right while it is not compromised.',
  instead: 'Keep both values valid for a while, let the workloads move, verify, and only then revoke the old one.',
  source: 'https://getsops.io/docs/#key-rotation',
  examples: {
    matches: [
      {
        before: sops('password: ENC[AES256_GCM,data:b2xk,type:str]', 'mac: ENC[a]'),
        after: sops('password: ENC[AES256_GCM,data:bmV3,type:str]', 'mac: ENC[b]'),
      },
      { before: sealed('password: AgBvbGQ='), after: sealed('password: AgBuZXc=') },
    ],
    passes: [
      {
        before: sops('password: ENC[AES256_GCM,data:b2xk,type:str]', 'mac: ENC[a]'),
        after: sops('password: ENC[AES256_GCM,data:b2xk,type:str]', 'mac: ENC[b]'),
      },
    ],
  },
  *find({ before, after }) {
    if (before?.sops && after?.sops)
      yield* foundIn(before.sops.encrypted, after.sops.encrypted, 'the old SOPS key is taken away');
    if (before?.isGitCrypt && after?.isGitCrypt && before.text !== after.text)
      yield {
        ...meaning('This file', true, 'the key of git-crypt changes'),
        at: { path: after.path, line: 1, column: 1 },
      };
    for (const pair of after?.pairs ?? []) {
      if (pair.after?.kind !== 'SealedSecret' || !pair.before || isEncrypted(pair.after)) continue;
      yield* foundIn(
        sealedIn(pair.before),
        sealedIn(pair.after),
        'the sealing key of that time is deleted from the cluster',
      );
    }
  },
};

function* foundIn(
  before: readonly SecretEntry[],
  after: readonly SecretEntry[],
  closes: string,
): Iterable<RuleFinding> {
  const old = new Map(before.map(({ name, value }) => [name, value]));
  const changed = after.filter(({ name, value }) => old.has(name) && old.get(name) !== value);
  const [first] = changed;
  if (!first) return;
  const isAll = changed.length === before.length && changed.length > 1;
  yield {
    ...meaning(isAll ? `All ${String(changed.length)} values` : named(changed.map(({ name }) => name)), isAll, closes),
    at: first.at(),
  };
}

const meaning = (what: string, isAll: boolean, closes: string): Omit<RuleFinding, 'at'> => ({
  class: 'reversible-with-compatibility-window',
  message: `${what}: ${isAll ? 'encrypted anew, perhaps with other values' : 'another secret'}. The old value may come back only while it is valid, accepted everywhere and not exposed.`,
  instead:
    'Go back only if the rotation was a mistake and the old value is not compromised, not revoked, still accepted, and its exposure known. Else rotate again.',
  probe: 'sign in with the old value where it is used',
  closedBy: `the old value is revoked or expires, or ${closes}`,
});

const sealedIn = (one: Manifest): readonly SecretEntry[] =>
  Object.entries(asFields(one.field('spec', 'encryptedData'))).map(([name, value]) => ({
    name,
    value: asText(value) ?? '',
    at: () => one.at('spec', 'encryptedData', name),
  }));

function sops(line: string, mac: string): string {
  return `${line}\nsops:\n  age: [{recipient: age1example}]\n  ${mac}\n`;
}

function sealed(line: string): string {
  return `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: web}\nspec:\n  encryptedData:\n    ${line}\n`;
}
