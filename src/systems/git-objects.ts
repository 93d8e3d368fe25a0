import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { Fault } from '../model/fault.ts';
import { aborted, endGit, notInstalled, startGit } from './git-process.ts';
import type { GitPlace } from './git-process.ts';

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly bytes: Buffer;
}

interface Waiting {
  readonly hasBody: boolean;
  readonly resolve: (found: GitObject | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Reads objects through one long-lived `git cat-file`, started when first needed. It sees what is written after its
 * start, and ends when its input closes, so it never outlives this process.
 */
export class GitObjects {
  readonly #place: GitPlace;
  #child: ChildProcess | undefined;
  #waiting: Waiting[] = [];
  #unread: Buffer[] = [];
  #unreadSize = 0;
  #needed = 0;

  constructor(place: GitPlace) {
    this.#place = place;
  }

  /** The whole object, by its id or the name of a ref. */
  read(name: string, signal: AbortSignal): Promise<GitObject | undefined> {
    return this.#ask('contents', name, signal);
  }

  /** Id and type only. */
  look(name: string, signal: AbortSignal): Promise<GitObject | undefined> {
    return this.#ask('info', name, signal);
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const ended = once(child, 'close');
    endGit(child);
    await ended;
  }

  async #ask(how: 'contents' | 'info', name: string, signal: AbortSignal): Promise<GitObject | undefined> {
    if (signal.aborted) throw aborted(signal, ['cat-file']);
    const child = (this.#child ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<GitObject | undefined>();
    const giveUp = (): void => {
      reject(aborted(signal, ['cat-file']));
      endGit(child);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#waiting.push({ hasBody: how === 'contents', resolve, reject });
    child.stdin?.write(`${how} ${name}\n`);
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  #start(): ChildProcess {
    const child = startGit(this.#place, ['cat-file', '--batch-command']);
    let said = '';
    const fail = (why: unknown): void => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#unread = [];
      this.#unreadSize = this.#needed = 0;
      for (const { reject } of this.#waiting.splice(0)) reject(why);
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      this.#unread.push(chunk);
      this.#unreadSize += chunk.length;
      this.#hear();
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stdin?.on('error', fail);
    child.once('error', (cause) => fail(notInstalled(cause)));
    child.once('close', () => fail(new Fault('unreachable', `git cat-file ended: ${said.trim() || 'it was stopped'}`)));
    return child;
  }

  /** `<id> <type> <size>\n`, after `contents` followed by the bytes and `\n`; or `<name> missing\n`. */
  #hear(): void {
    while (this.#unreadSize > 0 && this.#unreadSize >= this.#needed) {
      const unread = this.#unread.length === 1 ? (this.#unread[0] as Buffer) : Buffer.concat(this.#unread);
      this.#unread = [unread];
      const [first] = this.#waiting;
      const lineEnd = unread.indexOf(10);
      if (!first || lineEnd < 0) return;
      const [id = '', type = '', size] = unread.toString('utf8', 0, lineEnd).split(' ');
      const end = size !== undefined && first.hasBody ? lineEnd + 1 + Number(size) + 1 : lineEnd + 1;
      this.#needed = end;
      if (unread.length < end) return;
      this.#needed = 0;
      this.#unread = unread.length > end ? [unread.subarray(end)] : [];
      this.#unreadSize = unread.length - end;
      this.#waiting.shift();
      first.resolve(size === undefined ? undefined : { id, type, bytes: unread.subarray(lineEnd + 1, end - 1) });
    }
  }
}
