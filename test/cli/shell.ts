/**
 * A folder, and a shell in which `recourse` is the built command line with a store and a key of its own: what a person
 * has after set-up.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../dist/recourse.js', import.meta.url));

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Shell {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs a line of POSIX shell. */
  run(line: string, env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** Makes a file. */
  file(name: string, text?: string, mode?: number): string;
  modeOf(name: string): string;
  close(): void;
}

export function openShell(): Shell {
  const [folder, data] = ['work-', 'data-'].map((name) => mkdtempSync(join(tmpdir(), `recourse-${name}`))) as [
    string,
    string,
  ];
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: folder,
    NO_COLOR: '1',
    RECOURSE_DATA: join(data, 'store'),
    RECOURSE_KEY_FILE: join(data, 'key'),
    RECOURSE_EFFECT_LOG: join(data, 'effects'),
  };
  const recourse = `recourse() { '${process.execPath}' '${program}' "$@"; }`;
  return {
    folder,
    env,
    async run(line, more = {}) {
      const child = spawn('sh', ['-c', `${recourse}\n${line}`], {
        cwd: folder,
        env: { ...env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const texts = { out: '', err: '' };
      child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
      const [exit, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      return { ...texts, exit, signal };
    },
    file(name, text = name, mode = 0o644) {
      const path = join(folder, name);
      writeFileSync(path, text);
      chmodSync(path, mode);
      return path;
    },
    modeOf: (name) => (statSync(join(folder, name)).mode & 0o777).toString(8),
    close() {
      for (const made of [folder, data]) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** A change file that sets one file to 0600. */
export const tightening = (path: string): string => `title: Tighten the file
environment: test
steps:
  - linux.set-file-mode: { path: ${path}, mode: "0600" }
`;
