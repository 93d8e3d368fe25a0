/**
 * What a file holds, as params and as state write it. Text is written as it is; anything bigger is named by the digest
 * of bytes that are kept; a secret is sealed, as text, or in base64 when its bytes are no UTF-8. What stood at the path
 * of a secret is taken for a secret too.
 */
import { hash } from 'node:crypto';

import { z } from 'zod';

import { Fault } from '../model/fault.ts';
import { Hash } from '../model/ids.ts';
import { Sealed } from '../model/sealed.ts';
import type { Reach } from '../model/system.ts';

const Digest = z.object({ digest: Hash }).strict().readonly();
const SealedBytes = z.object({ base64: Sealed }).strict().readonly();

/** What a file is read to hold. */
export const HeldContent = z.union([Digest, Sealed, SealedBytes]);
export type HeldContent = z.infer<typeof HeldContent>;

/** What is asked for, or found; `null` for no file. */
export const FileContent = z.union([z.string().max(65_536), z.null(), HeldContent]);
export type FileContent = z.infer<typeof FileContent>;

const secretLimit = 256 * 1024;

export const isSealed = (content: FileContent): boolean =>
  typeof content === 'object' && content !== null && !('digest' in content);

/** The bytes that were asked for. Faults: `not-found` when nothing is kept under the digest. */
export async function bytesOf(
  content: NonNullable<FileContent>,
  reach: Pick<Reach<unknown>, 'kept' | 'unseal'>,
): Promise<Uint8Array> {
  if (typeof content === 'string') return Buffer.from(content);
  if ('digest' in content) return reach.kept(content.digest);
  return 'base64' in content
    ? Buffer.from(await reach.unseal(content.base64), 'base64')
    : Buffer.from(await reach.unseal(content));
}

/** What bytes are in state. Faults: `invalid-input` for a secret above 256 KiB. */
export async function heldContent(
  bytes: Uint8Array,
  asSecret: boolean,
  path: string,
  seal: Reach<unknown>['seal'],
): Promise<HeldContent> {
  if (!asSecret) return { digest: digestOf(bytes) };
  if (bytes.length > secretLimit)
    throw new Fault('invalid-input', `cannot seal what ${path} holds: it has more than ${secretLimit} bytes`, {
      at: path,
    });
  const text = Buffer.from(bytes).toString();
  return Buffer.from(text).equals(bytes)
    ? seal(text, 'content')
    : { base64: await seal(Buffer.from(bytes).toString('base64'), 'content') };
}

/** Whether a file holds what was asked for: secrets by their fingerprint, all else by digest. */
export const isContent = (asked: FileContent, found: HeldContent | null): boolean => markOf(asked) === markOf(found);

function markOf(content: FileContent): string {
  if (content === null) return 'absent';
  if (typeof content === 'string') return digestOf(Buffer.from(content));
  if ('digest' in content) return content.digest;
  return 'base64' in content ? `base64 ${content.base64.fingerprint}` : `text ${content.fingerprint}`;
}

const digestOf = (bytes: Uint8Array): Hash => `sha256:${hash('sha256', bytes)}`;
