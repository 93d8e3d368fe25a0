/** Child processes that run the files of `child/`, and end with the test. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterEach } from 'vitest';

export interface Child {
  readonly process: ChildProcess;
  /** The lines that it has written. */
  readonly said: readonly string[];
  /** The next line that it writes, or undefined at its end. */
  line(): Promise<string | undefined>;
  ended(): Promise<void>;
  kill(): Promise<void>;
}

const living = new Set<Child>();
afterEach(async () => {
  await Promise.all([...living].map((child) => child.kill()));
});

export function run(name: string, ...args: readonly string[]): Child {
  const file = join(import.meta.dirname, 'child', name);
  const spawned = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  const unread: string[] = [];
  const lines = createInterface({ input: spawned.stdout });
  lines.on('line', (line) => {
    said.push(line);
    unread.push(line);
  });
  const exited = once(spawned, 'exit');
  const closed = once(lines, 'close');
  const child: Child = {
    process: spawned,
    said,
    line: async () => {
      while (unread.length === 0) if ((await Promise.race([once(lines, 'line'), closed])).length === 0) break;
      return unread.shift();
    },
    ended: async () => {
      await Promise.all([exited, closed]);
      living.delete(child);
    },
    kill: async () => {
      spawned.kill('SIGKILL');
      await child.ended();
    },
  };
  living.add(child);
  return child;
}
