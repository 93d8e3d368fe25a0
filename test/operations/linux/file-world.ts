import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Files } from '#src/systems/linux.ts';
import { linux } from '#src/systems/linux.ts';

import type { Denied, Impossible } from '../../laws/world.ts';

const run = promisify(execFile);
export const isRoot = process.getuid?.() === 0;

export interface Place {
  readonly client: Files;
  readonly folder: string;
  readonly at: (name: string) => string;
  readonly remove: () => Promise<void>;
}

/** A fresh folder of its own, and the machine's own files client. */
export async function place(): Promise<Place> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'recourse-')));
  const client = await linux.connect({}, async () => '');
  return {
    client,
    folder,
    at: (name) => join(folder, name),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** All that can be told about the files of a folder without asking an operation. */
export async function everythingIn(folder: string): Promise<unknown> {
  const names = (await readdir(folder)).sort();
  return Promise.all([folder, ...names.map((name) => join(folder, name))].map(everythingOf));
}

async function everythingOf(path: string): Promise<readonly string[]> {
  const { mode, uid, gid, ino, nlink, size, mtimeNs, ctimeNs } = await lstat(path, { bigint: true });
  const isFile = (mode & 0o170000n) === 0o100000n;
  const content = isFile ? (await readFile(path)).toString('base64') : '';
  return [path, mode, uid, gid, ino, nlink, size, mtimeNs, ctimeNs, content].map(String);
}

/** Somebody puts another in its place: a copy with the same mode and owner; a new file where there is none. */
export const swapped = (path: string) => async (): Promise<void> => {
  if (!existsSync(path)) return writeFile(path, 'theirs');
  const was = await lstat(path);
  const copy = `${path}.copy`;
  await chmod(path, 0o700); // an ordinary user may have shut it
  await (was.isDirectory() ? mkdir(copy) : copyFile(path, copy));
  await chown(copy, was.uid, was.gid);
  await chmod(copy, was.mode & 0o7777);
  await rename(copy, path);
};

/** Whether `chattr +i` works here: it needs root and a file system that has the flag. */
export const canBeMadeImmutable: boolean = await (async () => {
  const { at, remove } = await place();
  const probe = at('probe');
  await writeFile(probe, '');
  try {
    await run('chattr', ['+i', probe]);
    await run('chattr', ['-i', probe]);
    return true;
  } catch {
    return false;
  } finally {
    await remove();
  }
})();
const whyNotImmutable = 'chattr +i does not work here: it needs root and a file system with that flag';

/** Takes even root's permission to change `path` away. */
export function immutable(path: string, names: readonly string[] = [path]): (() => Promise<Denied>) | Impossible {
  if (!canBeMadeImmutable) return { why: whyNotImmutable };
  return async () => {
    await run('chattr', ['+i', path]);
    return {
      names,
      giveBack: async () => {
        await run('chattr', ['-i', path]);
      },
    };
  };
}

/** Takes an ordinary user's permission to write into a folder away; root's with its immutable flag. */
export function closedFolder(folder: string): (() => Promise<Denied>) | Impossible {
  if (isRoot) return immutable(folder);
  return async () => {
    await chmod(folder, 0o500);
    return { names: [folder], giveBack: () => chmod(folder, 0o700) };
  };
}
