import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto';

import { openSshKey } from './open-ssh-key.ts';

/** Signs with Ed25519. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** `SHA256:` and base64: what `ssh-keygen -l` prints for the same key. */
  readonly fingerprint: string;
  /** 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** What stands in front of the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same seed (32 bytes) makes the same key. */
export function makeSigner(seed: Uint8Array): Signer {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    publicKey,
    fingerprint: `SHA256:${hash('sha256', openSshKey(publicKey), 'base64').replace('=', '')}`,
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}
