import { createHmac, hash, randomBytes } from 'node:crypto';
import { constants, open, rename, rm, unlink } from 'node:fs/promises';
import { basename } from 'node:path';

import { Fault } from '../model/fault.ts';
import type { Hash } from '../model/ids.ts';
import { noteEffect } from './linux-effect.ts';
import { entryIn, inFolder } from './linux-entry.ts';
import type { FileStat, Folder } from './linux-entry.ts';
import { octal } from './linux-mode.ts';
import { refuseToDrop } from './linux-xattrs.ts';

/** As much as can be kept (`Reach.keep`): a bigger file could not be put back. */
const limit = 16 * 1024 * 1024;

/** What stands at a path, read through one descriptor; `file` is null when nothing does. */
export interface FoundFile {
  /** Identity of its folder. */
  readonly folder: string;
  readonly file: (FileStat & { readonly bytes: Uint8Array; readonly digest: Hash }) | null;
}

export interface NewFile {
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** Undefined: as the system gives it to whoever makes a file. */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

/** Faults: `invalid-input` when it is no regular file, or bigger than 16 MiB. */
export const readContent = (path: string): Promise<FoundFile> =>
  inFolder(path, 'read', (folder) => contentIn(folder, path));

/**
 * Writes a new file beside the old one and renames it into place: whoever reads sees the old or the new one, whole. The
 * new one's name until then is the same for every attempt with the same `key`, so that a retry leaves no litter.
 * Faults: `drifted` when what is there is not `was`; `invalid-input` when it has more names, file capabilities or an
 * access control list, which a new file would not have.
 */
export const putContent = (path: string, file: NewFile, was: FoundFile, key: string): Promise<void> =>
  changing(path, 'write', was, async (folder, proven) => {
    const temporary = folder.at(`.recourse-${hash('sha256', `${key} ${path}`).slice(0, 24)}`);
    await rm(temporary, { force: true });
    try {
      await makeFile(temporary, file);
      noteEffect('put', path, markOf((await proven()).file), markOf({ ...file, digest: digestOf(file.bytes) }));
      await rename(temporary, folder.at(basename(path)));
    } finally {
      await rm(temporary, { force: true });
    }
  });

/** Faults: as `putContent`. */
export const removeContent = (path: string, was: FoundFile): Promise<void> =>
  changing(path, 'remove', was, async (folder, proven) => {
    noteEffect('remove', path, markOf((await proven()).file), markOf(null));
    await unlink(folder.at(basename(path)));
  });

async function contentIn(folder: Folder, path: string): Promise<FoundFile> {
  return entryIn(folder, path, 'read', async (entry) => {
    if (!entry) return { folder: folder.inode, file: null };
    if (entry.stat.kind !== 'file')
      throw new Fault('invalid-input', `cannot read ${path}: it is not a regular file`, { at: path });
    await using handle = await open(entry.path, constants.O_RDONLY | constants.O_NONBLOCK);
    const bytes = entry.stat.size > limit ? null : await handle.readFile();
    if (!bytes || bytes.length > limit)
      throw new Fault('invalid-input', `cannot read ${path}: it has more than ${limit} bytes, too many to be kept`, {
        at: path,
        advice: 'Change a file of this size by the means of the system it belongs to.',
      });
    return { folder: folder.inode, file: { ...entry.stat, bytes, digest: digestOf(bytes) } };
  });
}

/** Acts on what is proven to be unchanged, and makes the folder durable. */
const changing = (
  path: string,
  action: string,
  was: FoundFile,
  act: (folder: Folder, proven: () => Promise<FoundFile>) => Promise<void>,
): Promise<void> =>
  inFolder(path, action, async (folder) => {
    await using durable = await open(folder.at('.'), constants.O_RDONLY | constants.O_DIRECTORY);
    const proven = async (): Promise<FoundFile> => {
      const now = await contentIn(folder, path);
      const isSame = now.folder === was.folder && now.file?.inode === was.file?.inode;
      if (isSame && markOf(now.file) === markOf(was.file)) return now;
      throw new Fault('drifted', `did not ${action} ${path}: it is not what was read just before`, { at: path });
    };
    const { file } = await proven();
    if (file) await refuseWhatWouldBeLost(file, action, path);
    await act(folder, proven);
    await durable.sync();
  });

async function refuseWhatWouldBeLost(file: FileStat, action: string, path: string): Promise<void> {
  if (file.links > 1)
    throw new Fault('invalid-input', `did not ${action} ${path}: it has ${file.links} names (hard links)`, {
      at: path,
      advice: 'The other names would keep the old content; find them with `find -samefile`, and change them in place.',
    });
  await refuseToDrop(action, path);
}

async function makeFile(path: string, { bytes, mode, uid, gid }: NewFile): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  await using handle = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  await handle.writeFile(bytes);
  const made = await handle.stat();
  const [owner, group] = [uid ?? made.uid, gid ?? made.gid];
  if (owner !== made.uid || group !== made.gid) await handle.chown(owner, group);
  await handle.chmod(mode);
  await handle.sync();
}

const digestOf = (bytes: Uint8Array): Hash => `sha256:${hash('sha256', bytes)}`;

/** Equal for equal files within one process, and no help in guessing what is in them: it goes to the effect log. */
function markOf(file: (Omit<NewFile, 'bytes'> & { readonly digest: Hash }) | null): string {
  if (!file) return 'absent';
  const content = createHmac('sha256', markKey).update(file.digest).digest('hex').slice(0, 16);
  return `${content}/${octal(file.mode)}/${file.uid ?? ''}:${file.gid ?? ''}`;
}
const markKey = randomBytes(32);
