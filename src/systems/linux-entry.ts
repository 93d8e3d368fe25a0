/**
 * How a path is reached without being led astray. The folder is resolved once and held open; the entry is opened inside
 * it with O_NOFOLLOW; from then on everything goes through the two descriptors, so that a name that is swapped
 * meanwhile changes nothing. O_PATH opens without reading: a file that its owner may not read can still be changed.
 */
import type { BigIntStats } from 'node:fs';
import { constants, open, readlink, realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { Fault } from '../model/fault.ts';
import { faultOf } from './linux-faults.ts';

const onLinux = process.platform === 'linux';
/** open(2); the same number on every architecture that Node supports on Linux. */
const O_PATH = 0o10000000;
const look = constants.O_NOFOLLOW | (onLinux ? O_PATH : constants.O_RDONLY | constants.O_NONBLOCK);

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'other';
  /** Permission bits with setuid, setgid and sticky: 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** `<device>:<inode>`: the file itself, whatever its name. */
  readonly inode: string;
  /** Names it has: above 1, a change shows under all of them. */
  readonly links: number;
  /** Bytes. */
  readonly size: number;
}

export interface Folder {
  readonly inode: string;
  /** A path to one of its entries that holds even when the folder is moved. */
  at(name: string): string;
}

export interface Entry {
  readonly stat: FileStat;
  /** A path that leads to this very file. */
  readonly path: string;
  /** Reads its facts again, from the descriptor. */
  restat(): Promise<FileStat>;
}

const statOf = (s: BigIntStats): FileStat => ({
  kind: s.isFile() ? 'file' : s.isDirectory() ? 'folder' : 'other',
  mode: Number(s.mode) & 0o7777,
  uid: Number(s.uid),
  gid: Number(s.gid),
  inode: `${s.dev}:${s.ino}`,
  links: Number(s.nlink),
  size: Number(s.size),
});

/** Opens the folder of `path`, and closes it after `use`. Faults name `path` and `action`. */
export async function inFolder<T>(path: string, action: string, use: (folder: Folder) => Promise<T>): Promise<T> {
  const parent = dirname(path);
  const real = await realpath(parent).catch((error: unknown) => {
    throw faultOf(error, `${action} ${path} in`, parent);
  });
  try {
    await using handle = await open(real, look | constants.O_DIRECTORY);
    const base = onLinux ? `/proc/self/fd/${handle.fd}` : real;
    const { inode } = statOf(await handle.stat({ bigint: true }));
    return await use({ inode, at: (name) => `${base}/${name}` });
  } catch (error) {
    throw faultOf(error, action, path);
  }
}

/** Opens what `path` names in its folder, and closes it after `use`. Faults: `invalid-input` (a symbolic link). */
export async function entryIn<T>(
  folder: Folder,
  path: string,
  action: string,
  use: (entry: Entry | null) => Promise<T>,
): Promise<T> {
  const named = folder.at(basename(path));
  await using handle = await open(named, look).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return await use(null);
  const stat = await handle.stat({ bigint: true });
  if (stat.isSymbolicLink()) throw linkFault(action, path, await readlink(named));
  const restat = async (): Promise<FileStat> => statOf(await handle.stat({ bigint: true }));
  return await use({ stat: statOf(stat), path: onLinux ? `/proc/self/fd/${handle.fd}` : named, restat });
}

/** The same for something that has to be there. Faults: `not-found` as well. */
export const atEntry = <T>(path: string, action: string, use: (entry: Entry) => Promise<T>): Promise<T> =>
  inFolder(path, action, (folder) =>
    entryIn(folder, path, action, (entry) => {
      if (entry) return use(entry);
      throw new Fault('not-found', `cannot ${action} ${path}: there is nothing at this path`, {
        at: path,
        advice: 'Check the path, on the machine of this connection.',
      });
    }),
  );

const linkFault = (action: string, path: string, target: string): Fault =>
  new Fault('invalid-input', `cannot ${action} ${path}: it is a symbolic link to ${target}`, {
    at: path,
    advice: 'Name the file that the link leads to: what a link points at is never changed through it.',
  });

/** Refuses when `found` is not the file that was read before. Faults: `drifted`. */
export function proveSame(found: FileStat, inode: string, action: string, path: string): void {
  if (found.inode === inode) return;
  throw new Fault(
    'drifted',
    `did not ${action} ${path}: another file is there now (inode ${found.inode}, was ${inode})`,
    {
      at: path,
    },
  );
}
