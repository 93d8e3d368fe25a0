import { setImmediate as turn } from 'node:timers/promises';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cursorOf, feed, type Fed, type Feed, type FeedOptions } from '#src/api/feed.ts';
import type { Evidence } from '#src/model/fact.ts';

/** A watch that is fed by hand. */
const source = () => {
  const facts: Evidence[] = [];
  let news = Promise.withResolvers<void>();
  const tell = (): void => {
    news.resolve();
    news = Promise.withResolvers();
  };
  let failure: Error | undefined;
  return {
    give: (seq: number): void => {
      facts.push({ change: 'A', seq } as unknown as Evidence);
      tell();
    },
    fail: (error: Error) => {
      failure = error;
      tell();
    },
    watch: async function* (this: void): AsyncGenerator<Evidence> {
      failure = undefined;
      for (let next = facts.length; ;) {
        if (failure) throw failure;
        const fact = facts[next];
        if (fact) {
          next += 1;
          yield fact;
        } else await news.promise;
      }
    },
  };
};

const feedOf = (watch: FeedOptions['watch'], more: Partial<FeedOptions> = {}): Feed =>
  feed({ watch, now: () => 0, until: new AbortController().signal, ...more });

const numbers = (fed: readonly Fed[]): readonly (number | 'gap')[] => fed.map((one) => (one === 'gap' ? one : one.seq));

const reader = (all: Feed, cursor?: string) => {
  const heard: Fed[] = [];
  const left = new AbortController();
  const done = (async () => {
    for await (const fed of all.after(cursor, left.signal)) heard.push(fed);
  })();
  return {
    heard,
    done,
    leave: async () => {
      left.abort();
      await done;
      return numbers(heard);
    },
  };
};

describe('the feed of all changes', () => {
  test('gives each reader what comes after it arrived', async () => {
    const { give, watch } = source();
    const all = feedOf(watch);
    const first = reader(all);
    await turn();
    give(1);
    await turn();
    const second = reader(all);
    give(2);
    await turn();
    expect(await first.leave()).toEqual([1, 2]);
    expect(await second.leave()).toEqual([2]);
  });

  test('a reader that comes back has every fact once, or is told that some are missing', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 15 }),
        fc.integer({ min: 0, max: 15 }),
        async (size, before, away) => {
          const { give, watch } = source();
          const all = feedOf(watch, { size });
          const somebody = reader(all);
          await turn();
          for (let seq = 1; seq <= before + away; seq += 1) give(seq);
          await turn();
          const cursor = cursorOf({ change: 'A' as Evidence['change'], seq: before });
          const back = reader(all, cursor);
          await turn();
          give(before + away + 1);
          await turn();
          const missed = Array.from({ length: away }, (_, i) => before + i + 1);
          const isKept = before > 0 && away < size;
          expect(await back.leave()).toEqual([...(isKept ? missed : ['gap']), before + away + 1]);
          await somebody.leave();
        },
      ),
      { numRuns: 200 },
    ));

  test('tells its readers when the watch fails, and watches again for the next one', async () => {
    const { give, fail, watch } = source();
    const all = feedOf(watch);
    const first = reader(all);
    await turn();
    give(1);
    await turn();
    fail(new Error('the store is gone'));
    await expect(first.done).rejects.toThrow('the store is gone');
    const second = reader(all, 'A:1');
    await turn();
    give(3);
    await turn();
    expect(await second.leave()).toEqual(['gap', 3]);
  });

  test('watches only while somebody reads, and a little longer', async () => {
    const { give, watch } = source();
    let time = 0;
    let watches = 0;
    const all = feedOf(
      () => {
        watches += 1;
        return watch();
      },
      { now: () => time, patience: 10 },
    );
    await turn();
    expect(watches).toBe(0);
    const first = reader(all);
    await turn();
    give(1);
    await turn();
    await first.leave();
    time = 5;
    give(2);
    await turn();
    const back = reader(all, 'A:1');
    await turn();
    expect([watches, await back.leave()]).toEqual([1, [2]]);
    time = 50;
    give(3);
    await turn();
    const late = reader(all, 'A:2');
    await turn();
    give(4);
    await turn();
    expect([watches, await late.leave()]).toEqual([2, ['gap', 4]]);
  });
});
