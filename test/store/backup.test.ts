import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Fault } from '#src/model/fault.ts';
import type { Hash, Instant } from '#src/model/ids.ts';
import { backup } from '#src/store/backup.ts';
import { openStore } from '#src/store/open.ts';
import { restore } from '#src/store/restore.ts';
import { ambient } from '#src/systems/host.ts';

import { aChange, anApprovedChange, me, noted, resource, started, told } from './a-change.ts';

const by = { pid: process.pid, command: 'test', host: 'here' };
const hash: Hash = `sha256:${'7'.repeat(64)}`;
const big = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256);

describe('backup and restore', () => {
  let folder = '';
  let file = '';
  let page = '';
  let bytes = 0;
  const open = (name: string) => openStore({ url: join(folder, name), ambient });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-backup-'));
    file = join(folder, 'saved.gz');
    const store = await open('one');
    for (let i = 0; i < 12; i++) await aChange(store, { title: `Change ${i}   \\n` });
    const { id } = await anApprovedChange(store);
    await store.claim(id);
    await store.lease(id, [resource('/f')]);
    await told(store, id, [started(), noted('x'.repeat(5000))]);
    await store.putConnection({ id: 'web' as never, system: 'linux', settings: { host: 'web' } });
    const at = '2026-01-01T00:00:00.000Z' as Instant;
    await store.putToken({ name: 'ci', hash, scopes: ['read'], createdAt: at, createdBy: me, lastUsedAt: null });
    await store.keep(hash, big);
    await store.close(); // nobody is at the running change any more
    const reopened = await open('one');
    page = await reopened.list({});
    await reopened.close();
    ({ bytes } = await backup({ url: join(folder, 'one'), file, by }));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  test('what is restored is the same, byte for byte, and goes on', async () => {
    expect(await restore({ url: join(folder, 'two'), file, by })).toEqual({ changes: 13 });
    const [one, two] = [await open('one'), await open('two')];
    expect(await two.list({})).toBe(page);
    const id = await two.find(((JSON.parse(page) as { changes: { id: string }[] }).changes[0]?.id ?? '').slice(-10));
    expect(await two.read(id)).toEqual(await one.read(id));
    expect(await two.leases(id)).toEqual([resource('/f')]);
    expect(await two.connections()).toEqual(await one.connections());
    expect(await two.tokens()).toEqual(await one.tokens());
    expect((await two.useToken(hash, '2026-01-02T00:00:00.000Z' as Instant))?.name).toBe('ci');
    expect(Buffer.from((await two.kept(hash)) ?? []).equals(big)).toBe(true);
    const seen: string[] = [];
    const worker = await two.work(async (change) => void seen.push(change), { concurrency: 1 });
    while (seen.length === 0) await ambient.sleep(5);
    expect(seen).toEqual([id]);
    await worker.stop();
    await told(two, id, [noted('on')], { owner: await two.claim(id) });
    await one.close();
    await two.close();
  }, 60_000);

  test('the file is for its owner alone, and nothing is left beside it', async () => {
    const { mode, size } = await stat(file);
    expect([mode & 0o777, size]).toEqual([0o600, bytes]);
    expect((await readdir(folder)).filter((name) => name.startsWith('saved'))).toEqual(['saved.gz']);
  });

  test('a damaged file restores nothing', async () => {
    const text = gunzipSync(await readFile(file)).toString();
    const lines = text.split('\n');
    const damaged = {
      'a byte differs': text.replace('Change 3', 'Change 4'),
      'a line is missing': lines.toSpliced(3, 1).join('\n'),
      'its end is missing': lines.slice(0, -2).join('\n'),
      'something is behind its end': `${text}{}\n`,
      'it is another file': '{"something":"else"}\n',
      'it is empty': '',
    };
    for (const [name, content] of Object.entries(damaged)) {
      const other = join(folder, 'damaged.gz');
      await writeFile(other, gzipSync(content));
      const restored = restore({ url: join(folder, 'damaged'), file: other, by });
      const code = await restored.then(
        () => 'restored',
        (fault: Fault) => fault.code,
      );
      expect([name, code]).toEqual([name, 'evidence-broken']);
    }
    await writeFile(join(folder, 'cut.gz'), (await readFile(file)).subarray(0, 1000));
    const cut = restore({ url: join(folder, 'damaged'), file: join(folder, 'cut.gz'), by });
    await expect(cut).rejects.toMatchObject({ code: 'evidence-broken' });
    expect((await readdir(join(folder, 'damaged'))).filter((name) => name.startsWith('pg'))).toEqual([]);
  }, 60_000);

  test('a newer format is refused with its version', async () => {
    const newer = join(folder, 'newer.gz');
    await writeFile(newer, gzipSync('{"recourse":"backup","v":2}\n'));
    await expect(restore({ url: join(folder, 'newer'), file: newer, by })).rejects.toMatchObject({
      code: 'store-failed',
      message: `${newer} is a backup of version 2.`,
    });
  });

  test('a store that is there is replaced only by force, and a store in use not at all', async () => {
    const url = join(folder, 'three');
    const store = await open('three');
    await aChange(store);
    await expect(restore({ url, file, by, force: true })).rejects.toMatchObject({ code: 'in-use' });
    await expect(backup({ url, file: join(folder, 'no.gz'), by })).rejects.toMatchObject({ code: 'in-use' });
    await store.close();
    await expect(restore({ url, file, by })).rejects.toMatchObject({ code: 'invalid-input' });
    await restore({ url, file, by, force: true });
    const restored = await open('three');
    expect(await restored.list({})).toBe(page);
    await restored.close();
  }, 60_000);

  test('a restore that was cut off between taking the old store away and putting the new one there is finished', async () => {
    const url = join(folder, 'four');
    await restore({ url, file, by });
    await rename(join(url, 'pg'), join(url, 'pg.next'));
    const store = await open('four');
    expect(await store.list({})).toBe(page);
    await store.close();
    expect(await readdir(url)).not.toContain('pg.next');
  }, 60_000);

  test('what cannot be: no store, no file, a file that is there, a PostgreSQL', async () => {
    await mkdir(join(folder, 'empty'));
    const nowhere = { url: join(folder, 'empty'), file: join(folder, 'none.gz'), by };
    await expect(backup(nowhere)).rejects.toMatchObject({ code: 'not-found' });
    await expect(restore(nowhere)).rejects.toMatchObject({ code: 'not-found' });
    await expect(backup({ url: join(folder, 'one'), file, by })).rejects.toMatchObject({ code: 'invalid-input' });
    const server = { url: 'postgres://me:secret@here/db', file, by };
    await expect(backup(server)).rejects.toMatchObject({
      code: 'invalid-input',
      advice: 'Use pg_dump --schema=recourse.',
    });
    await expect(restore(server)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
