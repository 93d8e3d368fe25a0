import type { Rule } from '../../model/surface.ts';
import type { SecretFile } from './secret-file.ts';

export const recipientsRemoved: Rule<SecretFile> = {
  id: 'secret/recipients-removed',
  problem:
    'A key can no longer decrypt the file. The older version in Git still opens with that key only: when it is thrown away, a revert cannot be decrypted; while it exists, whoever has it can still read the old values.',
  instead: 'Keep the old key until nobody goes back any more, and rotate the values that it could read.',
  source: 'https://getsops.io/docs/#adding-and-removing-keys',
  examples: {
    matches: [{ before: file('{recipient: age1old}'), after: file('{recipient: age1new}') }],
    passes: [{ before: file('{recipient: age1old}'), after: file('{recipient: age1old}, {recipient: age1new}') }],
  },
  *find({ before, after }) {
    if (!before?.sops || !after?.sops) return;
    const now = new Set(after.sops.recipients);
    const removed = before.sops.recipients.filter((one) => !now.has(one));
    if (removed.length === 0) return;
    const isAll = removed.length === before.sops.recipients.length;
    yield {
      class: isAll ? 'reversible-with-compatibility-window' : 'fully-reversible',
      message: isAll
        ? 'Every key that could decrypt the old version is replaced: a revert cannot be decrypted once the old keys are gone.'
        : `${String(removed.length)} of ${String(before.sops.recipients.length)} keys can no longer decrypt it. They still open the old version in Git: rotate the values when that matters.`,
      instead: isAll
        ? 'Keep the old key where it decrypts until nobody goes back any more.'
        : 'Rotate the values that the removed key could read.',
      ...(isAll && {
        closedBy: 'the old key is taken away from whoever decrypts',
        probe: 'sops decrypt <the old version>',
      }),
      at: { path: after.path, line: lineOf(after.text), column: 1 },
    };
  },
};

const lineOf = (text: string): number =>
  text.slice(0, Math.max(0, text.search(/^"?sops|^\s*"sops"/m))).split('\n').length;

function file(recipients: string): string {
  return `password: ENC[AES256_GCM,data:b2xk,type:str]\nsops:\n  age: [${recipients}]\n  mac: ENC[a]\n`;
}
