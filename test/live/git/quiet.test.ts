import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

import { beforeEach, describe, expect, test, vi } from 'vitest';

import { Fault } from '#src/model/fault.ts';
import { commitFiles } from '#src/operations/git/commit-files.ts';
import type { GitClient } from '#src/systems/git-client.ts';
import { gitAccess } from '#src/systems/git-settings.ts';
import { git } from '#src/systems/git.ts';

import { reachOf } from '../../laws/reach.ts';
import { orSkip } from '../require.ts';
import { gitSays, password, remoteWorld, withGit } from './remote-world.ts';
import type { RemoteWorld } from './remote-world.ts';

const params = {
  branch: 'main',
  files: [{ path: 'app.yaml', content: 'replicas: 3\n' }],
  message: 'Run three replicas',
};

const sealed = { sealed: 'x', fingerprint: 'x' };
const withProc = orSkip(existsSync('/proc/self/cmdline') ? undefined : 'the arguments of processes are read in /proc');

async function run(client: GitClient) {
  const reach = reachOf(client);
  return commitFiles.apply(params, reach, await commitFiles.observe(params, reach));
}

withGit('Git, started by us,', () => {
  let world: RemoteWorld;

  beforeEach(async () => {
    world = await remoteWorld({ over: 'http' });
    return world.close;
  });

  test('runs no hook of our copy, and reads nobody’s settings', async () => {
    const said = join(world.folder, 'said');
    const script = `#!/bin/sh\necho "$0" >>${said}\nexit 1\n`;
    const hooks = join(world.client.repository.folder, 'hooks');
    await mkdir(hooks, { recursive: true });
    const names = ['pre-push', 'reference-transaction', 'post-commit', 'pre-commit', 'commit-msg', 'pre-auto-gc'];
    await Promise.all(names.map((name) => writeFile(join(hooks, name), script, { mode: 0o755 })));
    const home = join(world.folder, 'home');
    await mkdir(home);
    await writeFile(
      join(home, '.gitconfig'),
      `[core]\n\thooksPath = ${hooks}\n[user]\n\tname = Wrong\n[push]\n\tgpgSign = true\n[url "http://127.0.0.1:9/"]\n\tinsteadOf = http\n`,
    );
    await writeFile(join(home, '.netrc'), 'machine 127.0.0.1 login wrong password wrong\n', { mode: 0o600 });
    vi.stubEnv('HOME', home);
    vi.stubEnv('XDG_CONFIG_HOME', home);
    vi.stubEnv('GIT_CONFIG_PARAMETERS', "'user.name=Wrong'");
    vi.stubEnv('GIT_AUTHOR_NAME', 'Wrong');
    vi.stubEnv('GIT_DIR', '/nowhere');
    try {
      const { commit } = await run(world.client);
      expect(commit).toBe(world.head());
    } finally {
      vi.unstubAllEnvs();
    }
    await expect(readFile(said)).rejects.toThrow('ENOENT');
    expect(world.run('log', '-1', '--format=%an|%cn', 'main').trim()).toBe('Recourse|Recourse');
  });

  test('leaves no work tree and no index, and the folder is ours alone', async () => {
    await run(world.client);
    const folder = world.client.repository.folder;
    expect(gitSays(['-C', folder, 'rev-parse', '--is-bare-repository']).trim()).toBe('true');
    expect(await readdir(folder)).not.toContain('index');
    expect((await stat(join(world.folder, 'cache'))).mode & 0o777).toBe(0o700);
  });

  test('gives the password to the host of the connection and to no other', async () => {
    const other = await remoteWorld({ over: 'http' });
    const { config = {}, secrets = {} } = await gitAccess(
      { remote: world.remote.url, user: 'deployer', password: sealed },
      async () => password,
    );
    const helper = Object.entries(config).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const fill = (url: string) =>
      gitSays(['-c', 'core.askPass=true', ...helper, 'credential', 'fill'], Buffer.from(`url=${url}\n\n`), undefined, {
        ...secrets,
        GIT_TERMINAL_PROMPT: '0',
      });
    expect(fill(world.remote.url)).toContain(`password=${password}`);
    expect(fill(other.remote.url)).not.toContain(password);
    await other.close();
  });
});

