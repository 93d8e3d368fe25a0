import type { Rule } from '../../model/surface.ts';
import { clearDataOf, isPlaceholder, isSecretName, named } from './secret-entries.ts';
import { isEncrypted, type SecretFile } from './secret-file.ts';

export const revertResurrects: Rule<SecretFile> = {
  id: 'secret/revert-resurrects',
  problem:
    'The change takes a secret out of Git that stood there in clear text. It was readable, so it counts as exposed: a revert would put an exposed secret back into use.',
  instead: 'Never revert this. Issue a new secret, and go forward with that.',
  source:
    'https://docs.github.com/en/code-security/how-tos/secure-your-secrets/prevent-future-leaks/removing-sensitive-data',
  examples: {
    matches: [
      { before: 'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: example-value-1}\n' },
    ],
    passes: [
      { before: 'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: "${DB_PASSWORD}"}\n' },
    ],
  },
  *find({ before, after }) {
    for (const pair of (after ?? before)?.pairs ?? []) {
      const { before: then, after: now } = pair;
      if (then?.kind !== 'Secret' || isEncrypted(then)) continue;
      const still = new Set(now && !isEncrypted(now) ? clearDataOf(now).map(({ name }) => name) : []);
      const gone = clearDataOf(then).filter(({ name }) => !still.has(name));
      const [first] = gone;
      if (!first) continue;
      yield {
        ...meaning(
          `Secret ${then.name}`,
          gone.map(({ name }) => name),
        ),
        at: now ? now.at('metadata', 'name') : first.at(),
      };
    }
    const kept = new Set(after?.variables.map(({ name }) => name));
    const gone =
      before?.variables.filter(({ name, value }) => isSecretName(name) && !isPlaceholder(value) && !kept.has(name)) ??
      [];
    const [first] = gone;
    if (first && !after?.sops)
      yield {
        ...meaning(
          'The environment file',
          gone.map(({ name }) => name),
        ),
        at: first.at(),
      };
    if (before?.privateKey && !after?.privateKey)
      yield { ...meaning('The file', ['a private key']), at: before.privateKey };
  },
};

const meaning = (where: string, names: readonly string[]) =>
  ({
    class: 'forward-only',
    message: `${where} held ${named(names)} in clear text until now. A revert puts an exposed secret back into use.`,
    instead: 'Do not revert. Issue a new secret, and revoke the one that was readable.',
    closedBy: 'it was committed',
  }) as const;
