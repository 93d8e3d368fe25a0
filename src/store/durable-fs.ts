import { closeSync, fsyncSync, openSync } from 'node:fs';

import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

interface Stream {
  /** The descriptor of the real file; absent for a folder. */
  readonly nfd?: number | null;
  readonly node: object;
}
interface NodeFiles {
  stream_ops: { fsync?: (stream: Stream) => 0 };
  realPath(node: object): string;
}
type Options = Parameters<NodeFS['init']>[1];

/**
 * PGlite's file system on Node has no fsync, so that no commit would reach the disk: this one has. Once an fsync has
 * failed, every later one fails too, because the system may have dropped what it could not write and say nothing the
 * next time: whoever opens the folder again sees what is really there.
 */
export class DurableFS extends NodeFS {
  readonly #fsync: (descriptor: number) => void;
  #failed: unknown;

  constructor(folder: string, fsync: (descriptor: number) => void = fsyncSync) {
    super(folder);
    this.#fsync = fsync;
  }

  override async init(pg: PGlite, options: Options) {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [emscriptenOpts.preRun ?? []].flat();
    preRun.push((module: object) => {
      const { NODEFS } = module as { NODEFS: NodeFiles };
      NODEFS.stream_ops.fsync = (stream) => {
        this.#flush(stream, () => NODEFS.realPath(stream.node));
        return 0;
      };
    });
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #flush({ nfd }: Stream, path: () => string): void {
    if (this.#failed !== undefined) throw this.#failed;
    const own = nfd === undefined || nfd === null ? openSync(path(), 'r') : undefined;
    try {
      this.#fsync(own ?? (nfd as number));
    } catch (error) {
      this.#failed = error;
      throw error;
    } finally {
      if (own !== undefined) closeSync(own);
    }
  }
}
