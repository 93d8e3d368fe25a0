import type { Rule } from '../../model/surface.ts';
import type { SecretFile } from './secret-file.ts';

const kinds = new Set(['SealedSecret', 'ExternalSecret', 'ClusterExternalSecret']);

export const removed: Rule<SecretFile> = {
  id: 'secret/removed',
  problem:
    'An encrypted secret, or the object that fetches one, is taken away; the Secret made from it is deleted too. A revert makes it anew only while it can be decrypted or fetched, and while the value is still valid.',
  instead:
    'Remove it after the last workload that reads it, and revoke the value only when the window to go back is over.',
  source: 'https://external-secrets.io/latest/guides/ownership-deletion-policy/',
  examples: {
    matches: [
      { before: 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web}\nspec: {}\n' },
      { before: 'password: ENC[AES256_GCM,data:b2xk,type:str]\nsops:\n  mac: ENC[a]\n' },
    ],
    passes: ['apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web}\nspec: {}\n'],
  },
  *find({ before, after }) {
    const [first, ...more] = ((after ?? before)?.pairs ?? []).flatMap((pair) =>
      pair.before && !pair.after && (kinds.has(pair.before.kind) || pair.before.field('sops') !== undefined)
        ? [pair.before]
        : [],
    );
    const isFile = !after && before?.sops !== undefined;
    if (!first && !isFile) return;
    const others = more.length > 0 ? ` and ${String(more.length)} more` : '';
    const what = first ? `${first.kind} ${first.name}${others}` : 'Encrypted file';
    yield {
      class: 'reversible-with-compatibility-window',
      message: `${what} removed, and what is made from it goes. A revert makes it anew while it can be decrypted or fetched, and its value is valid.`,
      instead: 'Keep the value valid until nobody goes back any more.',
      closedBy: 'the value is revoked, deleted at its provider, or the key to decrypt it is gone',
      at: first ? first.at('metadata', 'name') : { path: before?.path ?? '', line: 1, column: 1 },
    };
  },
};
