import { createPublicKey, hash, verify } from 'node:crypto';

import type { Primitives } from './primitives.ts';

export const nodePrimitives: Primitives = {
  sha256: (parts) => parts.map((part) => hash('sha256', part, 'hex')),
  isSignedBy(publicKey, signature, signed) {
    const x = Buffer.from(publicKey).toString('base64url');
    return verify(null, signed, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature);
  },
};
