import fc from 'fast-check';
import { describe, expect } from 'vitest';

import { canonical } from '#src/evidence/canonical.ts';
import { verifyChain } from '#src/evidence/verify-chain.ts';
import type { ChangeId, Hash, Instant } from '#src/model/ids.ts';
import type { Json } from '#src/model/json.ts';
import type { Chain } from '#src/model/state.ts';
import type { Store } from '#src/model/store.ts';
import { ChangePage, type ChangeQuery, type ChangeRow } from '#src/model/view.ts';
import { ambient } from '#src/systems/host.ts';

import { stories, told as toldStory } from '../stories/told.ts';
import {
  aChange,
  analysed,
  anApprovedChange,
  applied,
  me,
  noted,
  proposed,
  resource,
  started,
  told,
  verified,
} from './a-change.ts';
import { kinds, placeOf } from './stores.ts';

const pageOf = async (store: Store, query: ChangeQuery = {}): Promise<ChangePage> =>
  ChangePage.parse(JSON.parse(await store.list(query)));
const rowOf = async (store: Store, id: ChangeId): Promise<ChangeRow> => {
  const row = (await pageOf(store, { text: id })).changes[0];
  if (!row) throw new Error('the list has no such row');
  return row;
};
const append = (store: Store, chain: Chain, text: string, epoch?: number) =>
  store.append(
    [{ chain, facts: [noted(text)], by: me }],
    epoch === undefined ? {} : { owner: { change: chain.id, epoch } },
  );
const sha = (digit: string): Hash => `sha256:${digit.repeat(64)}`;

