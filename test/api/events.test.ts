import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { cursorOf } from '#src/api/feed.ts';
import type { Ambient } from '#src/model/ambient.ts';
import type { ChangeId } from '#src/model/ids.ts';
import { ambient } from '#src/systems/host.ts';

import { openStream } from './streams.ts';
import { modes, world, type World } from './world.ts';

let here: World;
let at: string;
let token: string;
beforeAll(async () => {
  here = await world();
  ({ at } = await here.serve());
  token = await here.token('read');
});
afterAll(() => here.end());

/** A change of so many steps, approved. */
const approved = async (title: string, steps: number): Promise<ChangeId> => {
  const files = await Promise.all(Array.from({ length: steps }, (_, i) => here.file(`${title}-${i}`)));
  const ana = here.as('local:ana');
  const { id } = await ana.propose(modes(title, ...files.map((file) => [file, '0600'] as const)));
  await ana.approve(id, {});
  return id;
};
const seqs = (facts: readonly { readonly seq: number }[]): readonly number[] => facts.map(({ seq }) => seq);
const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, i) => i + 1);

describe('the stream of one change', () => {
  test('holds every fact once, in order, and goes on after the cursor in the address or in Last-Event-ID', async () => {
    const id = await approved('resumed', 12);
    const running = here.as('local:ana').run(id, {});
    const url = `${at}/api/v1/events?change=${id}`;
    const seen: number[] = [];
    let cursor: string | undefined;
    // Cut off again and again while the change runs, and taken up where it was, in turn in both ways.
    for (let round = 0; seen.length < 25; round += 1) {
      const stream =
        round % 2 === 0
          ? await openStream(cursor === undefined ? url : `${url}&after=${cursor}`, { token })
          : await openStream(`${url}&after=1`, { token, ...(cursor !== undefined && { lastEventId: cursor }) });
      await stream.until(({ facts }) => facts.length >= 3);
      stream.leave();
      const got = stream.facts;
      seen.push(...seqs(got));
      const last = got.at(-1);
      if (last) cursor = cursorOf(last);
      expect(stream.heard.filter(({ event }) => event === 'fact').map(({ id: named }) => named)).toEqual(
        got.map(cursorOf),
      );
    }
    await running;
    const all = await here.as('local:ana').facts(id);
    const rest = await openStream(`${url}&after=${cursor}`, { token });
    await rest.until(({ facts }) => seen.length + facts.length >= all.length);
    rest.leave();
    expect([...seen, ...seqs(rest.facts)]).toEqual(upTo(all.length));
  });

  test('begins with a sign of life and gives more of them', async () => {
    const fast: Ambient = { ...ambient, sleep: (ms, signal) => ambient.sleep(ms / 500, signal) };
    const { at: other } = await here.serve({ ambient: fast });
    const id = await approved('alive', 1);
    const stream = await openStream(`${other}/api/v1/events?change=${id}&after=999`, { token });
    const { heard } = await stream.until(({ heard: events }) => events.length >= 3);
    stream.leave();
    expect(heard.map(({ event }) => event)).toEqual(['beat', 'beat', 'beat']);
    expect(Date.parse(JSON.parse(heard[0]?.data ?? '""') as string)).not.toBeNaN();
  });

  test.each(['change=01ARZ3NDEKTSV4RRFFQ69G5FAV', 'change=x', 'after=5', 'after=x', 'chnage=1'])(
    'a stream of ?%s is refused with a fault before it begins',
    async (query) => {
      const { server } = await here.serve();
      const headers = { authorization: `Bearer ${token}` };
      const answer = await server.inject({ method: 'GET', url: `/api/v1/events?${query}`, headers });
      expect(answer.json().fault.code).toBe(query.includes('01ARZ') ? 'not-found' : 'invalid-input');
    },
  );
});

describe('the stream of all changes', () => {
  test('goes on after the last fact that its reader had', async () => {
    const url = `${at}/api/v1/events`;
    const first = await openStream(url, { token });
    await first.until(({ heard }) => heard.length > 0);
    const a = await approved('all-a', 1);
    await first.until(({ facts }) => facts.length >= 4);
    const cursor = cursorOf(first.facts.at(-1) as never);
    first.leave();
    const b = await approved('all-b', 1);
    const second = await openStream(url, { token, lastEventId: cursor });
    await second.until(({ facts }) => facts.length >= 4);
    second.leave();
    expect(first.facts.map(({ change }) => change)).toEqual([a, a, a, a]);
    expect(second.facts.map(({ change }) => change)).toEqual([b, b, b, b]);
    expect(seqs(second.facts)).toEqual([1, 2, 3, 4]);
    expect(second.heard.map(({ event }) => event)).not.toContain('gap');
  });

  test('says so when it cannot go on without a gap', async () => {
    const stream = await openStream(`${at}/api/v1/events?after=01ARZ3NDEKTSV4RRFFQ69G5FAV:3`, { token });
    await stream.until(({ heard }) => heard.some(({ event }) => event === 'gap'));
    stream.leave();
    expect(stream.heard.map(({ event }) => event)).toContain('gap');
  });
});

test('a caller may open only so many streams, and a closed one counts no more', async () => {
  const { at: other } = await here.serve({ limits: { streamsPerCaller: 2 } });
  const url = `${other}/api/v1/events`;
  const [first] = [await openStream(url, { token }), await openStream(url, { token })];
  expect((await openStream(url, { token })).status).toBe(429);
  expect((await openStream(url, { token: await here.token('read') })).status).toBe(200);
  first?.leave();
  await expect.poll(async () => (await openStream(url, { token })).status).toBe(200);
});

test('a stream ends soon after its token was removed', async () => {
  const fast: Ambient = { ...ambient, sleep: (ms, signal) => ambient.sleep(ms / 300, signal) };
  const { at: other, server } = await here.serve({ ambient: fast });
  const { token: leaver } = await here.as('local:ana').createToken({ name: 'leaver', scopes: ['read'] });
  const stream = await openStream(`${other}/api/v1/events`, { token: leaver });
  await stream.until(({ heard }) => heard.length > 0);
  const headers = { authorization: `Bearer ${await here.token('admin')}` };
  await server.inject({ method: 'DELETE', url: '/api/v1/tokens/leaver', headers });
  await stream.ended;
  expect(stream.heard.at(-1)?.event).toBe('fault');
  expect(JSON.parse(stream.heard.at(-1)?.data ?? '')).toMatchObject({ code: 'not-allowed' });
});

test('closing the server ends the streams, and the requests that are under way are answered', async () => {
  const asked = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const { server, at: other } = await here.serve({
    health: async () => {
      asked.resolve();
      await going.promise;
      return { store: true };
    },
  });
  const stream = await openStream(`${other}/api/v1/events`, { token });
  await stream.until(({ heard }) => heard.length > 0);
  const health = fetch(`${other}/health`);
  await asked.promise;
  const closed = server.close();
  await stream.ended;
  going.resolve();
  expect((await health).status).toBe(200);
  await closed;
  await expect(fetch(`${other}/health`)).rejects.toThrow('fetch failed');
});
