/**
 * All keys of a store come from one master key of 32 bytes, by HKDF with SHA-256, no salt, and these labels:
 *
 * - `recourse/1/id`: the key id, 8 bytes, public
 * - `recourse/1/secrets/<change>`: wraps the keys of the secrets of one change
 * - `recourse/1/kept`: wraps the keys of kept material
 * - `recourse/1/fingerprint`: HMAC key of the fingerprints
 * - `recourse/1/sign`: seed of the signing key
 *
 * A sealed secret is `recourse-sealed-1:<key id>:<change>/<step>/<field>:<wrapped key>:<body>`, names percent-encoded,
 * bytes in base64url; all in front of the wrapped key is additional authenticated data. Kept material is
 * `recourse-kept-1:<key id>:`, the wrapped key and the body as bytes; that beginning and the digest authenticate it.
 */
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';

import { Fault } from '../model/fault.ts';
import type { Hash } from '../model/ids.ts';
import type { Sealed } from '../model/sealed.ts';
import { digest } from './digest.ts';
import { opened, sealed, wrappedLength } from './envelope.ts';
import { makeSigner, type Signer } from './signer.ts';

/** What a secret is sealed for. `change` and `step` may be other words where there is no change, as `connection`. */
export interface SealedFor {
  readonly change: string;
  readonly step: string;
  readonly field: string;
}

export interface Keyring {
  /** Tells master keys apart and gives nothing away; 16 hex digits. */
  readonly keyId: string;
  readonly signer: Signer;
  /** Faults: `invalid-input` when the secret or a name has half a surrogate pair. */
  seal(plain: string, about: SealedFor): Sealed;
  /** Faults: `evidence-broken` when it was changed, `credential-invalid` when it was sealed under another key. */
  unseal(secret: Sealed): string;
  /** The same for the same secret, whatever it was sealed for; 32 hex digits. */
  fingerprint(plain: string): string;
  digest(bytes: Uint8Array): Hash;
  /** @param hash the digest of the bytes */
  sealBytes(bytes: Uint8Array, hash: Hash): Uint8Array;
  /** Faults: as `unseal`. */
  openBytes(kept: Uint8Array, hash: Hash): Uint8Array;
}

const sealedFormat = 'recourse-sealed-1';
const keptFormat = 'recourse-kept-1';

/** Faults: `invalid-input` when the master key has not 32 bytes. */
export function makeKeyring(master: Uint8Array, random: (bytes: number) => Uint8Array): Keyring {
  if (master.length !== 32) throw new Fault('invalid-input', 'The master key has not 32 bytes.');
  const root = createSecretKey(master);
  const derived = (label: string, length = 32): Buffer =>
    Buffer.from(hkdfSync('sha256', root, '', `recourse/1/${label}`, length));
  const wrappingKey = (label: string) => createSecretKey(derived(label));

  const keyId = derived('id', 8).toString('hex');
  const fingerprintKey = createSecretKey(derived('fingerprint'));
  const keptKey = wrappingKey('kept');
  const keptFront = Buffer.from(`${keptFormat}:${keyId}:`);

  const fingerprint = (plain: string): string =>
    createHmac('sha256', fingerprintKey).update(plain).digest('hex').slice(0, 32);

  return {
    keyId,
    signer: makeSigner(derived('sign')),
    fingerprint,
    digest,

    seal(plain, { change, step, field }) {
      const names = [change, step, field];
      if (![plain, ...names].every((text) => text.isWellFormed()))
        throw new Fault('invalid-input', `The secret "${field.toWellFormed()}" is not well-formed Unicode.`);
      const front = `${sealedFormat}:${keyId}:${names.map(encodeURIComponent).join('/')}:`;
      const { wrapped, body } = sealed(
        wrappingKey(`secrets/${change}`),
        Buffer.from(plain),
        Buffer.from(front),
        random,
      );
      return { sealed: `${front}${base64url(wrapped)}:${base64url(body)}`, fingerprint: fingerprint(plain) };
    },

    unseal(secret) {
      const [format = '', sealedUnder = '', names = '', wrapped = '', body = '', ...more] = secret.sealed.split(':');
      const what = format === sealedFormat ? `The secret ${names}` : 'A sealed secret';
      requireKnown(what, { format, sealedUnder }, { format: sealedFormat, keyId });
      const plain = openedOrFault(what, () => {
        const change = decodeURIComponent(names.split('/')[0] ?? '');
        const envelope = { wrapped: fromBase64url(wrapped), body: fromBase64url(body) };
        const front = Buffer.from(`${format}:${sealedUnder}:${names}:`);
        return opened(wrappingKey(`secrets/${change}`), envelope, front).toString();
      });
      if (more.length === 0 && fingerprint(plain) === secret.fingerprint) return plain;
      throw broken(what);
    },

    sealBytes(bytes, hash) {
      const { wrapped, body } = sealed(keptKey, bytes, Buffer.concat([keptFront, Buffer.from(hash)]), random);
      return Buffer.concat([keptFront, wrapped, body]);
    },

    openBytes(kept, hash) {
      const what = `The material kept as ${hash}`;
      const [format = '', sealedUnder = ''] = Buffer.from(kept.subarray(0, keptFront.length)).toString().split(':');
      requireKnown(what, { format, sealedUnder }, { format: keptFormat, keyId });
      const plain = openedOrFault(what, () => {
        const start = keptFront.length + wrappedLength;
        const envelope = { wrapped: kept.subarray(keptFront.length, start), body: kept.subarray(start) };
        return opened(keptKey, envelope, Buffer.concat([kept.subarray(0, keptFront.length), Buffer.from(hash)]));
      });
      if (digest(plain) === hash) return plain;
      throw broken(what);
    },
  };
}

function requireKnown(
  what: string,
  found: { readonly format: string; readonly sealedUnder: string },
  here: { readonly format: string; readonly keyId: string },
): void {
  if (found.format !== here.format)
    throw /^recourse-(sealed|kept)-[1-9]\d*$/.test(found.format)
      ? new Fault('store-failed', `${what} was sealed by another version of Recourse (${found.format}).`, {
          advice: 'Use that version of Recourse, or a newer one.',
        })
      : broken(what);
  if (found.sealedUnder !== here.keyId)
    throw new Fault(
      'credential-invalid',
      `${what} was sealed under the key ${found.sealedUnder}; the key in use is ${here.keyId}.`,
      { advice: `Give Recourse the master key with the id ${found.sealedUnder}.` },
    );
}

function openedOrFault<Plain>(what: string, open: () => Plain): Plain {
  try {
    return open();
  } catch (cause) {
    throw broken(what, cause);
  }
}

const broken = (what: string, cause?: unknown): Fault =>
  new Fault('evidence-broken', `${what} cannot be opened: it is not as it was sealed.`, { cause });

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Throws when the text is not the one that these bytes are written as: Node's decoder reads many. */
function fromBase64url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (base64url(bytes) === text) return bytes;
  throw new Error('not base64url');
}
