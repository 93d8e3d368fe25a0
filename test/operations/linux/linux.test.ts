import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';

import { describe, expect, test, vi } from 'vitest';

import { linux } from '#src/systems/linux.ts';

import { place } from './file-world.ts';

describe('the linux system', () => {
  test('has a built-in connection to this machine, without settings', () => {
    expect(linux.connection.parse(linux.builtIn?.settings)).toEqual({});
    expect(linux.builtIn?.id).toBe('local');
    expect(linux.connection.safeParse({ host: 'db1' }).success).toBe(false);
  });

  test('says as whom and where it acts', async () => {
    const { client, remove } = await place();
    await remove();
    expect(await linux.probe(client)).toMatchObject({
      user: userInfo().username,
      uid: String(process.getuid?.()),
      host: expect.any(String),
      kernel: expect.stringMatching(/^\d+\.\d+/),
    });
  });

  test('knows users and groups by name and by number', async () => {
    const { client, remove } = await place();
    await remove();
    expect(await client.idOf('user', 'root')).toBe(0);
    expect(await client.idOf('group', '4711')).toBe(4711);
    expect(await client.namesOf({ uid: 0, gid: 0 })).toEqual({ owner: 'root', group: 'root' });
    expect(await client.namesOf({ uid: 4711, gid: 4712 })).toEqual({ owner: '4711', group: '4712' });
    await expect(client.idOf('group', 'no-such-group')).rejects.toMatchObject({
      code: 'not-found',
      message: 'there is no group "no-such-group" in /etc/group',
    });
  });

  test('the effect log tells equal files from others, and nothing of what they hold', async () => {
    const { client, at, remove } = await place();
    vi.stubEnv('RECOURSE_EFFECT_LOG', at('effects'));
    const put = async (text: string) => {
      const file = { bytes: Buffer.from(text), mode: 0o600, uid: undefined, gid: undefined };
      await client.put(at('f'), file, await client.read(at('f')), 'key');
    };
    try {
      await put('hunter2');
      await put('hunter2');
      await put('hunter3');
      await client.remove(at('f'), await client.read(at('f')));
      const log = await readFile(at('effects'), 'utf8');
      const states = [...log.matchAll(/ (put|remove) \S+ was=([^/ ]+)\S* to=([^/\n]+)/g)].map(([, ...line]) => line);
      const [first, second] = [states[0]?.[2], states[2]?.[2]];
      expect(states).toEqual([
        ['put', 'absent', first],
        ['put', first, first],
        ['put', first, second],
        ['remove', second, 'absent'],
      ]);
      expect(first).not.toBe(second);
      expect(log).not.toContain('hunter');
      expect(log).not.toContain(hash('sha256', 'hunter2').slice(0, 16));
    } finally {
      vi.unstubAllEnvs();
      await remove();
    }
  });
});
