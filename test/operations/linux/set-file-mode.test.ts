import { chmod, link, lstat, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { setFileMode } from '#src/operations/linux/set-file-mode.ts';

import { obeysTheLaws } from '../../laws/obeys-the-laws.ts';
import { reachOf } from '../../laws/reach.ts';
import { accessList } from './access-list.ts';
import { everythingIn, immutable, isRoot, place, swapped } from './file-world.ts';
import type { Place } from './file-world.ts';

const modeOf = async (path: string): Promise<number> => (await lstat(path)).mode & 0o7777;

const things = { 'on a file': (path: string) => writeFile(path, 'x'), 'on a folder': (path: string) => mkdir(path) };
for (const [on, make] of Object.entries(things))
  for (const mode of ['0600', '0000', '6711'])
    obeysTheLaws(setFileMode, {
      when: `${mode} ${on}`,
      world: async () => {
        const { client, folder, at, remove } = await place();
        const path = at('app');
        await make(path);
        await chmod(path, 0o644);
        return {
          client,
          params: { path, mode },
          fingerprint: () => everythingIn(folder),
          edit: () => chmod(path, 0o750),
          swap: swapped(path),
          deny: immutable(path),
          close: remove,
        };
      },
    });

describe('linux.set-file-mode', () => {
  let here: Place;
  beforeEach(async () => {
    here = await place();
  });
  afterEach(() => here.remove());

  const fileAt = async (name: string): Promise<string> => {
    const path = here.at(name);
    await writeFile(path, 'x');
    await chmod(path, 0o644);
    return path;
  };
  const observe = (path: string) => setFileMode.observe({ path, mode: '0600' }, reachOf(here.client));
  const set = async (path: string, mode: string): Promise<void> => {
    await setFileMode.apply({ path, mode }, reachOf(here.client), await observe(path));
  };

  test.for([
    [{ path: '/f', mode: 600 }, 'put the mode in quotes, as in "0640": without them it is the number 600'],
    [{ path: '/f', mode: '600' }, 'four octal digits in quotes, for example "0640"'],
    [{ path: '/f', mode: '0899' }, 'four octal digits in quotes, for example "0640"'],
    [{ path: 'f', mode: '0600' }, 'an absolute path, for example /etc/app.conf'],
    [{ path: '/a/../f', mode: '0600' }, 'a path without "//", "." or ".." parts and without a slash at its end'],
    [{ path: '/a/', mode: '0600' }, 'a path without "//", "." or ".." parts and without a slash at its end'],
    [{ path: '/a\0b', mode: '0600' }, 'a path without NUL'],
  ])('refuses %j', ([params, message]) => {
    expect(setFileMode.params.safeParse(params).error?.issues[0]).toMatchObject({ message });
  });

  test('refuses a symbolic link and names what it leads to', async () => {
    const victim = await fileAt('victim');
    await symlink(victim, here.at('link'));
    await expect(observe(here.at('link'))).rejects.toMatchObject({
      code: 'invalid-input',
      message: `cannot look at ${here.at('link')}: it is a symbolic link to ${victim}`,
    });
  });

  test('a file that becomes a link between look and call is refused', async () => {
    const [victim, path] = [await fileAt('victim'), await fileAt('app.conf')];
    const before = await observe(path);
    await rename(path, here.at('old'));
    await symlink(victim, path);
    await expect(setFileMode.apply({ path, mode: '0600' }, reachOf(here.client), before)).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(await modeOf(victim)).toBe(0o644);
  });

  test('follows a linked folder, which pins the file by its inode', async () => {
    await mkdir(here.at('v1'));
    await symlink(here.at('v1'), here.at('current'));
    const path = await fileAt('current/app.conf');
    await set(path, '0600');
    expect(await modeOf(here.at('v1/app.conf'))).toBe(0o600);

    const before = await observe(path);
    await mkdir(here.at('v2'));
    const other = await fileAt('v2/app.conf');
    await symlink(here.at('v2'), here.at('next'));
    await rename(here.at('next'), here.at('current'));
    await expect(setFileMode.apply({ path, mode: '0640' }, reachOf(here.client), before)).rejects.toMatchObject({
      code: 'drifted',
      at: path,
    });
    expect(await modeOf(other)).toBe(0o644);
  });

  test('says how many names the file has', async () => {
    const path = await fileAt('app.conf');
    await link(path, here.at('other name'));
    expect((await observe(path)).context).toMatchObject({ links: 2 });
  });

  test('says what is missing, the file or its folder', async () => {
    const [file, folder] = [here.at('app.conf'), here.at('etc')];
    await expect(observe(file)).rejects.toMatchObject({
      code: 'not-found',
      message: `cannot look at ${file}: there is nothing at this path`,
    });
    await expect(observe(`${folder}/app.conf`)).rejects.toMatchObject({
      code: 'not-found',
      message: `cannot look at ${folder}/app.conf in ${folder}: there is nothing at this path (ENOENT)`,
    });
  });

  test('[R4.1] names principal, action and file, and the immutable flag as a cause', async ({ skip }) => {
    const path = await fileAt('app.conf');
    const deny = immutable(path);
    if ('why' in deny) {
      skip(`skipped: ${deny.why}`);
      return;
    }
    const before = await observe(path);
    const { giveBack } = await deny();
    try {
      const refused = setFileMode.apply({ path, mode: '0600' }, reachOf(here.client), before);
      await expect(refused).rejects.toThrow(
        new RegExp(`^root \\(uid 0\\) may not change the mode of ${path}: operation not permitted .*immutable`),
      );
    } finally {
      await giveBack();
    }
  });

  test("[R4.1] an ordinary user is refused another's file", async ({ skip }) => {
    if (isRoot) {
      skip('skipped: root may change every file');
      return;
    }
    const before = await observe('/etc/passwd');
    const refused = setFileMode.apply({ path: '/etc/passwd', mode: '0644' }, reachOf(here.client), before);
    await expect(refused).rejects.toMatchObject({ code: 'permission-denied', at: '/etc/passwd' });
  });

  test('the mask of an access control list goes there and back with the mode', async ({ skip }) => {
    if (!accessList) {
      skip('skipped: neither setfacl nor python3 can give a file an access control list here');
      return;
    }
    const path = await fileAt('app.conf');
    await accessList.give(path);
    const list = await accessList.read(path);
    const before = await observe(path);
    expect(before.state.mode).toBe('0664');
    await set(path, '0600');
    expect(await accessList.read(path)).not.toBe(list);
    await set(path, before.state.mode);
    expect(await accessList.read(path)).toBe(list);
  });

  test('writes every effect into the effect log, with what was there', async () => {
    const [path, log] = [await fileAt('app.conf'), here.at('effects')];
    vi.stubEnv('RECOURSE_EFFECT_LOG', log);
    try {
      await set(path, '0600');
      await set(path, '0640');
    } finally {
      vi.unstubAllEnvs();
    }
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    const stamp = `^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z ${process.pid} chmod ${path}`;
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(new RegExp(`${stamp} was=0644 to=0600$`));
    expect(lines[1]).toMatch(new RegExp(`${stamp} was=0600 to=0640$`));
  });

  test('changes nothing when the effect log cannot be written', async () => {
    const path = await fileAt('app.conf');
    vi.stubEnv('RECOURSE_EFFECT_LOG', here.at('no folder/effects'));
    try {
      await expect(set(path, '0600')).rejects.toMatchObject({ code: 'store-failed' });
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await modeOf(path)).toBe(0o644);
  });
});
