/**
 * The last line of an evidence file: how many records there are and the hash of the last one, signed. The signature is
 * Ed25519 over the UTF-8 of the same line without its member `signature`. Public key (32 bytes) and signature (64) are
 * in base64. The texts below are canonical JSON (RFC 8785) as they stand.
 */
import type { ChangeId, Hash } from '../model/ids.ts';

export interface Seal {
  readonly change: ChangeId;
  readonly count: number;
  readonly head: Hash;
  readonly publicKey: string;
}

/** What is signed. */
export const unsignedSeal = (seal: Seal): string => `${front(seal)},"v":1}}`;

/** The line, without its end. */
export const signedSeal = (seal: Seal, signature: string): string =>
  `${front(seal)},"signature":"${signature}","v":1}}`;

const front = ({ change, count, head, publicKey }: Seal): string =>
  `{"seal":{"change":"${change}","count":${count},"head":"${head}","publicKey":"${publicKey}"`;

const line =
  /^\{"seal":\{"change":"([0-9A-Z]{26})","count":([1-9]\d{0,14}),"head":"(sha256:[0-9a-f]{64})","publicKey":"([A-Za-z0-9+/]{43}=)","signature":"([A-Za-z0-9+/]{86}==)","v":1\}\}$/;

/** The seal that a line is, if it is one to the byte. */
export function sealIn(text: string): { readonly seal: Seal; readonly signature: string } | undefined {
  const [, change, count, head, publicKey = '', signature = ''] = line.exec(text) ?? [];
  if (change === undefined) return undefined;
  return {
    seal: { change: change as ChangeId, count: Number(count), head: head as Hash, publicKey },
    signature,
  };
}

/** The version of a seal that only a newer Recourse can read. */
export const newerSealIn = (text: string): string | undefined =>
  /^\{"seal":\{.*,"v":([2-9]|[1-9]\d+)\}\}$/.exec(text)?.[1];