withProc('Git, seen from outside,', () => {
  let world: RemoteWorld;

  beforeEach(async () => {
    world = await remoteWorld({ over: 'http' });
    return world.close;
  });

  test('never has the password among its arguments, in what it says, or on disk', async () => {
    const seen = new Set<string>();
    const ends = new AbortController();
    const watching = (async () => {
      while (!ends.signal.aborted) {
        for (const line of await argumentLists()) seen.add(line); // oxlint-disable-line no-await-in-loop
        await sleep(1); // oxlint-disable-line no-await-in-loop
      }
    })();
    const said: unknown[] = [await run(world.client), await git.probe(world.client)];
    await world.remote.protect('main');
    const again = { ...params, message: 'Again', files: [{ path: 'x', content: 'x' }] };
    const before = await commitFiles.observe(again, reachOf(world.client));
    const refused: unknown = await commitFiles
      .apply(again, reachOf(world.client), before)
      .catch((error: unknown) => error);
    ends.abort();
    await watching;
    const calls = [...seen].filter((line) => line.includes(world.remote.url));
    expect(
      calls.some((line) => line.includes('push')),
      'the watcher saw a push',
    ).toBe(true);
    const told = JSON.stringify([
      said,
      Fault.from(refused).report,
      String(refused),
      [...seen],
      inspect(world.client, { depth: 9 }),
    ]);
    expect(told).not.toContain(password);
    expect(told).not.toContain(Buffer.from(`deployer:${password}`).toString('base64'));
    const written = await everyFileIn(world.folder);
    expect(
      written.some((bytes) => bytes.includes(world.head())),
      'it looks into files',
    ).toBe(true);
    expect(written.filter((bytes) => bytes.includes(password))).toEqual([]);
  });

  test('ends with the process that started it', async () => {
    world.remote.hang(true);
    const script = `
      import { git } from '#src/systems/git.ts';
      const client = await git.connect(${JSON.stringify({ remote: world.remote.url, cache: join(world.folder, 'cache') })}, async () => '');
      await client.head('main', new AbortController().signal);
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: new URL('../../..', import.meta.url),
      stdio: 'inherit',
    });
    const mine = async () =>
      (await argumentLists()).filter((line) => line.includes(world.remote.url) && line.includes('fetch'));
    await vi.waitFor(async () => expect(await mine()).not.toEqual([]), 20_000);
    child.kill('SIGKILL');
    await vi.waitFor(async () => expect(await mine()).toEqual([]), 20_000);
  });
});

withGit('a connection', () => {
  const unseal = async () => password;

  describe('is refused when', () => {
    test.for([
      ['its URL holds a password', { remote: 'https://a:CANARY@example.org/x.git' }, 'a URL without a user'],
      ['its URL is no URL', { remote: 'http://' }, 'address'],
      ['it is reached by a protocol that starts programs', { remote: 'ext::sh -c id' }, 'address'],
      ['its path is not absolute', { remote: 'x.git' }, 'absolute path'],
      ['its password would travel readable', { remote: 'http://example.org/x.git', password: sealed }, 'use https://'],
      ['its author has a line break', { remote: '/x', author: { name: 'a\nb', email: 'a' } }, 'a name'],
      ['it has a setting that nobody knows', { remote: '/x', colour: 'red' }, 'colour'],
    ] as const)('%s', async ([, settings, says]) => {
      const refused: unknown = await git.connect(settings, unseal).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(says) });
      expect(String(refused)).not.toContain(password);
    });
  });

  test('says who, where and what is there', async () => {
    const world = await remoteWorld({ over: 'http' });
    expect(await git.probe(world.client)).toEqual({
      remote: world.remote.url,
      principal: expect.stringMatching(/^deployer@127\.0\.0\.1:\d+$/),
      git: expect.stringMatching(/^2\./),
      branch: 'main',
      head: world.head(),
    });
    await world.close();
  });
});

async function argumentLists(): Promise<readonly string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lists = await Promise.all(processes.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lists.map((list) => list.replaceAll('\0', ' '));
}

async function everyFileIn(folder: string): Promise<readonly Buffer[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(found.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name))));
}
