import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { existsSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { openSshKey } from '#src/evidence/open-ssh-key.ts';
import { makeSigner } from '#src/evidence/signer.ts';

// RFC 8032, 7.1, test 2
const seed = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
const publicKey = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
const signature =
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';

describe('a signer', () => {
  const signer = makeSigner(seed);

  test('signs as RFC 8032 shows', () => {
    expect(Buffer.from(signer.publicKey).toString('hex')).toBe(publicKey);
    expect(Buffer.from(signer.sign(Buffer.from('72', 'hex'))).toString('hex')).toBe(signature);
  });

  test('is verified by its public key', () => {
    const x = Buffer.from(signer.publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, Buffer.from('hello'), key, signer.sign(Buffer.from('hello')))).toBe(true);
    expect(verify(null, Buffer.from('hullo'), key, signer.sign(Buffer.from('hello')))).toBe(false);
  });

  test.runIf(existsSync('/usr/bin/ssh-keygen'))('has the fingerprint that ssh-keygen prints', () => {
    const line = `ssh-ed25519 ${Buffer.from(openSshKey(signer.publicKey)).toString('base64')}\n`;
    expect(execFileSync('/usr/bin/ssh-keygen', ['-lf', '-'], { input: line, encoding: 'utf8' })).toContain(
      ` ${signer.fingerprint} `,
    );
  });

  test('has always had this fingerprint', () => {
    expect(signer.fingerprint).toBe('SHA256:F34nin7tcaYH6WR5LSWSfj6weFBPfBpuyUUoPFP9YjA');
  });
});
