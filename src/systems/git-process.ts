import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { env } from 'node:process';

import { Fault } from '../model/fault.ts';

/** By which command git is started, with which settings, and with which secrets in its environment. */
export interface GitManner {
  readonly command: readonly [string, ...string[]];
  readonly config?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface GitPlace extends GitManner {
  /** The bare repository. */
  readonly folder: string;
}

export interface GitCall {
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const longestAnswer = 64 * 1024 * 1024;
const graceMs = 2000;
const passedOn = /^(PATH|TMPDIR|SSL_CERT_FILE|SSL_CERT_DIR|GIT_SSL_CAINFO|(https?|no|all)_proxy)$/i;

/** No hooks, no programs of somebody's configuration, no housekeeping in the background, only the protocols we use. */
const always = {
  'core.hooksPath': '/dev/null',
  'credential.helper': '',
  'fetch.writeCommitGraph': 'true', // finding where histories meet takes a third of the time with it
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'protocol.allow': 'never',
  'protocol.file.allow': 'always',
  'protocol.http.allow': 'always',
  'protocol.https.allow': 'always',
  'push.gpgSign': 'false',
} as const satisfies Record<string, string>;

/**
 * Runs git once, without a shell and without a work tree. Whatever it exits with is an answer. When the signal aborts,
 * the whole process group is ended, and only then the promise settles.
 *
 * Faults: what the signal was aborted with, else `timed-out`; `not-found` when git is not installed.
 */
export async function gitProcess(place: GitPlace, { args, signal, input, env: more }: GitCall): Promise<GitAnswer> {
  if (signal.aborted) throw aborted(signal, args);
  const child = startGit(place, args, more);
  const stop = (): void => endGit(child);
  signal.addEventListener('abort', stop, { once: true });
  try {
    child.stdin?.on('error', () => undefined); // it ended before it read everything: its exit code says so
    child.stdin?.end(input ?? '');
    const answer = await answerOf(child);
    if (signal.aborted) throw aborted(signal, args);
    return answer;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Starts git as the head of its own process group, so that it can be ended with everything that it starts. */
export function startGit(place: GitPlace, args: readonly string[], more: GitCall['env'] = {}): ChildProcess {
  const [program, ...before] = place.command;
  return spawn(program, [...before, ...args], {
    cwd: '/',
    env: { ...environmentOf(place), ...place.secrets, ...more },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Asks the process group to end (git then removes its lock files), and kills it when it has not after two seconds. */
export function endGit(child: ChildProcess): void {
  const signalGroup = (name: 'SIGTERM' | 'SIGKILL'): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // all of them have ended
    }
  };
  signalGroup('SIGTERM');
  const timer = setTimeout(signalGroup, graceMs, 'SIGKILL');
  child.once('close', () => clearTimeout(timer));
}

function environmentOf({ folder, config }: GitPlace): Record<string, string | undefined> {
  const settings = Object.entries({ ...always, ...config });
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => passedOn.test(name))),
    LC_ALL: 'C',
    HOME: folder, // curl looks for .netrc there
    GIT_DIR: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], i) => [
        [`GIT_CONFIG_KEY_${i}`, key],
        [`GIT_CONFIG_VALUE_${i}`, value],
      ]),
    ),
  };
}

async function answerOf(child: ChildProcess): Promise<GitAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<GitAnswer>();
  const out: Buffer[] = [];
  let size = 0;
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > longestAnswer) endGit(child);
    else out.push(chunk);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-65_536);
  });
  child.once('error', (cause) => reject(notInstalled(cause)));
  child.once('close', (code) => {
    if (size > longestAnswer) reject(new Fault('invalid-input', 'git answered more than 64 MiB; it was stopped'));
    else resolve({ code: code ?? -1, stdout: Buffer.concat(out), stderr });
  });
  return promise;
}

export const notInstalled = (cause: Error): Fault =>
  new Fault('not-found', `git cannot be started here: ${cause.message}`, {
    advice: 'Install Git 2.38 or newer, and see that it is in PATH.',
    cause,
  });

/** What a given-up call ends with. */
export function aborted(signal: AbortSignal, args: readonly string[]): Fault {
  const reason: unknown = signal.reason;
  if (reason instanceof Fault) return reason;
  return new Fault('timed-out', `git ${args[0] ?? ''} did not end in time: it was given up`, { cause: reason });
}
