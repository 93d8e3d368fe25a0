import type { Rule, RuleFinding } from '../../model/surface.ts';
import { clearDataOf, isPerhapsNone, isPlaceholder, isSecretName, named, type SecretEntry } from './secret-entries.ts';
import { isEncrypted, type SecretFile } from './secret-file.ts';

export const clearTextCommitted: Rule<SecretFile> = {
  id: 'secret/clear-text-committed',
  problem:
    'A secret is written in clear text (base64 hides nothing). It stays in the history of every clone: no revert makes it secret again.',
  instead: 'Revoke it, issue another, and commit it only encrypted or as a reference.',
  source: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  examples: {
    matches: [
      'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: example-value-1}\n',
      'secretGenerator: [{name: web, literals: [password=example-value-2]}]\n',
    ],
    passes: [
      'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: "${DB_PASSWORD}"}\n',
      'secretGenerator: [{name: web, files: [password.txt]}]\n',
    ],
  },
  *find({ before, after }) {
    for (const pair of after?.pairs ?? []) {
      if (pair.after?.kind !== 'Secret' || isEncrypted(pair.after)) continue;
      const old = pair.before && !isEncrypted(pair.before) ? clearDataOf(pair.before) : [];
      yield* found(`Secret ${pair.after.name}`, newOnes(old, clearDataOf(pair.after)));
    }
    const isMeant = ({ name, value }: SecretEntry): boolean => isSecretName(name) && !isPlaceholder(value);
    yield* found('The environment file', newOnes(before?.variables ?? [], after?.variables.filter(isMeant) ?? []));
    yield* found('secretGenerator', newOnes(before?.literals ?? [], after?.literals ?? []));
  },
};

const newOnes = (before: readonly SecretEntry[], after: readonly SecretEntry[]): readonly SecretEntry[] => {
  const old = new Map(before.map(({ name, value }) => [name, value]));
  return after.filter(({ name, value }) => old.get(name) !== value);
};

function* found(where: string, entries: readonly SecretEntry[]): Iterable<RuleFinding> {
  const sure = entries.filter((one) => !isPerhapsNone(one));
  const [first] = sure.length > 0 ? sure : entries;
  if (!first) return;
  if (sure.length === 0)
    yield {
      class: 'reversible-with-manual-repair',
      message: `${where} holds ${named(entries.map(({ name }) => name))} in clear text. Nothing in it is called a secret; a person has to say that it is none.`,
      instead: 'Keep in a ConfigMap what is no secret, and encrypt what is one.',
      at: first.at(),
    };
  else
    yield {
      class: 'forward-only',
      message: `${where} holds ${named(sure.map(({ name }) => name))} in clear text: readable in Git for ever, whatever is reverted. Treat it as exposed.`,
      instead:
        'Revoke it, issue another, and commit that one encrypted (SOPS, SealedSecret) or as a reference (ExternalSecret).',
      closedBy: 'the commit is pushed',
      at: first.at(),
    };
}
