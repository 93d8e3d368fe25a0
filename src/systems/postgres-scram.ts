/**
 * Password verifiers of PostgreSQL: what it keeps instead of a password. One that is made here is stored as it is, so
 * the password itself never reaches the server or its log. Source: RFC 5802 and RFC 7677; the text form is that of
 * `pg_authid.rolpassword`, `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>`.
 */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import { Fault } from '../model/fault.ts';

const scram =
  /^SCRAM-SHA-256\$(\d{1,9}):((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==))\$([A-Za-z0-9+/]{43}=):([A-Za-z0-9+/]{43}=)$/;
const md5 = /^md5[0-9a-f]{32}$/;

export type Hashing = 'SCRAM-SHA-256' | 'md5' | 'none';

/** @throws Fault `invalid-input` for what is no verifier: the server would take it for a password, and hash it */
export function hashingOf(verifier: string | null): Hashing {
  if (verifier === null) return 'none';
  if (scram.test(verifier)) return 'SCRAM-SHA-256';
  if (md5.test(verifier)) return 'md5';
  throw new Fault('invalid-input', 'this is not a verifier of a PostgreSQL password, neither SCRAM-SHA-256 nor md5', {
    advice: 'Give the password as `password`, or as `verifier` the text that pg_authid.rolpassword holds.',
  });
}

/**
 * The verifier of a password. A salt must be new for every password and need not be secret (the server tells it to
 * whoever asks to log in): it is made from `occasion`, so that the same step, tried again, makes the same verifier.
 * @param occasion unique and hard to guess: the key of a step
 */
export async function scramVerifier(password: string, occasion: string, iterations: number): Promise<string> {
  prove(password);
  const salt = createHash('sha256').update(`salt of ${occasion}`).digest().subarray(0, 16);
  const { storedKey, serverKey } = await keysOf(password, salt, iterations);
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey.toString('base64')}:${serverKey.toString('base64')}`;
}

/** Whether this is a SCRAM verifier of the password, whatever its salt. */
export async function isScramVerifierOf(verifier: string | null, password: string): Promise<boolean> {
  prove(password);
  const [, iterations, salt, storedKey] = scram.exec(verifier ?? '') ?? [];
  if (iterations === undefined || salt === undefined || storedKey === undefined) return false;
  const made = await keysOf(password, Buffer.from(salt, 'base64'), Number(iterations));
  const kept = Buffer.from(storedKey, 'base64');
  return kept.length === made.storedKey.length && timingSafeEqual(kept, made.storedKey);
}

/** @throws Fault `invalid-input` for a password that clients would not all send as the same bytes */
function prove(password: string): void {
  if (!/^[ -~]+$/.test(password))
    throw new Fault('invalid-input', 'the new password is empty or has characters outside printable ASCII', {
      advice: 'Use letters, digits and signs of ASCII: clients differ in how they send other characters.',
    });
}

async function keysOf(password: string, salt: Buffer, iterations: number) {
  const salted = await promisify(pbkdf2)(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  return { storedKey: createHash('sha256').update(hmac('Client Key')).digest(), serverKey: hmac('Server Key') };
}
