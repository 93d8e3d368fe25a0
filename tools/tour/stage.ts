/**
 * The stage of the tour: one temporary folder with real things in it (files, a Git repository with a remote, a
 * PostgreSQL where one can be started), the real command line, and the real server. Nothing outside the folder is
 * touched, and all of it is gone when the tour ends.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

import pg from 'pg';

import { type GitRemote, startGitRemote } from '../git-remote.ts';
import { startPostgres, type StartedPostgres } from '../postgres.ts';

const program = fileURLToPath(new URL('../../dist/recourse.js', import.meta.url));

export interface Ran {
  readonly out: string;
  readonly exit: number;
}

export class Stage {
  readonly folder: string;
  readonly remote: GitRemote;
  /** `undefined`, with the reason, where none could be started. */
  readonly database: StartedPostgres | undefined;
  readonly whyNoDatabase: string | undefined;
  readonly #env: NodeJS.ProcessEnv;
  #server: ChildProcess | undefined;
  readonly #isColourful = process.stdout.isTTY && !process.env['NO_COLOR'];

  private constructor(folder: string, remote: GitRemote, database: StartedPostgres | { readonly skipped: string }) {
    this.folder = folder;
    this.remote = remote;
    this.database = 'skipped' in database ? undefined : database;
    this.whyNoDatabase = 'skipped' in database ? database.skipped : undefined;
    this.#env = {
      ...process.env,
      RECOURSE_DATA: join(folder, 'data'),
      RECOURSE_KEY_FILE: join(folder, 'key'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      ...(this.database && { ORDERS_DB_ADMIN: new URL(this.database.url).password }),
    };
    for (const name of ['RECOURSE_SERVER', 'RECOURSE_DATABASE', 'RECOURSE_KEY', 'RECOURSE_TOKEN'])
      delete this.#env[name];
  }

  static async open(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'recourse-tour-'));
    const files = { 'deploy/app.yaml': 'replicas: 2\n' };
    const [remote, database] = await Promise.all([
      startGitRemote({ path: join(folder, 'git', 'platform.git'), files, protectedBranches: ['main'] }),
      startPostgres(),
    ]);
    await mkdir(join(folder, 'etc'));
    return new Stage(folder, remote, database);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async file(name: string, text: string, mode = 0o644): Promise<void> {
    await writeFile(this.path(name), text);
    await chmod(this.path(name), mode);
  }

  async modeOf(name: string): Promise<string> {
    return ((await stat(this.path(name))).mode & 0o7777).toString(8).padStart(4, '0');
  }

  say(words: string): void {
    process.stdout.write(`\n${this.#style('bold', words)}\n`);
  }

  /** What was seen in the world, not in our records. */
  show(words: string): void {
    process.stdout.write(`${this.#style('dim', `  ${words}`)}\n`);
  }

  /**
   * Runs `recourse` with these arguments and shows both sides. The tour stops when it ends otherwise than it must.
   * @param mustExit its exit code; `killed` when it must not live to tell
   */
  async recourse(
    args: readonly string[],
    mustExit: number | 'killed' = 0,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    const set = Object.entries(env).map(([name, value]) => `${name}=${name.endsWith('TOKEN') ? '…' : value} `);
    process.stdout.write(`\n${this.#style('cyan', `$ ${set.join('')}recourse ${args.map(quoted).join(' ')}`)}\n`);
    const ran = await this.quietly(args, env);
    process.stdout.write(ran.shown);
    const isAsItMust = mustExit === 'killed' ? ran.signal === 'SIGKILL' : ran.exit === mustExit;
    if (mustExit !== 0 && isAsItMust)
      this.show(mustExit === 'killed' ? '(killed, as asked)' : `(exit ${ran.exit}, as it must be)`);
    if (!isAsItMust)
      throw new Error(`recourse ${args.join(' ')} ended with ${ran.signal ?? ran.exit}, not ${mustExit}`);
    return ran;
  }

  async quietly(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ran & { readonly shown: string; readonly signal: string | null }> {
    const colour = this.#isColourful ? {} : { NO_COLOR: '1' };
    const child = spawn(process.execPath, [program, ...args], {
      cwd: this.folder,
      env: { ...this.#env, ...colour, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => ((out += chunk.toString()), (shown += chunk.toString())));
    child.stderr.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    const [exit, signal] = (await once(child, 'close')) as [number | null, string | null];
    return { out: out.trim(), shown, exit: exit ?? -1, signal };
  }

  /** Starts the server on the store; answers its address. */
  async serve(): Promise<string> {
    const server = spawn(process.execPath, [program, 'serve', '--port', '0'], {
      cwd: this.folder,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#server = server;
    for await (const line of createInterface(server.stdout)) {
      const url = / serves (\S+)/.exec(line)?.[1];
      if (url) return url;
    }
    throw new Error('the server did not start');
  }

  /** Whether this password opens a session of the role `orders`. */
  async logsIn(password: string): Promise<boolean> {
    if (!this.database) throw new Error('there is no database here');
    const url = new URL(this.database.url);
    url.username = 'orders';
    url.password = password;
    const client = new pg.Client({ connectionString: url.href });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') return false;
      throw error;
    }
  }

  async sql(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.database?.url ?? '' });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server && server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    await Promise.all([this.remote.stop(), this.database?.stop()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  #style(style: 'bold' | 'dim' | 'cyan', words: string): string {
    return this.#isColourful ? styleText(style, words, { validateStream: false }) : words;
  }
}

const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word}'`);
