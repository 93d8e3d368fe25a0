import type { Rule, RuleFinding } from '../../model/surface.ts';
import { isPlaceholder, named } from './secret-entries.ts';
import type { SecretFile } from './secret-file.ts';

export const decrypted: Rule<SecretFile> = {
  id: 'secret/decrypted',
  problem:
    'What was encrypted is committed in clear text. It stays in the history of every clone: no revert makes it secret again.',
  instead: 'Revoke the value and issue another; clean the history only after that.',
  source:
    'https://docs.github.com/en/code-security/how-tos/secure-your-secrets/prevent-future-leaks/removing-sensitive-data',
  examples: {
    matches: [
      {
        before: 'password: ENC[AES256_GCM,data:b2xk,type:str]\nsops:\n  mac: ENC[a]\n',
        after: 'password: example-value-1\n',
      },
      {
        before:
          'password: ENC[AES256_GCM,data:b2xk,type:str]\nuser: ENC[AES256_GCM,data:dQ==,type:str]\nsops:\n  mac: ENC[a]\n',
        after: 'password: ENC[AES256_GCM,data:b2xk,type:str]\nuser: example-value-2\nsops:\n  mac: ENC[b]\n',
      },
    ],
    passes: [
      {
        before: 'password: ENC[AES256_GCM,data:b2xk,type:str]\nsops:\n  mac: ENC[a]\n',
        after: 'password: ${PASSWORD}\nsops:\n  mac: ENC[b]\n',
      },
    ],
  },
  *find({ before, after }) {
    if (!before || !after || after.isGitCrypt) return;
    if (before.isGitCrypt) {
      yield found('What git-crypt kept encrypted', { path: after.path, line: 1, column: 1 });
      return;
    }
    if (!before.sops) return;
    const names = new Set(before.sops.encrypted.map(({ name }) => name));
    const clear = after.sops?.clear.filter(({ name, value }) => names.has(name) && !isPlaceholder(value)) ?? [];
    const [first] = clear;
    if (first) yield found(named(clear.map(({ name }) => name)), first.at());
    else if (!after.sops && names.size > 0 && !after.text.includes('ENC['))
      yield found(named([...names]), { path: after.path, line: 1, column: 1 });
  },
};

const found = (what: string, at: NonNullable<RuleFinding['at']>): RuleFinding => ({
  class: 'forward-only',
  message: `${what}: encrypted before, in clear text now. It stays readable in Git whatever is reverted; treat it as exposed.`,
  instead: 'Revoke it and issue another. Do not go back to a value that was exposed.',
  closedBy: 'the commit is pushed',
  at,
});
