/**
 * A disk that can lose its power: what was written since the last fsync of a file is remembered, and dropped when the
 * power goes, all of it or each write with even chances. Names (create, rename, remove) count as durable at once.
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

import type { PGlite } from '@electric-sql/pglite';

import { DurableFS } from '#src/store/durable-fs.ts';

interface Stream {
  readonly nfd: number;
}
interface Module {
  readonly NODEFS: {
    readonly stream_ops: {
      write(stream: Stream, bytes: Int8Array, offset: number, length: number, position: number): number;
    };
  };
  readonly FS: { readonly ErrnoError: new (errno: number) => Error };
}
/** ENOSPC, as the database sees it. */
const noSpace = 51;
type Options = Parameters<DurableFS['init']>[1];

/** One write that no fsync has followed. */
interface Unsynced {
  readonly position: number;
  readonly written: Uint8Array;
  /** What stood there before, and how long the file was. */
  readonly before: Uint8Array;
  readonly size: number;
}

export class FailingDisk extends DurableFS {
  fsyncs = 0;
  /** Called before every write and fsync; throws when there is no power. */
  beforeWrite: () => void = () => undefined;
  /** Writes fail for want of space. */
  isFull = false;
  /** By inode, with a descriptor of our own: a file may get another name. */
  readonly #files = new Map<number, { readonly own: number; unsynced: Unsynced[] }>();

  constructor(folder: string, fsync: (descriptor: number) => void = fsyncSync) {
    super(folder, (descriptor) => {
      this.beforeWrite();
      fsync(descriptor);
      this.fsyncs++;
      const file = this.#files.get(fstatSync(descriptor).ino);
      if (file) file.unsynced = [];
    });
  }

  override async init(pg: PGlite, options: Options) {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [emscriptenOpts.preRun ?? []].flat();
    preRun.push((module: object) => {
      const { NODEFS, FS } = module as Module;
      const { write } = NODEFS.stream_ops;
      NODEFS.stream_ops.write = (stream, bytes, offset, length, position) => {
        this.beforeWrite();
        if (this.isFull) throw new FS.ErrnoError(noSpace);
        this.#remember(stream.nfd, new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length).slice(), position);
        return write(stream, bytes, offset, length, position);
      };
    });
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #remember(descriptor: number, written: Uint8Array, position: number): void {
    const { ino, size } = fstatSync(descriptor);
    const known = this.#files.get(ino);
    const file = known ?? { own: openSync(`/proc/self/fd/${descriptor}`, 'r+'), unsynced: [] };
    if (!known) this.#files.set(ino, file);
    const before = new Uint8Array(Math.max(0, Math.min(written.length, size - position)));
    readSync(file.own, before, 0, before.length, position);
    file.unsynced.push({ position, written, before, size });
  }

  /** Leaves on the disk what is there once the power is back. Answers how many writes are lost. */
  lose(isLost: () => boolean): number {
    let lost = 0;
    for (const { own, unsynced } of this.#files.values()) {
      for (const { position, before, size } of unsynced.toReversed()) {
        writeSync(own, before, 0, before.length, position);
        if (fstatSync(own).size > size) ftruncateSync(own, size);
      }
      for (const { position, written } of unsynced)
        if (isLost()) lost++;
        else writeSync(own, written, 0, written.length, position);
      closeSync(own);
    }
    return lost;
  }
}
