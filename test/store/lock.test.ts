import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { lockFolder } from '#src/store/lock-folder.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

import { run } from './children.ts';

const by = (host: string) => ({ pid: process.pid, command: 'recourse serve', host });

describe('the lock of a data folder', () => {
  let folder = '';
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'recourse-lock-'))));
  afterAll(() => rm(folder, { recursive: true }));

  test('a second process is told who holds it, and gets it the moment the holder is killed', async () => {
    const data = join(folder, 'killed');
    const holder = run('hold.ts', data);
    expect(await holder.line()).toBe('open');
    const second = run('hold.ts', data);
    expect(JSON.parse((await second.line()) ?? '')).toMatchObject({
      code: 'in-use',
      message: expect.stringMatching(
        new RegExp(`^The data folder ${data} is held by process ${holder.process.pid} \\(hold\\), since 20`),
      ) as unknown,
      details: { pid: holder.process.pid, command: 'hold', host: 'here' },
    });
    await second.kill();
    await holder.kill();
    const store = await openStore({ url: data, ambient });
    await store.close();
  }, 30_000);

  test('one that is held on another host, or in a container, says so', () => {
    const lock = lockFolder(folder, by('container-1'));
    expect(() => lockFolder(folder, by('here'))).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('on container-1 (recourse serve)') as unknown,
        advice: expect.stringContaining('container') as unknown,
      }) as Error,
    );
    lock.release();
    lockFolder(folder, by('here')).release();
  });

  test('of many that want it, some of them killed while they hold it, never two have it', async () => {
    const arena = await mkdtemp(join(folder, 'arena-'));
    const contenders = Array.from({ length: 6 }, () => run('contend.ts', arena, 'contender'));
    const victims = Array.from({ length: 3 }, () => run('contend.ts', arena, 'victim'));
    await sleep(1000);
    for (const victim of victims) {
      await sleep(200);
      await victim.kill();
    }
    await sleep(500);
    for (const contender of contenders) contender.process.stdin?.end();
    await Promise.all(contenders.map((contender) => contender.ended()));
    const said = [...contenders, ...victims].flatMap((child) => child.said);
    expect(said).not.toContain('two');
    const held = said.map((line) => Number(/^held (\d+)$/.exec(line)?.[1] ?? 0));
    expect(held.filter((count) => count > 0).length).toBeGreaterThan(3);
  }, 30_000);
});
