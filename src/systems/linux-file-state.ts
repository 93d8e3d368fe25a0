import { z } from 'zod';

import type { Observation } from '../model/observation.ts';
import type { Reach } from '../model/system.ts';
import { heldContent, HeldContent, isContent } from './linux-content.ts';
import { FileMode, octal } from './linux-mode.ts';
import type { FoundFile } from './linux-put.ts';
import type { Files } from './linux.ts';

/** A whole file as state; not being there is a state like any other. */
export const FileState = z.union([
  z.object({ content: z.null() }),
  z.object({
    content: HeldContent,
    mode: FileMode,
    owner: z.string(),
    uid: z.number(),
    group: z.string(),
    gid: z.number(),
  }),
]);
export type FileState = z.infer<typeof FileState>;

/** What was found, as a reading; the folder pins a file that is not there, folder and inode one that is. */
export async function readingOf(
  { folder, file }: FoundFile,
  as: { readonly path: string; readonly secret: boolean },
  { client, seal }: Pick<Reach<Files>, 'client' | 'seal'>,
): Promise<Observation<FileState>> {
  if (!file) return { state: { content: null }, identity: { folder } };
  const { mode, uid, gid, inode, links, size, bytes } = file;
  const content = await heldContent(bytes, as.secret, as.path, seal);
  return {
    state: { content, mode: octal(mode), ...(await client.namesOf({ uid, gid })), uid, gid },
    identity: { folder, inode },
    context: { links, size },
  };
}

/** Whether two readings are of the same thing in the same state. */
export const isUnchanged = (before: Observation<FileState>, now: Observation<FileState>): boolean =>
  before.identity['folder'] === now.identity['folder'] &&
  before.identity['inode'] === now.identity['inode'] &&
  isSameState(before.state, now.state);

const isSameState = (a: FileState, b: FileState): boolean =>
  a.content === null || b.content === null
    ? a.content === b.content
    : isContent(a.content, b.content) && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
