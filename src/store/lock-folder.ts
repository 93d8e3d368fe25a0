import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { Fault } from '../model/fault.ts';

/** Who holds a data folder. */
export interface Holder {
  readonly pid: number;
  readonly command: string;
  /** A process number counts only there. */
  readonly host: string;
}

/** SQLITE_BUSY; the higher bits say more. */
const isBusy = (error: unknown): boolean => (((error as { errcode?: number }).errcode ?? 0) & 0xff) === 5;

/**
 * Holds a data folder for this process until it is released or the process ends, however it ends: the lock is the
 * kernel's (SQLite takes it on an empty file), so there is nothing stale to take over, and it holds across containers.
 * The file must not be opened in any other way: closing it would give the lock up.
 * Faults: `in-use`, which says who holds it; `store-failed` when the folder cannot be locked.
 */
export function lockFolder(folder: string, holder: Holder): { release(): void } {
  const note = join(folder, 'holder.json');
  const lock = locked(folder, holder, note);
  try {
    writeFileSync(`${note}.new`, JSON.stringify(holder));
    renameSync(`${note}.new`, note);
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    release: () => {
      rmSync(note, { force: true });
      lock.close();
    },
  };
}

function locked(folder: string, holder: Holder, note: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 });
    lock.exec('pragma journal_mode = memory; begin exclusive');
    return lock;
  } catch (cause) {
    lock?.close();
    if (isBusy(cause)) throw inUse(folder, holder, note);
    throw new Fault('store-failed', `The data folder ${folder} cannot be locked: ${(cause as Error).message}.`, {
      at: folder,
      advice: 'This user must be able to write there, on a local disk: some network file systems keep no locks.',
      cause,
    });
  }
}

function inUse(folder: string, asking: Holder, note: string): Fault {
  const holder = noted(note);
  const isElsewhere = holder !== undefined && holder.host !== asking.host;
  const who = holder
    ? `process ${holder.pid}${isElsewhere ? ` on ${holder.host}` : ''} (${holder.command}), since ${holder.since}`
    : 'another process, which has not said yet who it is';
  return new Fault('in-use', `The data folder ${folder} is held by ${who}.`, {
    at: folder,
    advice: isElsewhere
      ? 'End that process, or use another folder with --data. The number of a process in a container counts only there.'
      : 'Wait until it has ended, end it, or use another folder with --data.',
    ...(holder && { details: { ...holder } }),
  });
}

function noted(note: string): (Holder & { readonly since: string }) | undefined {
  try {
    const holder = JSON.parse(readFileSync(note, 'utf8')) as Holder;
    return { ...holder, since: statSync(note).mtime.toISOString() };
  } catch {
    return undefined; // the holder is only just starting, or its note cannot be read: the lock is what counts
  }
}
