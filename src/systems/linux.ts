import { chmod, chown } from 'node:fs/promises';
import { hostname, release } from 'node:os';

import { z } from 'zod';

import type { ConnectionId } from '../model/ids.ts';
import type { System } from '../model/system.ts';
import { noteEffect } from './linux-effect.ts';
import { atEntry, proveSame } from './linux-entry.ts';
import type { FileStat } from './linux-entry.ts';
import { self } from './linux-faults.ts';
import { octal } from './linux-mode.ts';
import { idOf, nameOf } from './linux-owner.ts';
import type { FileOwner } from './linux-owner.ts';
import { putContent, readContent, removeContent } from './linux-put.ts';
import type { FoundFile, NewFile } from './linux-put.ts';
import { refuseToClear } from './linux-xattrs.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Files of one machine. Paths are absolute; a symbolic link at the end of one is refused, never followed. Every call
 * may throw `not-found`, `permission-denied`, `invalid-input` (a link) and `unreachable` (the disk is full or failing);
 * one that changes something throws `drifted` when another file stands there than the one that was read.
 */
export interface Files {
  stat(path: string): Promise<FileStat>;
  /** What stands at the path, or that nothing does. Faults: `invalid-input` above 16 MiB. */
  read(path: string): Promise<FoundFile>;
  /** Faults: `not-found` when this machine has no such user or group. */
  idOf(kind: 'user' | 'group', owner: FileOwner): Promise<number>;
  /** Of a user and a group; digits where there is no name. */
  namesOf(owner: Owner): Promise<{ readonly owner: string; readonly group: string }>;

  chmod(path: string, mode: number, inode: string): Promise<void>;
  /** The kernel clears setuid and setgid on the way. Faults: `invalid-input` when it would clear file capabilities. */
  chown(path: string, owner: Owner, inode: string): Promise<void>;
  /** Replaces or makes a file, atomically and durably. Faults: `invalid-input` when something else would be lost. */
  put(path: string, file: NewFile, was: FoundFile, key: string): Promise<void>;
  remove(path: string, was: FoundFile): Promise<void>;
}

const files: Files = {
  stat: (path) => atEntry(path, 'look at', async (entry) => entry.stat),
  read: readContent,
  idOf,
  namesOf: async ({ uid, gid }) => ({ owner: await nameOf('user', uid), group: await nameOf('group', gid) }),

  chmod: (path, mode, inode) =>
    atEntry(path, 'change the mode of', async (entry) => {
      proveSame(entry.stat, inode, 'change the mode of', path);
      noteEffect('chmod', path, octal((await entry.restat()).mode), octal(mode));
      await chmod(entry.path, mode);
    }),

  chown: (path, { uid, gid }, inode) =>
    atEntry(path, 'change the owner of', async (entry) => {
      proveSame(entry.stat, inode, 'change the owner of', path);
      if (entry.stat.kind === 'file') await refuseToClear('change the owner of', path);
      const was = await entry.restat();
      noteEffect('chown', path, `${was.uid}:${was.gid}`, `${uid}:${gid}`);
      await chown(entry.path, uid, gid);
    }),

  put: putContent,
  remove: removeContent,
};

/** This machine. */
export const linux: System<Files> = {
  name: 'linux',
  title: 'Linux',
  connection: z.object({}).strict(),
  builtIn: { id: 'local' as ConnectionId, settings: {} },
  connect: async () => files,
  probe: async () => ({ ...self(), host: hostname(), kernel: release() }),
};
