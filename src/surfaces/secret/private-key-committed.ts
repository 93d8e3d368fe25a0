import type { Rule } from '../../model/surface.ts';
import type { SecretFile } from './secret-file.ts';

export const privateKeyCommitted: Rule<SecretFile> = {
  id: 'secret/private-key-committed',
  problem:
    'A private key is written into Git. It stays in the history of every clone: no revert makes it private again.',
  instead: 'Revoke it and everything that it signed for, and make another outside of Git.',
  source:
    'https://docs.github.com/en/code-security/how-tos/secure-your-secrets/prevent-future-leaks/removing-sensitive-data',
  examples: {
    matches: ['-----BEGIN EXAMPLE PRIVATE KEY-----\n'],
    passes: ['-----BEGIN CERTIFICATE-----\n'],
  },
  *find({ before, after }) {
    if (!after?.privateKey || before?.privateKey) return;
    yield {
      class: 'forward-only',
      message: 'A private key is committed: readable in Git for ever, whatever is reverted. Treat it as exposed.',
      instead: 'Revoke it and make another one outside of Git.',
      closedBy: 'the commit is pushed',
      at: after.privateKey,
    };
  },
};
