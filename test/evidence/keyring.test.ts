import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { makeKeyring } from '#src/evidence/keyring.ts';
import { Fault } from '#src/model/fault.ts';
import type { Hash } from '#src/model/ids.ts';
import type { Sealed } from '#src/model/sealed.ts';

import { golden } from './golden.ts';
import { counted, master } from './keys.ts';

const keyring = makeKeyring(master, randomBytes);
const about = { change: '01JDQ2W3E4R5T6Y7V8B9N0M1QA', step: '1', field: 'password' };
const text = fc.string({ unit: 'binary' });

const faultOf = (act: () => unknown): Fault => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error('no fault');
};
const front = (secret: Sealed): string => secret.sealed.split(':').slice(0, 3).join(':');
const inAndOut = (plain: Uint8Array): Uint8Array =>
  keyring.openBytes(keyring.sealBytes(plain, keyring.digest(plain)), keyring.digest(plain));
const everythingIn = (fault: Fault): string => inspect(fault, { depth: 9 }) + JSON.stringify(fault.report);

interface Golden {
  readonly plain: string;
  readonly keyId: string;
  readonly signer: string;
  readonly secret: Sealed;
}

describe('a sealed secret', () => {
  test('is written as it always was, and opens', () => {
    const kept = JSON.parse(golden('sealed.json')) as Golden;
    expect(makeKeyring(master, counted()).seal(kept.plain, about)).toEqual(kept.secret);
    expect(keyring.keyId).toBe(kept.keyId);
    expect(keyring.signer.fingerprint).toBe(kept.signer);
    expect(keyring.unseal(kept.secret)).toBe(kept.plain);
  });

  test('opens to what was sealed, shows what it is for, and is another text at every sealing', () => {
    fc.assert(
      fc.property(text, text, text, text, (plain, change, step, field) => {
        const one = keyring.seal(plain, { change, step, field });
        const two = keyring.seal(plain, { change, step, field });
        expect(keyring.unseal(one)).toBe(plain);
        expect(one.sealed).not.toBe(two.sealed);
        expect(one.fingerprint).toBe(two.fingerprint);
        expect(one.sealed.split(':')[2]?.split('/').map(decodeURIComponent)).toEqual([change, step, field]);
      }),
    );
  });

  test('changed in any character is refused', () => {
    const secret = keyring.seal('correct horse', about);
    const changed = Array.from(secret.sealed, (was, i) => [
      ...Array.from('A1:/%.', (now) =>
        now === was ? [] : secret.sealed.slice(0, i) + now + secret.sealed.slice(i + 1),
      ),
      secret.sealed.slice(0, i),
    ]).flat(2);
    for (const sealed of changed) expect(() => keyring.unseal({ ...secret, sealed })).toThrow(Fault);
    expect(faultOf(() => keyring.unseal({ ...secret, sealed: `${secret.sealed}=` })).code).toBe('evidence-broken');
    expect(faultOf(() => keyring.unseal({ ...secret, sealed: `${secret.sealed}:` })).code).toBe('evidence-broken');
  });

  test.each([
    ['of another change', { ...about, change: '01JDQ2W3E4R5T6Y7V8B9N0M1QB' }],
    ['of another step', { ...about, step: '2' }],
    ['for another field', { ...about, field: 'user' }],
  ])('does not open as one %s', (_, other) => {
    const secret = keyring.seal('correct horse', about);
    const moved = secret.sealed.replace(front(secret), front(keyring.seal('', other)));
    expect(faultOf(() => keyring.unseal({ ...secret, sealed: moved })).code).toBe('evidence-broken');
  });

  test('with the fingerprint of another secret is refused', () => {
    const secret = { ...keyring.seal('one', about), fingerprint: keyring.fingerprint('two') };
    expect(faultOf(() => keyring.unseal(secret)).code).toBe('evidence-broken');
  });

  test('does not open under another key, and says which one it needs', () => {
    const other = makeKeyring(randomBytes(32), randomBytes);
    const fault = faultOf(() => other.unseal(keyring.seal('correct horse', about)));
    expect(fault.code).toBe('credential-invalid');
    expect(fault.message).toContain(keyring.keyId);
    expect(fault.message).toContain(other.keyId);
    expect(fault.advice).toContain(keyring.keyId);
  });

  test('of a newer format says to use a newer Recourse', () => {
    const { sealed, fingerprint } = keyring.seal('x', about);
    const newer = sealed.replace('recourse-sealed-1', 'recourse-sealed-2');
    expect(faultOf(() => keyring.unseal({ sealed: newer, fingerprint })).advice).toMatch(/newer/);
  });

  test('and what is taken for one never shows a secret in a fault', () => {
    const plain = 'hunter2-hunter2';
    const { fingerprint } = keyring.seal(plain, about);
    for (const sealed of [plain, `a:b:${plain}:d:e`, `${plain}:b:c`, `recourse-sealed-2:x:${plain}:d:e`])
      expect(everythingIn(faultOf(() => keyring.unseal({ sealed, fingerprint })))).not.toContain(plain);
    expect(everythingIn(faultOf(() => keyring.seal(`${plain}\ud800`, about)))).not.toContain(plain);
  });

  test('holds no plain text, and neither does its fingerprint', () => {
    const plain = 'correct horse battery staple';
    const { sealed, fingerprint } = keyring.seal(plain, about);
    const seen = sealed + Buffer.from(sealed.split(':').at(-1) ?? '', 'base64url').toString('latin1') + fingerprint;
    expect(seen).not.toContain('horse');
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });

  test('has equal fingerprints for equal secrets only, and under one key only', () => {
    const other = makeKeyring(randomBytes(32), randomBytes);
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(keyring.fingerprint(a) === keyring.fingerprint(b)).toBe(a === b);
        expect(other.fingerprint(a)).not.toBe(keyring.fingerprint(a));
      }),
    );
  });
});

