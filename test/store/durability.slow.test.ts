/**
 * What the embedded store has confirmed is on the disk: one fsync a commit, counted; and the power may go at any write.
 * RECOURSE_POWER_CUTS and RECOURSE_SEED run more, or the same again.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Store } from '#src/model/store.ts';
import { openDatabase } from '#src/store/embedded.ts';
import { makeDatabaseFolder } from '#src/store/first-start.ts';
import { migrate } from '#src/store/migrate.ts';
import { storeOn } from '#src/store/open.ts';
import type { Db } from '#src/store/tables.ts';
import { ambient } from '#src/systems/host.ts';

import { aChange, noted, told } from './a-change.ts';
import { run } from './children.ts';
import { FailingDisk } from './failing-disk.ts';

const cuts = Number(process.env['RECOURSE_POWER_CUTS'] ?? 50);
const seed = Number(process.env['RECOURSE_SEED'] ?? 20_261_124);

/** A small generator of chance, so that a failure can be seen again. */
const chance = (from: number) => {
  let state = from >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const storeOnDisk = async (folder: string) => {
  const disk = new FailingDisk(folder, () => undefined); // it remembers what was flushed; the real disk need not work for it
  const { db, lite } = await openDatabase(folder, disk);
  await migrate(db);
  const database = { kind: 'embedded', db, lite, close: () => lite.close() } as const;
  return { store: storeOn(database, ambient, () => undefined), db, disk };
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-durable-'));
  await makeDatabaseFolder(join(folder, 'made'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

const aFolder = async (name: string): Promise<string> => {
  await cp(join(folder, 'made'), join(folder, name), { recursive: true });
  return join(folder, name);
};

describe('the embedded store', () => {
  test('one fsync a confirmed commit, and hardly more', async () => {
    const { store, disk } = await storeOnDisk(await aFolder('counted'));
    const chain = await aChange(store);
    let least = Infinity;
    const before = disk.fsyncs;
    for (let i = 0; i < 200; i++) {
      const start = disk.fsyncs;
      await told(store, chain.id, [noted(`note ${i}`)]);
      least = Math.min(least, disk.fsyncs - start);
    }
    expect(least).toBeGreaterThanOrEqual(1);
    expect(disk.fsyncs - before).toBeLessThan(220);
    const start = disk.fsyncs;
    await store.list({});
    await store.read(chain.id);
    expect(disk.fsyncs).toBe(start);
    await store.close();
  }, 30_000);

  test(`${cuts} power cuts: it always opens again, and nothing that was confirmed is lost`, async () => {
    const any = chance(seed);
    const path = await aFolder('cut');
    const confirmed = new Map<string, number>();
    let lost = 0;
    for (let cut = 0; cut < cuts; cut++) {
      const { store, db, disk } = await storeOnDisk(path);
      expect(await missing(db, confirmed), `seed ${seed}, cut ${cut}`).toEqual([]);
      let left = 1 + any(60);
      disk.beforeWrite = () => {
        if (--left < 0) throw new Error('no power');
      };
      const work = any(2) === 0 ? oneChange(store, confirmed) : severalChanges(store, confirmed);
      await work.catch((error: unknown) => {
        if (left >= 0) throw error;
      });
      lost += disk.lose(any(2) === 0 ? () => true : () => any(2) === 0);
    }
    const { store } = await storeOnDisk(path);
    for (const [id, facts] of confirmed) expect(await factsOf(store, id)).toBeGreaterThanOrEqual(facts);
    expect(confirmed.size).toBeGreaterThan(cuts / 2);
    expect(lost).toBeGreaterThan(cuts / 2); // else the cuts would show nothing
    const page = await store.list({});
    await store.rebuild();
    expect(await store.list({})).toBe(page);
    await store.close();
  }, 240_000);

  test('a fact is confirmed before it is lost to kill -9', async () => {
    const data = join(folder, 'killed');
    for (let kill = 0; kill < 3; kill++) {
      const child = run('append.ts', data);
      const heard: string[] = [];
      for (let i = 0; i < 20 + 15 * kill; i++) heard.push((await child.line()) ?? '');
      await child.kill();
      const reader = run('append.ts', data, 'read');
      const facts = JSON.parse((await reader.line()) ?? '{}') as Record<string, number>;
      await reader.kill();
      for (const line of child.said) {
        const [id = '', seq] = line.split(' ');
        expect(facts[id]).toBeGreaterThanOrEqual(Number(seq));
      }
      expect(heard.length).toBeGreaterThan(19);
    }
  }, 60_000);
});

const factsOf = async (store: Store, id: string): Promise<number> => (await store.read(id as never)).evidence.length;

/** Changes that have fewer facts, or a row that says so, than were confirmed. One more may be there: written, unsaid. */
async function missing(db: Db, confirmed: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; facts: number; count: number }>`
    select id, facts, (select count(*)::int from recourse.evidence where change = id) from recourse.change`.execute(db);
  const found = new Map(rows.map((row) => [row.id, Math.min(row.facts, row.count)]));
  return [...confirmed].filter(([id, facts]) => (found.get(id) ?? 0) < facts).map(([id]) => id);
}

/** Until the power goes. */
async function oneChange(store: Store, confirmed: Map<string, number>): Promise<void> {
  const { id } = await aChange(store);
  confirmed.set(id, 1);
  for (let i = 2; i < 100; i++) {
    await told(store, id, [noted('x'.repeat(50 * i))]);
    confirmed.set(id, i);
  }
}

async function severalChanges(store: Store, confirmed: Map<string, number>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const { id } = await aChange(store, { title: `Change ${i}` });
    confirmed.set(id, 1);
  }
}
