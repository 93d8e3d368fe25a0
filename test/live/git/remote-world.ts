import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { GitClient } from '#src/systems/git-client.ts';
import { git } from '#src/systems/git.ts';

import { startGitRemote } from '../../../tools/git-remote.ts';
import type { GitRemote } from '../../../tools/git-remote.ts';
import { orSkip } from '../require.ts';

export const password = 'CANARY-git-password-5f1c';

/** A file as somebody else leaves it: text, bytes with a mode, or gone. */
export type Left = string | { readonly mode: string; readonly bytes: Uint8Array | string } | null;

/** A real remote with one commit on `main`, our connection to it, and somebody else who can change it at any time. */
export interface RemoteWorld {
  readonly folder: string;
  readonly remote: GitRemote;
  readonly client: GitClient;
  /** Runs git on the remote's own repository. */
  run(...args: readonly string[]): string;
  head(branch?: string): string;
  /** `<mode> <type> <id>\t<path>` of all files. */
  files(branch?: string): readonly string[];
  content(path: string, branch?: string): string;
  /** Everything that the remote holds. */
  fingerprint(): Promise<unknown>;
  /** Somebody commits, straight on the remote; `onto: null` begins another history. */
  commit(files: Readonly<Record<string, Left>>, more?: CommitOptions): string;
  close(): Promise<void>;
}
interface CommitOptions {
  readonly branch?: string;
  readonly message?: string;
  readonly onto?: string | null;
  readonly merging?: string;
}

export interface RemoteWorldOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly over: 'http' | 'path';
  readonly objectFormat?: 'sha1' | 'sha256';
}

const environment = { PATH: process.env['PATH'], LC_ALL: 'C', GIT_CONFIG_GLOBAL: '/dev/null' };
let clock = 1_700_000_000;

export const withGit = orSkip(spawnSync('git', ['--version']).status === 0 ? undefined : 'git is not installed');

export async function remoteWorld(options: RemoteWorldOptions): Promise<RemoteWorld> {
  const { over, files = { 'app.yaml': 'replicas: 1\n' }, objectFormat = 'sha1' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'recourse-git-'));
  const path = join(folder, 'production.git');
  const remote = await startGitRemote({ path, files, objectFormat, ...(over === 'http' && { password }) });
  const client = await connected(over === 'http' ? remote.url : remote.path, join(folder, 'cache'));
  const run = (...args: readonly string[]) => gitSays([`--git-dir=${remote.path}`, ...args]);
  const head = (branch = 'main') => run('rev-parse', `refs/heads/${branch}`).trim();
  return {
    folder,
    remote,
    client,
    run,
    head,
    files: (branch = 'main') => run('ls-tree', '-r', '-t', '-z', branch).split('\0').slice(0, -1),
    content: (file, branch = 'main') => run('cat-file', 'blob', `${branch}:${file}`),
    fingerprint: async () => [run('for-each-ref'), run('cat-file', '--batch-all-objects', '--batch-check')],
    commit: (left, { branch = 'main', message = 'somebody else', onto = head(branch), merging } = {}) => {
      clock += 60;
      const by = `Some Body <some@example.org> ${clock} +0000`;
      const input = Buffer.concat([
        Buffer.from(`commit refs/heads/${branch}\nauthor ${by}\ncommitter ${by}\ndata ${Buffer.byteLength(message)}\n`),
        Buffer.from(
          `${message}\n${onto === null ? '' : `from ${onto}\n`}${merging === undefined ? '' : `merge ${merging}\n`}`,
        ),
        ...Object.entries(left).map(([name, to]) => entryOf(name, to)),
        Buffer.from('done\n'),
      ]);
      gitSays([`--git-dir=${remote.path}`, 'fast-import', '--quiet', '--force', '--done'], input);
      return head(branch);
    },
    close: async () => {
      await git.close?.(client);
      await remote.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A connection of its own, with its own copy. */
export const connected = (remote: string, cache: string, secret = password): Promise<GitClient> =>
  git.connect(
    {
      remote,
      cache,
      ...(remote.startsWith('http') && { user: 'deployer', password: { sealed: '', fingerprint: '' } }),
    },
    async () => secret,
  );

export const gitSays = (...call: Parameters<typeof gitBytes>): string => gitBytes(...call).toString();

export function gitBytes(
  args: readonly string[],
  input?: Uint8Array,
  cwd = tmpdir(),
  env: NodeJS.ProcessEnv = {},
): Buffer {
  const { status, stdout, stderr } = spawnSync('git', args, {
    env: { ...environment, ...env },
    cwd,
    input,
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`);
  return stdout;
}

function entryOf(path: string, to: Left): Buffer {
  const name = JSON.stringify(path);
  if (to === null) return Buffer.from(`D ${name}\n`);
  const { mode, bytes } = typeof to === 'string' ? { mode: '100644', bytes: to } : to;
  if (mode === '160000') return Buffer.from(`M ${mode} ${String(bytes)} ${name}\n`);
  return Buffer.concat([
    Buffer.from(`M ${mode} inline ${name}\ndata ${Buffer.byteLength(bytes)}\n`),
    Buffer.from(bytes),
    Buffer.from('\n'),
  ]);
}
