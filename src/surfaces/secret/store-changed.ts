import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import type { SecretFile } from './secret-file.ts';

export const storeChanged: Rule<SecretFile> = {
  id: 'secret/store-changed',
  problem:
    'A store of secrets is reached otherwise, or is another one. Every ExternalSecret that uses it fetches from there at once; a revert works while the old store still holds them and still lets us in.',
  instead: 'Add a second store, move the ExternalSecrets one by one, and remove the first last.',
  source: 'https://external-secrets.io/latest/api/secretstore/',
  examples: {
    matches: [
      {
        before:
          'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: main}\nspec: {provider: {vault: {server: "https://a"}}}\n',
        after:
          'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: main}\nspec: {provider: {vault: {server: "https://b"}}}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: main}\nspec: {provider: {vault: {server: "https://a"}}}\n',
        after:
          'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: main}\nspec: {retrySettings: {maxRetries: 3}, provider: {vault: {server: "https://a"}}}\n',
      },
    ],
  },
  *find({ before, after }) {
    for (const pair of (after ?? before)?.pairs ?? []) {
      const kind = (pair.after ?? pair.before)?.kind;
      if (!pair.before || (kind !== 'SecretStore' && kind !== 'ClusterSecretStore')) continue;
      if (pair.after && isSame(pair.before.field('spec', 'provider'), pair.after.field('spec', 'provider'))) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `${kind} ${pair.before.name} ${pair.after ? 'reaches its provider otherwise' : 'is removed'}: every secret that uses it is concerned at once. Going back works while the old way in does.`,
        instead: 'Add a second store and move the secrets one by one.',
        probe: `kubectl get externalsecrets -A`,
        closedBy: 'the old store is emptied, or no longer lets us in',
        at: pair.after ? pair.after.at('spec', 'provider') : pair.before.at('metadata', 'name'),
      };
    }
  },
};