describe('kept material', () => {
  const bytes = Buffer.from('the file as it was\0\xff', 'latin1');
  const hash = keyring.digest(bytes);

  test('is written as it always was, and opens', () => {
    const kept = Buffer.from(golden('kept.base64'), 'base64');
    expect(Buffer.from(makeKeyring(master, counted()).sealBytes(bytes, hash))).toEqual(kept);
    expect(Buffer.from(keyring.openBytes(kept, hash))).toEqual(bytes);
  });

  test('opens to the same bytes, up to 16 MiB', () => {
    fc.assert(fc.property(fc.uint8Array(), (plain) => Buffer.compare(inAndOut(plain), plain) === 0));
    const largest = Buffer.alloc(16 * 1024 * 1024, 'x');
    expect(Buffer.compare(inAndOut(largest), largest)).toBe(0);
  });

  test('changed in any byte, cut, or asked for by another digest is refused', () => {
    const kept = keyring.sealBytes(bytes, hash);
    for (let i = 0; i < kept.length; i++) {
      const changed = Uint8Array.from(kept);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => keyring.openBytes(changed, hash)).toThrow(Fault);
      expect(() => keyring.openBytes(kept.subarray(0, i), hash)).toThrow(Fault);
    }
    const other: Hash = `sha256:${'0'.repeat(64)}`;
    expect(faultOf(() => keyring.openBytes(kept, other)).code).toBe('evidence-broken');
  });

  test('that was kept under a digest that is not its own is refused', () => {
    const other: Hash = `sha256:${'0'.repeat(64)}`;
    expect(faultOf(() => keyring.openBytes(keyring.sealBytes(bytes, other), other)).code).toBe('evidence-broken');
  });

  test('under another key says which one it needs', () => {
    const other = makeKeyring(randomBytes(32), randomBytes);
    const fault = faultOf(() => other.openBytes(keyring.sealBytes(bytes, hash), hash));
    expect(fault).toMatchObject({ code: 'credential-invalid' });
    expect(fault.message).toContain(keyring.keyId);
  });
});

describe('a keyring', () => {
  test('needs 32 bytes', () => {
    expect(faultOf(() => makeKeyring(randomBytes(16), randomBytes)).code).toBe('invalid-input');
  });

  test('does not change when the bytes it was made from are wiped', () => {
    const bytes = Uint8Array.from(master);
    const made = makeKeyring(bytes, randomBytes);
    bytes.fill(0);
    expect(made.unseal(keyring.seal('correct horse', about))).toBe('correct horse');
  });

  test('shows no key when it is printed', () => {
    const printed = inspect(keyring, { depth: 9, showHidden: true }) + JSON.stringify(keyring);
    expect(printed).not.toContain(Buffer.from(master).toString('hex'));
    expect(Object.keys(keyring.signer).toSorted()).toEqual(['fingerprint', 'publicKey', 'sign']);
  });
});
