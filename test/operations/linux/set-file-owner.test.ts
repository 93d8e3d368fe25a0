import { execFile } from 'node:child_process';
import { chmod, chown, lstat, symlink, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';

import { setFileOwner } from '#src/operations/linux/set-file-owner.ts';

import { obeysTheLaws } from '../../laws/obeys-the-laws.ts';
import { reachOf } from '../../laws/reach.ts';
import { everythingIn, immutable, isRoot, place, swapped } from './file-world.ts';
import type { Place } from './file-world.ts';

type Params = z.infer<typeof setFileOwner.params>;
const whyRoot = 'skipped: only root may give a file to somebody else';

const cases: readonly (readonly [when: string, mode: number, params: Omit<Params, 'path'>])[] = [
  ['on a plain file', 0o640, { owner: 4711, group: 4712 }],
  ['by name', 0o644, { owner: 'nobody', group: 'root' }],
  ['by a number in text', 0o644, { owner: '4711' }],
  ['on a setuid program', 0o4755, { owner: 4711, group: 4712 }],
  ['on a setuid and setgid program, changing the group alone', 0o6755, { group: 4712 }],
  ['on a setgid file that no group executes', 0o2644, { group: 4712 }],
  ['with a mode of its own', 0o4755, { owner: 4711, mode: '0700' }],
];

describe.skipIf(!isRoot)(`linux.set-file-owner${isRoot ? '' : ` (${whyRoot})`}`, () => {
  for (const [when, mode, params] of cases)
    obeysTheLaws(setFileOwner, {
      when,
      world: async () => {
        const { client, folder, at, remove } = await place();
        const path = at('app');
        await writeFile(path, 'x');
        await chown(path, 1234, 1235);
        await chmod(path, mode);
        return {
          client,
          params: { path, ...params },
          fingerprint: () => everythingIn(folder),
          edit: () => chown(path, 77, 78),
          swap: swapped(path),
          deny: immutable(path),
          close: remove,
        };
      },
    });
});

describe('linux.set-file-owner', () => {
  let here: Place;
  let path: string;
  beforeEach(async () => {
    here = await place();
    path = here.at('app');
    await writeFile(path, 'x');
  });
  afterEach(() => here.remove());

  const reach = () => reachOf(here.client);
  const observe = (of = path) => setFileOwner.observe({ path: of, owner: 0 }, reach());
  const set = async (params: Omit<Params, 'path'>) => {
    const asked = { path, ...params };
    const before = await setFileOwner.observe(asked, reach());
    return { before, result: await setFileOwner.apply(asked, reach(), before) };
  };

  test.for([
    [{ path: '/f' }, 'say which owner, which group, or both'],
    [{ path: '/f', owner: 'a:b' }, 'a name without spaces or colons'],
    [{ path: '/f', group: -1 }, 'Too small: expected number to be >=0'],
  ])('refuses %j', ([params, message]) => {
    expect(setFileOwner.params.safeParse(params).error?.issues[0]).toMatchObject({ message });
  });

  test('names a user that this machine does not have', async () => {
    await expect(set({ owner: 'no-such-user' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'there is no user "no-such-user" in /etc/passwd',
    });
  });

  test('refuses a symbolic link', async () => {
    await symlink(path, here.at('link'));
    await expect(observe(here.at('link'))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('[R4.1] an ordinary user may not give a file away, and the refusal says who, what and which', async ({
    skip,
  }) => {
    if (isRoot) {
      skip('skipped: root may');
      return;
    }
    await expect(set({ owner: 0 })).rejects.toThrow(
      new RegExp(`\\(uid ${process.getuid?.()}\\) may not change the owner of ${path}: operation not permitted`),
    );
  });

  test('[R0.6] the setuid bit that chown clears is set again', async ({ skip }) => {
    if (!isRoot) {
      skip(whyRoot);
      return;
    }
    await chown(path, 1234, 1235);
    await chmod(path, 0o4755);
    await chown(path, 4711, 4712);
    expect((await lstat(path)).mode & 0o7777, 'what the kernel does').toBe(0o755);
    await chmod(path, 0o4755);
    await set({ group: 1235 });
    expect(await lstat(path)).toMatchObject({ mode: 0o104755, gid: 1235 });
  });

  test('a setuid program is given to root only with a mode', async ({ skip }) => {
    if (!isRoot) {
      skip(whyRoot);
      return;
    }
    await chown(path, 1234, 1235);
    await chmod(path, 0o4755);
    await expect(set({ owner: 0 })).rejects.toMatchObject({
      code: 'invalid-input',
      message: `did not give ${path} to root: it is setuid and would run as root`,
    });
    expect(await lstat(path)).toMatchObject({ uid: 1234, mode: 0o104755 });
    await set({ owner: 0, mode: '0755' });
    expect(await lstat(path)).toMatchObject({ uid: 0, mode: 0o100755 });
  });

  test('file capabilities, which chown would drop, are not lost', async ({ skip }) => {
    if (!isRoot) {
      skip(whyRoot);
      return;
    }
    await chmod(path, 0o755);
    const given = await promisify(execFile)('setcap', ['cap_net_raw=ep', path]).catch(() => null);
    if (!given) {
      skip('skipped: setcap does not work here');
      return;
    }
    await expect(set({ owner: 4711 })).rejects.toMatchObject({
      code: 'invalid-input',
      message: `did not change the owner of ${path}: it would lose what could not be given back (file capabilities)`,
    });
    const { stdout } = await promisify(execFile)('getcap', [path]);
    expect(stdout).toContain('cap_net_raw=ep');
  });

  test('what cannot be told is not taken for good: without an answer from tar a file is left alone', async ({
    skip,
  }) => {
    if (!isRoot) {
      skip(whyRoot);
      return;
    }
    await chmod(path, 0o755);
    await writeFile(here.at('tar'), '#!/bin/sh\nexit 2\n', { mode: 0o755 });
    vi.stubEnv('PATH', here.folder);
    try {
      await expect(set({ owner: 4711 })).rejects.toMatchObject({ code: 'unreachable', at: path });
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await lstat(path)).toMatchObject({ uid: 0 });
  });

  test('a folder keeps its setgid bit', async ({ skip }) => {
    if (!isRoot) {
      skip(whyRoot);
      return;
    }
    await chmod(here.folder, 0o2755);
    path = here.folder;
    const { before, result } = await set({ owner: 4711, group: 4712 });
    const after = await observe();
    expect(after.state).toMatchObject({ uid: 4711, gid: 4712, mode: '2755' });
    expect(setFileOwner.verify({ params: { path, owner: 4711, group: 4712 }, before, after, result })).toEqual([]);
  });

  test('an effect that is not one is not made', async () => {
    await chmod(path, 0o640);
    const { uid, gid, ctimeMs } = await lstat(path);
    await set({ owner: uid, group: gid });
    expect((await lstat(path)).ctimeMs).toBe(ctimeMs);
  });
});
