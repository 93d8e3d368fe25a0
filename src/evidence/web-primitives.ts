import type { Primitives } from './primitives.ts';

type Subtle = typeof globalThis.crypto.subtle;

/** By WebCrypto, which browsers offer to pages from HTTPS and localhost only: `undefined` elsewhere. */
export const webPrimitives = by(globalThis.crypto.subtle);

function by(subtle: Subtle | undefined): Primitives | undefined {
  if (subtle === undefined) return undefined;
  return {
    sha256: async (parts) => (await Promise.all(parts.map((part) => subtle.digest('SHA-256', part)))).map(hexOf),
    async isSignedBy(publicKey, signature, signed) {
      const key = await subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
      return subtle.verify('Ed25519', key, signature, signed);
    },
  };
}

const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
