import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect } from 'vitest';

import type { ChangeId, Instant } from '#src/model/ids.ts';
import type { Store } from '#src/model/store.ts';
import { ambient } from '#src/systems/host.ts';

import { anApprovedChange, me, noted, started, told } from './a-change.ts';
import { run } from './children.ts';
import { kinds, placeOf, query } from './stores.ts';

type Handle = Parameters<Store['work']>[0];
const inFuture = (ms: number) => new Date(Date.now() + ms).toISOString() as Instant;
const eventually = async (isSo: () => boolean, within = 10_000): Promise<void> => {
  for (const end = Date.now() + within; !isSo(); await sleep(5))
    if (Date.now() > end) throw new Error('it did not come');
};

describe.each(kinds)('the queue on %s', (kind) => {
  const place = placeOf(kind);
  const { test } = place;
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const fresh = async () => {
    const url = await place.freshUrl();
    return { url, store: await place.open(url) };
  };
  const work = async (store: Store, handle: Handle, concurrency = 2) => {
    const worker = await store.work(handle, { concurrency });
    stops.push(() => worker.stop());
    return worker;
  };
  const id = () => ambient.newChangeId();

  test('a job wakes an idle worker, and does not wait for its next look', async () => {
    const { store } = await fresh();
    const seen: ChangeId[] = [];
    await work(store, async (change) => void seen.push(change));
    await sleep(300);
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      await store.enqueue(id());
      await eventually(() => seen.length > i);
      waits.push(performance.now() - start);
      await sleep(50);
    }
    expect(waits.toSorted((a, b) => a - b)[2]).toBeLessThan(1000); // it looks every two seconds
  });

  test('a backlog is worked off without a pause between its jobs', async () => {
    const { store } = await fresh();
    const seen = new Set<ChangeId>();
    const ids = Array.from({ length: 20 }, id);
    await work(store, async (change) => void seen.add(change), 1);
    for (const change of ids) await store.enqueue(change);
    await eventually(() => seen.size === ids.length, 15_000);
  });

  test('a job is put in with the facts, or not at all', async () => {
    const { store } = await fresh();
    const seen: ChangeId[] = [];
    await work(store, async (change) => void seen.push(change));
    const chain = await anApprovedChange(store);
    const enqueue = { change: chain.id };
    const facts = [noted('with a job')] as const;
    const stale = { ...chain, evidence: chain.evidence.slice(0, 2) };
    expect(await store.append([{ chain: stale, facts, by: me }], { enqueue })).toBe('raced');
    const zombie = { change: chain.id, epoch: 7 };
    expect(await store.append([{ chain, facts, by: me }], { enqueue, owner: zombie })).toBe('fenced');
    await sleep(200);
    expect(seen).toEqual([]);
    expect(await store.append([{ chain, facts, by: me }], { enqueue })).toHaveLength(1);
    await eventually(() => seen.length > 0);
    expect(seen).toEqual([chain.id]);
  });

  test('facts with a job, while the queue is only opening', async () => {
    const { store } = await fresh();
    const chain = await anApprovedChange(store);
    const seen: ChangeId[] = [];
    const working = work(store, async (change) => void seen.push(change));
    const options = { enqueue: { change: chain.id } };
    expect(await store.append([{ chain, facts: [noted('early')], by: me }], options)).toHaveLength(1);
    await working;
    await eventually(() => seen.includes(chain.id));
  });

  test('one job of a change at a time; the next comes after it, and holds up nobody else', async () => {
    const { store } = await fresh();
    const [slow, other] = [id(), id()];
    const log: string[] = [];
    let release = (): void => undefined;
    await work(
      store,
      async (change) => {
        log.push(change === slow ? 'slow' : 'other');
        if (change === slow && log.length === 1) await new Promise<void>((resolve) => (release = resolve));
      },
      3,
    );
    await store.enqueue(slow);
    await eventually(() => log.length === 1);
    await store.enqueue(slow);
    await store.enqueue(slow);
    await store.enqueue(other);
    await eventually(() => log.length === 2);
    expect(log).toEqual(['slow', 'other']);
    release();
    await eventually(() => log.length === 3);
    await sleep(200);
    expect(log).toEqual(['slow', 'other', 'slow']);
  });

  test('a handler that throws is called again, and its job is never lost', async () => {
    const { store } = await fresh();
    const change = id();
    let calls = 0;
    await work(store, async () => {
      if (++calls < 3) throw new Error('try again');
    });
    await store.enqueue(change);
    await eventually(() => calls === 3, 20_000);
    await sleep(100);
    expect(calls).toBe(3);
  }, 40_000);

  test('later comes when it is due; what comes at once pulls it forward and is not put off by it', async () => {
    const { store } = await fresh();
    const seen = new Map<ChangeId, number>();
    await work(store, async (change) => void seen.set(change, Date.now()));
    const [due, pulled, kept] = [id(), id(), id()];
    const start = Date.now();
    await store.enqueue(due, inFuture(1200));
    await store.enqueue(pulled, inFuture(60_000));
    await store.enqueue(pulled);
    await eventually(() => seen.has(pulled), 1100);
    await store.enqueue(kept, inFuture(1200));
    await store.enqueue(kept, inFuture(60_000));
    await eventually(() => seen.has(due) && seen.has(kept));
    expect((seen.get(due) ?? 0) - start).toBeGreaterThanOrEqual(1190);
  });

  test('the start picks up what is on its way and has no job; rest is left alone', async () => {
    const { store } = await fresh();
    const running = await anApprovedChange(store);
    await told(store, running.id, [started()]);
    await anApprovedChange(store);
    const seen: ChangeId[] = [];
    await work(store, async (change) => void seen.push(change));
    await eventually(() => seen.length > 0);
    await sleep(200);
    expect(seen).toEqual([running.id]);
  });

  test('stop: the handler is told, waited for, and another worker goes on', async () => {
    const { store } = await fresh();
    const change = id();
    const log: string[] = [];
    const first = await work(store, async (_, signal) => {
      log.push('began');
      await once(signal, 'abort');
      await sleep(50);
      log.push('ended');
    });
    await store.enqueue(change);
    await eventually(() => log.length === 1);
    await first.stop();
    expect(log).toEqual(['began', 'ended']);
    await work(store, async (next) => void log.push(next));
    await eventually(() => log.length === 3);
    expect(log[2]).toBe(change);
  });

  test('what a killed worker was at goes on in the next one', async () => {
    const { url, store } = await fresh();
    const chain = await anApprovedChange(store);
    await told(store, chain.id, [started()]);
    if (kind === 'the embedded store') await store.close();
    const killed = run('worker.ts', url);
    const said = new Set([await killed.line(), await killed.line()]);
    expect(said).toEqual(new Set([`at ${chain.id}`, 'working']));
    if (kind !== 'the embedded store') expect((await store.running()).has(chain.id)).toBe(true);
    await killed.kill();
    const start = Date.now();
    const next = run('worker.ts', url);
    const lines: (string | undefined)[] = [];
    while (!lines.includes(`at ${chain.id}`)) lines.push(await next.line());
    expect(Date.now() - start).toBeLessThan(25_000);
    await next.kill();
  }, 60_000);

  if (kind !== 'the embedded store') {
    test('a process that does not work reaches the workers of another, from the first moment', async () => {
      const { url, store } = await fresh();
      await store.enqueue(id());
      const worker = await place.open(url);
      const seen: ChangeId[] = [];
      await work(worker, async (change) => void seen.push(change));
      await eventually(() => seen.length === 1);
      const change = id();
      await store.enqueue(change);
      await eventually(() => seen.includes(change), 1500);
    });

    test('what a dead command was at is picked up by a worker that is up already', async () => {
      const { url, store } = await fresh();
      const chain = await anApprovedChange(store);
      const dying = await place.open(url);
      const owner = await dying.claim(chain.id);
      await told(dying, chain.id, [started()], { owner });
      const impatient = { ...ambient, sleep: (ms: number, signal?: AbortSignal) => ambient.sleep(ms / 200, signal) };
      const seen: ChangeId[] = [];
      await work(await place.open(url, impatient), async (change) => void seen.push(change));
      await sleep(600);
      expect(seen).toEqual([]);
      await dying.close();
      await eventually(() => seen.includes(chain.id), 5000);
    });

    test('a change that another process is at is not taken from it', async () => {
      const { url, store } = await fresh();
      const chain = await anApprovedChange(store);
      await told(store, chain.id, [started()]);
      const owner = await store.claim(chain.id);
      const worker = await place.open(url);
      const seen: ChangeId[] = [];
      await work(worker, async (change) => void seen.push(change));
      await sleep(300);
      expect(seen).toEqual([]);
      expect((await worker.running()).has(chain.id)).toBe(true);
      await told(store, chain.id, [noted('still mine')], { owner });
      const locks = `select count(*)::int as held from pg_locks where locktype = 'advisory' and mode = 'ShareLock'`;
      expect(await query(url, locks)).toEqual([{ held: 1 }]);
      await store.close();
      expect((await worker.running()).has(chain.id)).toBe(false);
    });
  }
});
