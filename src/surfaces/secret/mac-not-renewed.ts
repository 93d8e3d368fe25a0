import type { Rule } from '../../model/surface.ts';
import type { SecretFile } from './secret-file.ts';

export const macNotRenewed: Rule<SecretFile> = {
  id: 'secret/mac-not-renewed',
  problem:
    'An encrypted file was edited without SOPS: its code no longer fits, and whoever decrypts it refuses the whole file.',
  instead: 'Edit it with `sops`, also when it is merged or reverted in part.',
  source: 'https://getsops.io/docs/#message-authentication-code',
  examples: {
    matches: [
      {
        before: 'password: ENC[AES256_GCM,data:b2xk,type:str]\nsops:\n  mac: ENC[a]\n',
        after: 'password: ENC[AES256_GCM,data:bmV3,type:str]\nsops:\n  mac: ENC[a]\n',
      },
    ],
    passes: [
      {
        before: 'password: ENC[AES256_GCM,data:b2xk,type:str]\nsops:\n  mac: ENC[a]\n',
        after: 'password: ENC[AES256_GCM,data:bmV3,type:str]\nsops:\n  mac: ENC[b]\n',
      },
    ],
  },
  *find({ before, after }) {
    if (!before?.sops || !after?.sops || before.sops.mac !== after.sops.mac || after.sops.mac === undefined) return;
    const old = new Map(before.sops.encrypted.map(({ name, value }) => [name, value]));
    const edited = after.sops.encrypted.find(({ name, value }) => old.get(name) !== value);
    if (!edited) return;
    yield {
      class: 'fully-reversible',
      message: `${edited.name} changed and the file's code did not: whoever decrypts it refuses the whole file, and the secret stays as it is.`,
      instead: 'Edit the file with `sops` so that the code is made anew.',
      probe: 'sops decrypt <file>',
      at: edited.at(),
    };
  },
};
