import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, lstat, mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { Hash } from '#src/model/ids.ts';
import type { Observation } from '#src/model/observation.ts';
import type { Reach } from '#src/model/system.ts';
import { putFile } from '#src/operations/linux/put-file.ts';
import type { Files } from '#src/systems/linux.ts';

import { obeysTheLaws } from '../../laws/obeys-the-laws.ts';
import { reachOf } from '../../laws/reach.ts';
import type { MakeWorld } from '../../laws/world.ts';
import { accessList } from './access-list.ts';
import { closedFolder, everythingIn, isRoot, place, swapped } from './file-world.ts';
import type { Place } from './file-world.ts';

type Params = z.infer<typeof putFile.params>;
type State = z.infer<typeof putFile.state>;
type Keys = Parameters<MakeWorld<Params, Files>>[0];
interface Case {
  readonly was: string | Uint8Array | null;
  readonly asks: (keys: Keys) => Omit<Params, 'path'> | Promise<Omit<Params, 'path'>>;
  readonly secrets?: readonly string[];
}

const run = promisify(execFile);
const secret = 'correct horse battery staple';
const noText = Uint8Array.of(0xff, 0, 0xfe, 0x7f, 0x80, 0x81);
const owned = isRoot ? { owner: 4711, group: 4712 } : {};
const putsSecret: Case['asks'] = async (keys) => ({ content: await keys.seal(secret, 'content') });

const cases: Readonly<Record<string, Case>> = {
  'replacing a file': { was: 'port = 80\n', asks: () => ({ content: 'port = 8080\n' }) },
  'replacing a file, with mode and owner': {
    was: 'port = 80\n',
    asks: () => ({ content: 'port = 8080\n', mode: '0600', ...owned }),
  },
  'setting only the mode': { was: '', asks: () => ({ content: '', mode: '4750' }) },
  'making a file': { was: null, asks: () => ({ content: 'port = 8080\n', ...owned }) },
  'removing a file': { was: 'port = 80\n', asks: () => ({ content: null }) },
  'removing a secret': {
    was: secret,
    asks: () => ({ content: null, secret: true }),
    secrets: [secret],
  },
  'replacing bytes that are no text': { was: noText, asks: () => ({ content: 'port = 8080\n' }) },
  'putting a secret': { was: null, asks: putsSecret, secrets: [secret] },
  'replacing a secret': { was: 'the old one', asks: putsSecret, secrets: [secret, 'the old one'] },
  'replacing a secret that is no text': {
    was: noText,
    asks: putsSecret,
    secrets: [secret, Buffer.from(noText).toString('base64')],
  },
};

for (const [when, { was, asks, secrets }] of Object.entries(cases))
  obeysTheLaws(putFile, {
    when,
    world: async (keys) => {
      const { client, folder, at, remove } = await place();
      const path = at('app.conf');
      if (was !== null) await writeFile(path, was, { mode: 0o640 });
      return {
        client,
        params: { path, ...(await asks(keys)) },
        fingerprint: () => everythingIn(folder),
        edit: () => writeFile(path, 'port = 666\n'),
        swap: swapped(path),
        deny: closedFolder(folder),
        ...(secrets && { secrets }),
        close: remove,
      };
    },
  });

const putInChild = `
  import { linux } from ${JSON.stringify(import.meta.resolve('#src/systems/linux.ts'))};
  const client = await linux.connect({});
  const was = await client.read(process.env.FILE);
  await client.put(process.env.FILE, { bytes: Buffer.from('new'), mode: 0o644 }, was, 'key');
`;

