/**
 * This machine as Recourse stands on it: its clock, its chance, its environment, who sits at it. Nothing else in the
 * house reads any of these.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir, hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { ulid } from 'ulid';

import type { Ambient } from '../model/ambient.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId, Instant } from '../model/ids.ts';

const longestTimer = 2 ** 31 - 1; // milliseconds; a longer one would end at once

export const ambient: Ambient = {
  now: () => new Date().toISOString() as Instant,
  random: (bytes) => randomBytes(bytes),
  newChangeId: () => ulid() as ChangeId,
  sleep: (ms, signal) => sleep(Math.min(ms, longestTimer), undefined, signal ? { signal } : undefined),
};

/** What the environment says; options of a command come before it. */
export interface Settings {
  /** The data folder of the embedded store. */
  readonly data: string;
  /** A `postgres://` URL, where many workers share one store. */
  readonly database: string | undefined;
  readonly keyFile: string;
  /** The master key itself, instead of a file. */
  readonly key: string | undefined;
  readonly server: string | undefined;
  readonly token: string | undefined;
  readonly stopAfter: string | undefined;
  /** A file of policies. */
  readonly policy: string | undefined;
  readonly actor: Actor;
  readonly host: string;
  readonly isColourful: boolean;
}

export function settings(env: NodeJS.ProcessEnv = process.env): Settings {
  const home = env['HOME'] ?? homedir();
  const dataHome = env['XDG_DATA_HOME'] || join(home, '.local', 'share');
  const configHome = env['XDG_CONFIG_HOME'] || join(home, '.config');
  return {
    data: env['RECOURSE_DATA'] || join(dataHome, 'recourse'),
    database: env['RECOURSE_DATABASE'] || undefined,
    keyFile: env['RECOURSE_KEY_FILE'] || join(configHome, 'recourse', 'key'),
    key: env['RECOURSE_KEY'] || undefined,
    server: env['RECOURSE_SERVER'] || undefined,
    token: env['RECOURSE_TOKEN'] || undefined,
    stopAfter: env['RECOURSE_STOP_AFTER'] || undefined,
    policy: env['RECOURSE_POLICY'] || undefined,
    actor: `local:${userName()}`,
    host: hostname(),
    isColourful: !env['NO_COLOR'] && process.stdout.isTTY && env['TERM'] !== 'dumb',
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown'); // a user id without an entry in the password file
  }
}

/**
 * The text of the key file, made with mode 0600 where there is none: of several processes that start at once, one makes
 * it and all read the same. Faults: `permission-denied`, `store-failed`.
 */
export async function keyFileText(path: string, made: () => string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw cannot('read', path, error);
  }
  const beside = `${path}.${process.pid}.new`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(beside, `${made()}\n`, { mode: 0o600, flush: true });
    try {
      await link(beside, path); // fails when another process was first
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    throw cannot('make', path, error);
  } finally {
    await rm(beside, { force: true });
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const cannot = (what: string, path: string, error: unknown): Fault =>
  new Fault('store-failed', `Cannot ${what} the key file ${path}: ${(error as Error).message}.`, {
    at: path,
    advice: 'Set RECOURSE_KEY_FILE to a file that you may read and write, or RECOURSE_KEY to the key itself.',
  });

/**
 * The value behind `env:NAME`, `file:PATH` or `stdin`, without a line end. No message holds any of it.
 * Faults: `invalid-input`.
 */
export async function secretFrom(reference: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const [kind, name] = [reference.split(':', 1)[0] ?? '', reference.slice(reference.indexOf(':') + 1)];
  const refuse = (why: string, what = `The secret ${reference}`) =>
    new Fault('invalid-input', `${what} cannot be read: ${why}.`, { at: '$secret' });
  if (reference === 'stdin') return withoutLineEnd((await standardInput()).toString('utf8'));
  if (kind === 'env') {
    const value = env[name];
    if (value === undefined) throw refuse('the variable is not set');
    return value;
  }
  // It may be the secret itself, and is not repeated.
  if (kind !== 'file') throw refuse('write env:NAME, file:PATH, stdin or generate', 'A reference to a secret');
  try {
    return withoutLineEnd(await readFile(name, 'utf8'));
  } catch (error) {
    throw refuse((error as NodeJS.ErrnoException).code ?? 'it is not readable');
  }
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The bytes of a file, or of standard input for `-`. Faults: `not-found`, `invalid-input`. */
export async function readInput(path: string): Promise<Buffer> {
  if (path === '-') return standardInput();
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The same as a stream, for what may be large. */
export async function inputStream(path: string): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return process.stdin;
  try {
    return (await open(path)).createReadStream();
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, error: unknown): Fault =>
  isMissing(error)
    ? new Fault('not-found', `There is no file ${path}.`, { at: path, advice: 'Check the path.' })
    : new Fault(
        'invalid-input',
        `The file ${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`,
        { at: path },
      );

/** Writes a whole file. Faults: `invalid-input`. */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flush: true });
  } catch (error) {
    throw new Fault(
      'invalid-input',
      `The file ${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`,
      { at: path },
    );
  }
}

const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/, '');

/** Does somebody listen on this socket? */
export const answersAt = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = connect(socketPath, () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => resolve(false));
  });

const run = promisify(execFile);

/** What `git --version` says. Faults: `not-found`. */
export async function gitVersion(): Promise<string> {
  try {
    return (await run('git', ['--version'])).stdout.trim();
  } catch {
    throw new Fault('not-found', 'Git is not installed.', {
      advice: 'Install git 2.38 or newer to change repositories.',
    });
  }
}

/** How the master key is kept. Faults: `not-allowed` when others may read its file. */
export async function keyKeeping({ key, keyFile }: Settings): Promise<string> {
  if (key !== undefined) return 'the key comes from RECOURSE_KEY';
  let mode: number;
  try {
    ({ mode } = await stat(keyFile));
  } catch (error) {
    if (isMissing(error)) return `${keyFile} will be made with mode 0600`;
    throw cannot('look at', keyFile, error);
  }
  const octal = `0${(mode & 0o777).toString(8)}`;
  if ((mode & 0o077) !== 0)
    throw new Fault('not-allowed', `${keyFile} has mode ${octal}: others may read it.`, {
      at: keyFile,
      advice: `chmod 600 ${keyFile}`,
    });
  return `${keyFile} has mode ${octal}`;
}
