import { randomBytes } from 'node:crypto';

import { makeKeyring } from '#src/evidence/keyring.ts';
import { Fault } from '#src/model/fault.ts';
import type { Hash } from '#src/model/ids.ts';
import type { Reach } from '#src/model/system.ts';

/** What stands behind every reach of one world: a keyring, and a place for kept bytes. */
export type Vault = Omit<Reach<never>, 'client' | 'key' | 'signal'>;

const limit = 16 * 1024 * 1024;
const [change, step] = ['01JDV5Y8Q2W3E4R5T6Y7V8W9X0', '1'];

export function vault(): Vault {
  const keyring = makeKeyring(randomBytes(32), randomBytes);
  const shelf = new Map<Hash, Uint8Array>();
  return {
    seal: async (secret, field) => keyring.seal(secret, { change, step, field }),
    unseal: async (sealed) => keyring.unseal(sealed),
    keep: async (bytes) => {
      if (bytes.length > limit) throw new Fault('invalid-input', `${bytes.length} bytes are more than can be kept`);
      const hash = keyring.digest(bytes);
      shelf.set(hash, keyring.sealBytes(bytes, hash));
      return hash;
    },
    kept: async (hash) => {
      const found = shelf.get(hash);
      if (!found) throw new Fault('not-found', `nothing is kept as ${hash}`);
      return keyring.openBytes(found, hash);
    },
  };
}

/** The reach of one step, as the pipeline hands it out. */
export const reachOf = <Client>(
  client: Client,
  keys: Vault = vault(),
  signal: AbortSignal = new AbortController().signal,
): Reach<Client> => ({ client, key: `${change}/${step}`, signal, ...keys });
