import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect } from 'vitest';

import type { ChangeId } from '#src/model/ids.ts';
import type { Store } from '#src/model/store.ts';

import { aChange, me, noted, told } from './a-change.ts';
import { kinds, placeOf, query } from './stores.ts';

const eventually = async (isSo: () => boolean): Promise<void> => {
  for (const end = Date.now() + 10_000; !isSo(); await sleep(5))
    if (Date.now() > end) throw new Error('it was not heard');
};
const listening = async (store: Store) => {
  const heard: ChangeId[] = [];
  return { heard, stop: await store.listen((change) => heard.push(change)) };
};

describe.each(kinds)('%s', (kind) => {
  const place = placeOf(kind);
  const { test } = place;

  test('an append is heard at once in its own process, once, until it is not listened to any more', async () => {
    const store = await place.open(await place.freshUrl());
    const { heard, stop } = await listening(store);
    const other = await listening(store);
    const { id, evidence } = await aChange(store);
    expect(heard).toEqual([id]);
    await store.append([
      { chain: { id, evidence: [], state: null }, facts: evidence.map(({ fact }) => fact) as never, by: me },
    ]);
    expect(heard).toEqual([id]);
    await stop();
    await told(store, id, [noted('more')]);
    await sleep(100);
    expect([heard, other.heard]).toEqual([[id], [id, id]]);
  });

  if (kind !== 'the embedded store') {
    test('it is heard by other processes, many at once, and again after their connections broke', async () => {
      const url = await place.freshUrl();
      const [writer, reader] = [await place.open(url), await place.open(url)];
      const { heard } = await listening(reader);
      const chains = await Promise.all(Array.from({ length: 60 }, () => aChange(writer)));
      const ids = new Set(chains.map(({ id }) => id));
      await eventually(() => new Set(heard).size === ids.size);
      expect(new Set(heard)).toEqual(ids);

      const [first] = ids;
      if (!first) throw new Error('no change');
      heard.length = 0;
      await query(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'recourse' and query ilike 'listen%'`,
      );
      await told(writer, first, [noted('while it is deaf')]);
      await eventually(() => heard.includes(first));
      await sleep(300);
      heard.length = 0;
      await told(writer, first, [noted('after')]);
      await eventually(() => heard.includes(first));
    });

    test('a broken connection takes its locks along and brings them back', async () => {
      const url = await place.freshUrl();
      const [owner, watcher] = [await place.open(url), await place.open(url)];
      const { id } = await aChange(owner);
      await owner.append([{ chain: await owner.read(id), facts: [noted('x')], by: me }]);
      await query(url, `update recourse.change set status = 'running'`);
      await owner.claim(id);
      expect((await watcher.running()).has(id)).toBe(true);
      await query(url, `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`);
      for (const end = Date.now() + 10_000; !(await watcher.running()).has(id); await sleep(20))
        if (Date.now() > end) throw new Error('the lock did not come back');
    });
  }
});
