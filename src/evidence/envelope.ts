/**
 * Bytes under a key of their own, and that key under another one: AES-256-GCM twice. The wrapped key travels with the
 * bytes, so nothing else need be stored to open them.
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

const cipher = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;
const keyLength = 32;
const options = { authTagLength: tagLength };

export interface Envelope {
  /** The data key under the wrapping key: nonce, ciphertext, tag. */
  readonly wrapped: Uint8Array;
  /** The bytes under the data key: nonce, ciphertext, tag. */
  readonly body: Uint8Array;
}
/** How long `wrapped` is. */
export const wrappedLength = nonceLength + keyLength + tagLength;

type Random = (bytes: number) => Uint8Array;

/** @param about is in the clear elsewhere; the envelope opens only beside the very same bytes */
export function sealed(under: KeyObject, plain: Uint8Array, about: Uint8Array, random: Random): Envelope {
  const dataKey = random(keyLength);
  return {
    wrapped: encrypted(under, random(nonceLength), dataKey, about),
    body: encrypted(dataKey, random(nonceLength), plain, about),
  };
}

/** Throws when the key is another one, or anything was changed. */
export const opened = (under: KeyObject, envelope: Envelope, about: Uint8Array): Buffer =>
  decrypted(decrypted(under, envelope.wrapped, about), envelope.body, about);

function encrypted(key: KeyObject | Uint8Array, nonce: Uint8Array, plain: Uint8Array, about: Uint8Array): Buffer {
  const encryption = createCipheriv(cipher, key, nonce, options).setAAD(about);
  return Buffer.concat([nonce, encryption.update(plain), encryption.final(), encryption.getAuthTag()]);
}

function decrypted(key: KeyObject | Uint8Array, from: Uint8Array, about: Uint8Array): Buffer {
  const end = from.length - tagLength;
  const decryption = createDecipheriv(cipher, key, from.subarray(0, nonceLength), options)
    .setAAD(about)
    .setAuthTag(from.subarray(end));
  return Buffer.concat([decryption.update(from.subarray(nonceLength, end)), decryption.final()]);
}
