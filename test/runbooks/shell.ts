/** One shell in which the commands of a page are run in turn, so that a variable of one is there for the next. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';

export interface Shell {
  /** Standard output and standard error, as a terminal shows them. */
  run(command: string): Promise<{ readonly output: string; readonly exit: number }>;
  close(): void;
}

const patience = 120_000; // milliseconds for one command
const mark = '\u001E'; // printed after a command, before its exit code
const answered = new RegExp(`${mark}(\\d+)\\n`);

/** @param script a file that it may write */
export function openShell(folder: string, script: string, env: Readonly<Record<string, string>>): Shell {
  const child = spawn('/bin/sh', [], { cwd: folder, env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new AbortController();
  let said = '';
  let heard: () => void = () => {};
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    heard();
  });
  child.once('close', () => {
    ended.abort();
    heard();
  });
  child.stdin.on('error', () => undefined); // it has ended; `run` says so
  child.stdin.write('exec 2>&1\n');

  const end = (): void => {
    if (child.pid !== undefined && !ended.signal.aborted) process.kill(-child.pid, 'SIGKILL');
  };
  return {
    async run(command) {
      await writeFile(script, `${command}\n`);
      child.stdin.write(`. '${script}' </dev/null; printf '${mark}%s\\n' "$?"\n`);
      const tooLong = setTimeout(end, patience);
      try {
        for (;;) {
          const answer = answered.exec(said);
          if (answer) {
            const output = said.slice(0, answer.index);
            said = said.slice(answer.index + answer[0].length);
            return { output, exit: Number(answer[1]) };
          }
          if (ended.signal.aborted) throw new Error(`the shell ended in the middle of: ${command}\n${said}`);
          await new Promise<void>((resolve) => {
            heard = resolve;
          });
        }
      } finally {
        clearTimeout(tooLong);
      }
    },
    close: end,
  };
}
