import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Store } from '#src/model/store.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

import { aChange, noted, told } from './a-change.ts';

let folder = '';
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-turns-'));
  store = await openStore({ url: join(folder, 'data'), ambient });
}, 60_000);
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** How many turns timers get while `work` is done. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await work();
  isDone = true;
  return turns;
}

test('a burst of queries leaves timers and sockets their turn', async () => {
  const chain = await aChange(store);
  const writing = await turnsDuring(async () => {
    for (let i = 0; i < 80; i++) await told(store, chain.id, [noted(String(i))]);
  });
  expect(writing).toBeGreaterThan(10);
  const reading = await turnsDuring(async () => {
    for (let i = 0; i < 80; i++) await store.ping();
  });
  expect(reading).toBeGreaterThan(5);
  const rebuilding = await turnsDuring(async () => {
    await Promise.all(Array.from({ length: 40 }, () => aChange(store)));
    await store.rebuild();
  });
  expect(rebuilding).toBeGreaterThan(10);
}, 30_000);