describe.each(kinds)('%s', (kind) => {
  const place = placeOf(kind);
  const { test } = place;
  let shared: Promise<Store> | undefined;
  const aStore = (): Promise<Store> => (shared ??= place.freshUrl().then((url) => place.open(url)));

  test('what was appended is read back, and its chain of hashes verifies', async () => {
    const store = await aStore();
    const chain = await anApprovedChange(store, { title: 'line  and \u0000 and 😀' });
    const read = await store.read(chain.id);
    expect(read).toEqual(chain);
    expect(read.state?.status).toBe('approved');
    const texts = await store.texts(chain.id);
    expect(texts).toEqual(read.evidence.map((one) => canonical(one as unknown as Json)));
    expect(verifyChain(texts)).toMatchObject({ valid: true });
    expect(await store.read(ambient.newChangeId())).toMatchObject({ evidence: [], state: null });
  });

  test('a fact that may not follow is refused before anything is written', async () => {
    const store = await aStore();
    const chain = await aChange(store);
    const other = await aChange(store);
    const illegal = { chain, facts: [noted('first'), applied()], by: me } as const;
    await expect(store.append([{ chain: other, facts: [noted('x')], by: me }, illegal])).rejects.toMatchObject({
      code: 'out-of-order',
    });
    expect((await store.read(chain.id)).evidence).toHaveLength(1);
    expect((await store.read(other.id)).evidence).toHaveLength(1);
  });

  test('a chain that has grown since it was read is raced, also in one transaction with another', async () => {
    const store = await aStore();
    const [chain, other] = [await aChange(store), await aChange(store)];
    await append(store, chain, 'faster');
    expect(await append(store, chain, 'late')).toBe('raced');
    const both = [chain, other].map((of) => ({ chain: of, facts: [noted('both')], by: me }) as const);
    expect(await store.append(both as never)).toBe('raced');
    expect((await store.read(other.id)).evidence).toHaveLength(1);
    expect(
      await store.append([{ chain: { ...chain, evidence: [], state: null }, facts: [proposed(chain)], by: me }]),
    ).toBe('raced');
  });

  test('a zombie is fenced once somebody else has claimed the change', async () => {
    const store = await aStore();
    const chain = await anApprovedChange(store);
    const mine = await store.claim(chain.id);
    const [first] = (await append(store, chain, 'mine', mine.epoch)) as readonly [Chain];
    const theirs = await store.claim(chain.id);
    expect(theirs.epoch).toBe(mine.epoch + 1);
    expect(await append(store, first, 'from the grave', mine.epoch)).toBe('fenced');
    const other = await aChange(store);
    expect(await store.append([{ chain: other, facts: [noted('x')], by: me }], { owner: mine })).toBe('fenced');
    expect(await store.append([{ chain: other, facts: [noted('x')], by: me }], { owner: theirs })).toHaveLength(1);
    expect(await append(store, first, 'mine now', theirs.epoch)).toHaveLength(1);
    expect((await store.read(chain.id)).state?.notes.map(({ text }) => text)).toEqual(['mine', 'mine now']);
    await expect(store.claim(ambient.newChangeId())).rejects.toMatchObject({ code: 'not-found' });
  });

  test('time never goes backwards in a chain', async () => {
    const store = await aStore();
    const chain = await aChange(store);
    const last = chain.evidence[0];
    if (!last) throw new Error('no fact');
    const ahead = { ...last, at: '2999-01-01T00:00:00.000Z' as Instant };
    const appended = await append(store, { ...chain, evidence: [ahead] }, 'after');
    expect(appended).toMatchObject([{ evidence: [{}, { at: ahead.at }] }]);
  });

  test('two appends at once: one happens, the other is raced, and the order stays legal', async () => {
    const store = await aStore();
    const chain = await anApprovedChange(store);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => store.append([{ chain, facts: [started()], by: 'recourse' }])),
    );
    expect(answers.filter((answer) => answer === 'raced')).toHaveLength(7);
    const read = await store.read(chain.id);
    expect(read.evidence.filter(({ fact }) => fact.fact === 'started')).toHaveLength(1);
  });

  test('the same idempotency key gives one change, however many ask at once', async () => {
    const store = await aStore();
    const request = `key of ${'any length '.repeat(400)}`;
    const asked = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const id = ambient.newChangeId();
        const chain = { id, evidence: [], state: null };
        return store.append([{ chain, facts: [proposed({ id, request })], by: me }]);
      }),
    );
    const [winner, ...more] = asked.filter((answer) => answer !== 'raced' && answer !== 'fenced');
    expect(more).toEqual([]);
    expect(await store.findRequest(request)).toBe(winner?.[0].id);
    expect(await store.findRequest('another')).toBeUndefined();
  });

  test('a change is found by the end of its id', async () => {
    const store = await aStore();
    const { id } = await aChange(store);
    expect(await store.find(id.slice(-6).toLowerCase())).toBe(id);
    expect(await store.find(id)).toBe(id);
    await expect(store.find(id.slice(-3))).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(store.find('ZZZZZZZZ')).rejects.toMatchObject({ code: 'not-found' });
    await expect(store.find("x' or 1=1 --")).rejects.toMatchObject({ code: 'not-found' });
    const twin = `${id.slice(0, 6)}${id[6] === '0' ? '1' : '0'}${id.slice(7)}` as ChangeId;
    await aChange(store, { id: twin });
    await expect(store.find(id.slice(-6))).rejects.toMatchObject({
      code: 'invalid-input',
      details: expect.arrayContaining([id, twin]) as unknown,
    });
  });

  test('a list row says what the facts add up to', async () => {
    const store = await aStore();
    const chain = await aChange(
      store,
      { title: 'Row "quoted"', environment: 'prod' },
      analysed(['/f'], '2030-01-01T00:00:00.000Z'),
    );
    expect(await rowOf(store, chain.id)).toEqual({
      id: chain.id,
      title: 'Row "quoted"',
      environment: 'prod',
      status: 'proposed',
      interrupted: false,
      class: 'fully-reversible',
      window: { until: '2030-01-01T00:00:00.000Z', before: 'the key is deleted' },
      resources: ['local/file:/f'],
      steps: 1,
      proposedBy: me,
      proposedAt: chain.evidence[0]?.at,
      updatedAt: chain.evidence.at(-1)?.at,
      alone: false,
      recovers: null,
      recovery: null,
      facts: 2,
    });
  });

  test('a running change that nobody is at reads interrupted, and one that is attended to does not', async () => {
    const store = await aStore();
    const chain = await anApprovedChange(store);
    await told(store, chain.id, [started()]);
    expect((await rowOf(store, chain.id)).interrupted).toBe(true);
    expect((await store.running()).has(chain.id)).toBe(false);
    const owner = await store.claim(chain.id);
    expect((await rowOf(store, chain.id)).interrupted).toBe(false);
    expect((await store.running()).has(chain.id)).toBe(true);
    const next = await store.claim(chain.id);
    await store.release(owner); // somebody else is at it now
    expect((await rowOf(store, chain.id)).interrupted).toBe(false);
    await store.release(next);
    expect((await rowOf(store, chain.id)).interrupted).toBe(true);
    await told(store, chain.id, [applied(), verified], { owner: next });
    expect((await store.running()).has(chain.id)).toBe(false);
  });

  test('the open recovery of a change, and where it stands, is in its row', async () => {
    const store = await aStore();
    const chain = await anApprovedChange(store);
    const whole = await told(store, chain.id, [started(), applied(), verified]);
    const id = ambient.newChangeId();
    const opened = await store.append([
      { chain: whole, facts: [{ v: 1, fact: 'recovery-opened', by: id, transition: 'rollback' }], by: me },
      { chain: await store.read(id), facts: [proposed({ id, recovers: chain.id }), analysed()], by: me },
    ]);
    expect(opened).toHaveLength(2);
    expect(await rowOf(store, chain.id)).toMatchObject({ recovery: { change: id, status: 'proposed' } });
    expect(await rowOf(store, id)).toMatchObject({ recovers: chain.id, recovery: null });
    await told(store, chain.id, [{ v: 1, fact: 'recovery-ended', by: id, outcome: 'rolled-back' }]);
    expect((await rowOf(store, chain.id)).recovery).toBeNull();
  });

  test('leases are taken all or none, inherited, taken over, and given up at rest', async () => {
    const store = await aStore();
    const [a, b] = [await anApprovedChange(store), await anApprovedChange(store)];
    const [f, g, h] = [resource(`/${'long'.repeat(1000)}`), resource('/lease/g'), resource('/lease/h')];
    expect(await store.lease(a.id, [g, f])).toBe('held');
    expect(await store.lease(a.id, [f])).toBe('held');
    expect(await store.lease(b.id, [h, f])).toEqual({ resource: f, by: a.id });
    expect(await store.leases(b.id)).toEqual([]);
    expect(await store.lease(b.id, [h, f], a.id)).toBe('held');
    expect([...(await store.leases(b.id))].toSorted()).toEqual([h, f].toSorted());
    expect(await store.leases(a.id)).toEqual([g]);
    expect([await store.holder(g), await store.holder(resource('/nobody'))]).toEqual([a.id, undefined]);
    expect(await store.takeOver(g, b.id)).toBe(a.id);
    expect(await store.takeOver(resource('/nobody'), b.id)).toBeUndefined();
    expect(await store.leases(b.id)).toHaveLength(3);
    expect(await store.lease(b.id, [])).toBe('held');
    await told(store, b.id, [started(), applied()]);
    expect(await store.leases(b.id)).toHaveLength(3);
    await told(store, b.id, [verified]);
    expect(await store.leases(b.id)).toEqual([]);
  });

  test('a recovery at rest gives its leases back to what it recovers', async () => {
    const store = await aStore();
    const a = await anApprovedChange(store, { paths: ['/back'] });
    const whole = await told(store, a.id, [started(), applied(), verified]);
    const recovery = ambient.newChangeId();
    const opened = { v: 1, fact: 'recovery-opened', by: recovery, transition: 'rollback' } as const;
    await store.append([{ chain: whole, facts: [opened], by: me }]);
    await anApprovedChange(store, { id: recovery, recovers: a.id, paths: ['/back'] });
    await store.lease(recovery, [resource('/back')]);
    await told(store, recovery, [started(), applied(), verified]);
    expect([await store.leases(recovery), await store.leases(a.id)]).toEqual([[], [resource('/back')]]);
    await told(store, a.id, [{ v: 1, fact: 'recovery-ended', by: recovery, outcome: 'rolled-back' }]);
    expect(await store.leases(a.id)).toEqual([]);
  });

  test('leases wanted in any order at once never wait for each other in a ring', async () => {
    const store = await aStore();
    const changes = await Promise.all(Array.from({ length: 6 }, () => anApprovedChange(store)));
    const wanted = ['/ring/1', '/ring/2', '/ring/3'].map(resource);
    const answers = await Promise.all(
      changes.map(({ id }, i) => store.lease(id, i % 2 === 0 ? wanted : wanted.toReversed())),
    );
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
  });

  test('later changes on the same resource are named, newest first, until they are undone', async () => {
    const store = await aStore();
    const change = async (paths: readonly string[]) => {
      const { id } = await anApprovedChange(store, { paths });
      for (const [i] of paths.entries()) await told(store, id, [started(String(i + 1)), applied(String(i + 1))]);
      return (await told(store, id, [verified])).id;
    };
    const first = await change(['/on/a', '/on/b']);
    const second = await change(['/on/b']);
    await change(['/on/c']);
    const third = await change(['/on/a', '/on/b']);
    await anApprovedChange(store, { paths: ['/on/a'] });
    const on = (id: ChangeId, ...paths: readonly string[]) => store.builtOn(id, paths.map(resource));
    expect(await on(first, '/on/a', '/on/b')).toEqual([third, second]);
    expect(await on(first, '/on/a')).toEqual([third]);
    expect(await on(second, '/on/b')).toEqual([third]);
    expect(await on(third, '/on/a', '/on/b')).toEqual([]);
  });

  test('connections, tokens and kept bytes', async () => {
    const store = await aStore();
    const connection = { id: 'web-1' as never, system: 'linux', settings: { host: 'web 1', port: 22 } };
    await store.putConnection(connection);
    await store.putConnection({ ...connection, system: 'git' });
    expect(await store.connections()).toEqual([{ ...connection, system: 'git' }]);
    expect([await store.removeConnection(connection.id), await store.removeConnection(connection.id)]).toEqual([
      true,
      false,
    ]);

    const at = (second: number) => `2026-01-01T00:0${second}:00.000Z` as Instant;
    const token = { name: 'ci', scopes: ['read', 'run'], createdAt: at(0), createdBy: me, lastUsedAt: null } as const;
    await store.putToken({ ...token, hash: sha('1') });
    expect(await store.tokens()).toEqual([token]);
    expect(await store.useToken(sha('2'), at(1))).toBeUndefined();
    expect(await store.useToken(sha('1'), at(1))).toEqual({ ...token, lastUsedAt: at(1) });
    expect(await store.tokens()).toEqual([{ ...token, lastUsedAt: at(1) }]);
    await store.putToken({ ...token, hash: sha('3') });
    expect(await store.useToken(sha('1'), at(2))).toBeUndefined();
    expect([await store.removeToken('ci'), await store.removeToken('ci')]).toEqual([true, false]);

    const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i % 256);
    await store.keep(sha('4'), bytes);
    const underNewKey = bytes.toReversed();
    await store.keep(sha('4'), underNewKey);
    expect(Buffer.from((await store.kept(sha('4'))) ?? []).equals(underNewKey)).toBe(true);
    expect(await store.kept(sha('5'))).toBeUndefined();
    await store.ping();
  });

  test('pages: their union is all, nothing comes twice, and they hold still while changes come in', async () => {
    const store = await place.open(await place.freshUrl());
    const ids: ChangeId[] = [];
    const more = async (count: number) => {
      for (let i = 0; i < count; i++)
        ids.push(
          (
            await aChange(store, {
              title: i % 3 === 0 ? 'Rotate a key' : '100%_sure',
              environment: i % 2 ? 'prod' : 'test',
            })
          ).id,
        );
    };
    await more(23);
    const walk = async (query: ChangeQuery, between?: () => Promise<void>) => {
      const seen: ChangeRow[] = [];
      for (let after: string | null = ''; after !== null;) {
        const page: ChangePage = await pageOf(store, { ...query, ...(after !== '' && { after }) });
        expect(page.changes.length).toBeLessThanOrEqual(query.limit ?? 50);
        seen.push(...page.changes);
        after = page.next;
        await between?.();
      }
      return seen;
    };
    const newestFirst = () => ids.toSorted().toReversed();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        expect((await walk({ limit })).map(({ id }) => id)).toEqual(newestFirst());
      }),
      { numRuns: 12 },
    );
    const before = newestFirst();
    expect((await walk({ limit: 5 }, () => more(1))).map(({ id }) => id)).toEqual(before);
    const where = async (query: ChangeQuery) => (await walk({ ...query, limit: 4 })).map(({ id }) => id);
    const rows = await walk({});
    const those = (wanted: (row: ChangeRow) => boolean) => rows.filter(wanted).map(({ id }) => id);
    expect(await where({ environment: 'prod' })).toEqual(those((row) => row.environment === 'prod'));
    expect(await where({ text: 'KEY rotate' })).toEqual(those((row) => row.title === 'Rotate a key'));
    expect(await where({ text: '%_' })).toEqual(those((row) => row.title === '100%_sure'));
    expect(await where({ text: 'nowhere' })).toEqual([]);
    expect(await where({ status: ['proposed'] })).toEqual(newestFirst());
    expect(await store.countByStatus()).toEqual({ proposed: ids.length });
    expect(await where({ status: ['closed'], class: ['forward-only'] })).toEqual([]);
    expect(await where({ resource: 'local/file:/f' })).toEqual([]);
    await expect(store.list({ after: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('[R0.7] every story is told, and a rebuild makes the same projection byte for byte', async () => {
    for (const name of stories) {
      const store = await place.open(await place.freshUrl());
      const chains = new Map<string, Chain>();
      for (const { of, happened } of toldStory(name).facts) {
        const { fact, by } = happened;
        const chain = chains.get(of) ?? (fact.fact === 'proposed' && (await store.read(fact.change.id)));
        if (!chain) throw new Error(`the story of ${of} begins in its middle`);
        const appended = await store.append([{ chain, facts: [fact], by }]);
        if (typeof appended === 'string') throw new Error(appended);
        chains.set(of, appended[0]);
      }
      const page = await store.list({});
      expect(await store.rebuild()).toBe(chains.size);
      expect(await store.list({})).toBe(page);
    }
  }, 60_000);

  test('a change of a hundred steps and one with a title of strange characters', async () => {
    const store = await aStore();
    const paths = Array.from({ length: 100 }, (_, i) => `/many/${i}`);
    const chain = await anApprovedChange(store, { paths, title: '\uD83D\uDE00 \\u0000 \u2028 "\'$1' });
    expect(await rowOf(store, chain.id)).toMatchObject({ steps: 100, title: '\uD83D\uDE00 \\u0000 \u2028 "\'$1' });
    expect((await pageOf(store, { resource: 'local/file:/many/77' })).changes.map(({ id }) => id)).toEqual([chain.id]);
  });
});