describe('linux.put-file', () => {
  let here: Place;
  let path: string;
  let reach: Reach<Files>;
  beforeEach(async () => {
    here = await place();
    path = here.at('app.conf');
    reach = reachOf(here.client);
  });
  afterEach(() => here.remove());

  const observe = (asks: Omit<Params, 'path'> = { content: 'new' }) => putFile.observe({ path, ...asks }, reach);
  const apply = async (before: Observation<State>, by = reach, asks: Omit<Params, 'path'> = { content: 'new' }) =>
    putFile.apply({ path, ...asks }, by, before);
  const put = async (asks: Omit<Params, 'path'>): Promise<void> => {
    await apply(await observe(asks), reach, asks);
  };

  test.for([
    [{ path: '/f', content: null, mode: '0600' }, 'a file that shall not be there has no mode, owner or group'],
    [
      { path: '/f', content: 'x', secret: true },
      'in the place of a secret goes another one, { $secret: … }, or null for no file',
    ],
    [
      { path: '/f', content: 'x', mode: 600 },
      'put the mode in quotes, as in "0640": without them it is the number 600',
    ],
    [{ path: '/f', content: 'x'.repeat(65_537) }, 'Too big: expected string to have <=65536 characters'],
    [{ path: '/f' }, 'Invalid input'],
    [{ path: '/f', content: 'x', colour: 'red' }, 'Unrecognized key: "colour"'],
  ])('refuses %#: $1', ([params, message]) => {
    expect(putFile.params.safeParse(params).error?.issues[0]).toMatchObject({ message });
  });

  test('a new file is readable by all, a new secret by its owner alone', async () => {
    await put({ content: 'new' });
    expect((await lstat(path)).mode & 0o7777).toBe(0o644);
    path = here.at('password');
    await put({ content: await reach.seal(secret, 'content') });
    expect((await lstat(path)).mode & 0o7777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toBe(secret);
  });

  test('[R0.2] what was there before is kept before it is replaced', async () => {
    await writeFile(path, noText);
    const before = await observe();
    await apply(before);
    const digest = z.object({ digest: Hash }).parse(before.state.content).digest;
    expect(Buffer.from(await reach.kept(digest))).toEqual(Buffer.from(noText));
  });

  test('nothing is replaced when what was there cannot be kept', async () => {
    await writeFile(path, 'old');
    const full = { ...reach, keep: () => Promise.reject(new Error('the store is full')) };
    await expect(apply(await observe(), full)).rejects.toThrow('the store is full');
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test('[R3.1] an edit between look and call is refused, though the inode is the same', async () => {
    await writeFile(path, 'old');
    const before = await observe();
    await writeFile(path, 'theirs');
    await expect(apply(before)).rejects.toMatchObject({ code: 'drifted', at: path });
    expect(await readFile(path, 'utf8')).toBe('theirs');
  });

  test('a file that appears between look and call is refused', async () => {
    const before = await observe();
    await writeFile(path, 'theirs');
    await expect(apply(before)).rejects.toMatchObject({ code: 'drifted' });
    expect(await readFile(path, 'utf8')).toBe('theirs');
  });

  test('refuses a symbolic link, and what it points at stays as it is', async () => {
    await writeFile(here.at('victim'), 'precious');
    const before = await observe();
    await symlink(here.at('victim'), path);
    await expect(observe()).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(apply(before)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await readFile(here.at('victim'), 'utf8')).toBe('precious');
  });

  test('refuses a folder, and says that its own is missing', async () => {
    await mkdir(path);
    await expect(observe()).rejects.toMatchObject({
      code: 'invalid-input',
      message: `cannot read ${path}: it is not a regular file`,
    });
    path = here.at('no folder/app.conf');
    await expect(observe()).rejects.toMatchObject({ code: 'not-found' });
  });

  test('refuses a file too big to be kept', async () => {
    await writeFile(path, '');
    await truncate(path, 16 * 1024 * 1024 + 1);
    await expect(observe()).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('refuses a file with other names, which would keep the old content', async () => {
    await writeFile(path, 'old');
    await link(path, here.at('other name'));
    expect((await observe()).context).toMatchObject({ links: 2 });
    await expect(put({ content: 'new' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: `did not write ${path}: it has 2 names (hard links)`,
    });
  });

  test('refuses a file with an access control list, which would be lost', async ({ skip }) => {
    if (!accessList) {
      skip('skipped: neither setfacl nor python3 can give a file an access control list here');
      return;
    }
    await writeFile(path, 'old');
    await accessList.give(path);
    const list = await accessList.read(path);
    await expect(put({ content: 'new' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: `did not write ${path}: it would lose what could not be given back (access control list)`,
    });
    expect(await accessList.read(path)).toBe(list);
  });

  test('refuses a program with file capabilities, which would be lost', async ({ skip }) => {
    await writeFile(path, 'old', { mode: 0o755 });
    const given = await run('setcap', ['cap_net_raw=ep', path]).catch(() => null);
    if (!given) {
      skip('skipped: setcap does not work here');
      return;
    }
    await expect(put({ content: null })).rejects.toThrow(
      'it would lose what could not be given back (file capabilities)',
    );
  });

  test('[R0.7] an attempt that was killed leaves no litter once it is tried again', async () => {
    await writeFile(path, 'old');
    await run('mkfifo', [here.at('effects')]); // nobody reads it: the child stops right before its effect
    const child = spawn(process.execPath, ['--input-type=module', '--eval', putInChild], {
      env: { ...process.env, RECOURSE_EFFECT_LOG: here.at('effects'), FILE: path },
      stdio: 'inherit',
    });
    const isWritten = async () => (await readdir(here.folder)).some((name) => name.startsWith('.recourse-'));
    await vi.waitUntil(isWritten, { timeout: 10_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await isWritten()).toBe(true);

    const was = await here.client.read(path);
    await here.client.put(path, { bytes: Buffer.from('new'), mode: 0o644, uid: undefined, gid: undefined }, was, 'key');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await isWritten()).toBe(false);
  });

  test('a call that is refused leaves no litter', async ({ skip }) => {
    if (isRoot) {
      skip('skipped: root may give a file to anybody');
      return;
    }
    await writeFile(path, 'old');
    await expect(put({ content: 'new', owner: 0 })).rejects.toMatchObject({ code: 'permission-denied' });
    expect(await readdir(here.folder)).toEqual(['app.conf']);
  });
});
