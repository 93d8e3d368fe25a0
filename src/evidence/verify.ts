/**
 * Verifies an evidence file: canonical records, one a line, and a seal as the last line; every line ends in one line
 * feed, the last one too. Nothing else is a valid file. Bytes are compared, never what they mean: white space, the order
 * of keys and line ends count, and a fact that only a newer Recourse knows is verified like any other.
 */
import type { ChangeId, Hash } from '../model/ids.ts';
import type { EvidenceFile } from './blocks-of.ts';
import { type Flaw, flawOf } from './flaw.ts';
import { beginsAsRecord } from './layout.ts';
import { openSshKey } from './open-ssh-key.ts';
import type { Primitives } from './primitives.ts';
import { type Reading, readFile } from './read-file.ts';
import { type Seal, newerSealIn, sealIn, unsignedSeal } from './seal.ts';

export interface Damage extends Flaw {
  /** The record (its `seq`) in which the damage is. */
  readonly at: number | 'seal';
}

export type Verdict =
  | {
      readonly valid: true;
      readonly change: ChangeId;
      readonly facts: number;
      readonly head: Hash;
      /** `SHA256:` and base64, as `ssh-keygen -l` prints it. */
      readonly keyFingerprint: string;
      /** Whoever asked said which key it has to be, and it is that one. Otherwise anybody may have sealed the file. */
      readonly keyIsKnown: boolean;
    }
  | ({ readonly valid: false } & Damage);

/**
 * Runs in Node and in browsers.
 * @param file its bytes as they are; a text only where there never were bytes, because decoding hides damage
 * @param options.key the fingerprint of the key that has to have sealed it
 */
export async function verify(
  file: EvidenceFile,
  primitives: Primitives,
  options: { readonly key?: string } = {},
): Promise<Verdict> {
  const reading = await readFile(file, primitives);
  const { odd, last, rest } = reading;
  const sealed = odd === undefined || rest !== '' ? undefined : sealIn(last ?? odd.text);
  if (sealed === undefined || last !== undefined) return { valid: false, ...damageIn(reading, sealed?.seal) };

  const { seal, signature } = sealed;
  const publicKey = bytesOf(seal.publicKey);
  const [keyHash = ''] = await primitives.sha256([openSshKey(publicKey)]);
  const keyFingerprint = `SHA256:${base64OfHex(keyHash)}`;
  const isSigned =
    btoa(atob(signature)) === signature &&
    (await primitives.isSignedBy(publicKey, bytesOf(signature), new TextEncoder().encode(unsignedSeal(seal))));
  if (!isSigned)
    return {
      valid: false,
      at: 'seal',
      expected: `a seal signed by ${keyFingerprint}`,
      found: 'another signature',
      because: 'the seal or its signature was changed',
    };
  const damage = damageBefore(seal, reading);
  if (damage !== undefined) return { valid: false, ...damage };
  if (options.key !== undefined && options.key !== keyFingerprint)
    return {
      valid: false,
      at: 'seal',
      expected: `the key ${options.key}`,
      found: `the key ${keyFingerprint}`,
      because: 'somebody else has sealed the file',
    };
  return {
    valid: true,
    change: seal.change,
    facts: seal.count,
    head: seal.head,
    keyFingerprint,
    keyIsKnown: options.key !== undefined,
  };
}

/** @param seal what the last line is, when it is a seal */
function damageIn({ count, head, change, odd, rest }: Reading, seal: Seal | undefined): Damage {
  const seq = count + 1;
  if (odd === undefined && rest === '')
    return { at: 'seal', expected: 'a seal', found: 'the end of the file', because: 'the file has no seal' };
  if (odd === undefined)
    return {
      at: beginsAsRecord(rest) ? seq : 'seal',
      expected: 'a line end',
      found: 'the end of the file',
      because: 'the last line is cut off',
    };
  const isBehindRecords = seal === undefined ? !beginsAsRecord(odd.text) : seq > seal.count;
  if (!isBehindRecords) return { at: seq, ...flawOf(odd, { seq, previous: head, change }) };
  const newer = newerSealIn(odd.text);
  return newer === undefined
    ? { at: 'seal', expected: 'the seal as last line', found: 'something else', because: 'the end was changed' }
    : {
        at: 'seal',
        expected: 'a seal of version 1',
        found: `a seal of version ${newer}`,
        because: 'only a newer Recourse can verify it',
      };
}

/** What is wrong with the records, now that the seal is known to be as it was signed. */
function damageBefore(seal: Seal, { count, head, change }: Reading): Damage | undefined {
  if (seal.count > count)
    return {
      at: count + 1,
      expected: `record ${count + 1} of ${seal.count}`,
      found: 'the seal',
      because: 'records are missing at the end',
    };
  if (seal.count < count)
    return {
      at: seal.count + 1,
      expected: 'the seal',
      found: `record ${seal.count + 1}`,
      because: 'records were added at the end',
    };
  if (seal.head !== head)
    return { at: 'seal', expected: seal.head, found: head ?? 'nothing', because: 'other records were sealed' };
  if (seal.change !== change)
    return {
      at: 'seal',
      expected: `change ${seal.change}`,
      found: `change ${change ?? 'unknown'}`,
      because: 'the seal is of another change',
    };
  return undefined;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** As SSH writes it: without padding. */
const base64OfHex = (hex: string): string =>
  btoa(hex.replaceAll(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)))).replace('=', '');
