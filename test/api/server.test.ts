import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { listen } from '#src/api/listen.ts';
import { countedMetrics } from '#src/api/metrics.ts';
import { ChangePage, ChangeView, type Recovered } from '#src/model/view.ts';

import { modes, world, type World } from './world.ts';

let here: World;
let server: FastifyInstance;
let headers: { authorization: string };
beforeAll(async () => {
  here = await world();
  ({ server } = await here.serve());
  headers = { authorization: `Bearer ${await here.token()}` };
});
afterAll(() => here.end());

const propose = (key?: string) =>
  server.inject({
    method: 'POST',
    url: '/api/v1/changes',
    headers: { ...headers, ...(key !== undefined && { 'idempotency-key': key }) },
    payload: modes('T', ['/etc/hosts', '0644']),
  });
const list = (query: string) => server.inject({ method: 'GET', url: `/api/v1/changes${query}`, headers });

describe('proposing', () => {
  test('answers 201 with the address of the change', async () => {
    const answer = await propose();
    const { id } = ChangeView.parse(answer.json());
    expect([answer.statusCode, answer.headers['location']]).toEqual([201, `/api/v1/changes/${id}`]);
  });

  test('the same Idempotency-Key is the same change, also when it is sent at the same time', async () => {
    const answers = await Promise.all(['k1', 'k1', 'k1', 'k2'].map(propose));
    const ids = answers.map((answer) => ChangeView.parse(answer.json()).id);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(ids[3]).not.toBe(ids[0]);
    expect(ChangeView.parse((await propose('k1')).json()).id).toBe(ids[0]);
  });

  test('a change that is run by a worker is answered with 202 at once', async () => {
    const { id } = ChangeView.parse((await propose()).json());
    const act = async (name: string) =>
      server.inject({ method: 'POST', url: `/api/v1/changes/${id}/${name}`, headers });
    expect((await act('approve')).statusCode).toBe(200);
    const ran = await act('run');
    expect([ran.statusCode, ChangeView.parse(ran.json()).status]).toEqual([202, 'scheduled']);
  });
});

describe('the list', () => {
  test('is the text of the store, byte for byte', async () => {
    const answer = await list('?limit=2');
    expect(answer.body).toBe(await here.store.list({ limit: 2 }));
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const page = ChangePage.parse(answer.json());
    const next = await list(`?limit=2&after=${page.next}`);
    expect(next.body).toBe(await here.store.list({ limit: 2, after: page.next ?? '' }));
    for (const query of ['?status=proposed', '?status=awaiting-approval&status=approved'])
      for (const { status } of ChangePage.parse((await list(query)).json()).changes) expect(query).toContain(status);
  });
});

test('what is answered is what the schemas say', async () => {
  const path = await here.file('shapes');
  const ana = here.as('local:ana');
  const { id } = await ana.propose(modes('T', [path, '0600']));
  await ana.approve(id, {});
  await ana.run(id, {});
  const recovered: Recovered = await ana.recover(id, {});
  for (const one of [id, recovered.recovery?.id]) {
    const { body } = await server.inject({ method: 'GET', url: `/api/v1/changes/${one}`, headers });
    expect(ChangeView.parse(JSON.parse(body))).toEqual(JSON.parse(body));
  }
});

test('the evidence of a change is a file, and nothing is done to it', async () => {
  const ana = here.as('local:ana');
  const { id } = await ana.propose(modes('T', ['/etc/hosts', '0644']));
  const answer = await server.inject({ method: 'GET', url: `/api/v1/changes/${id}/evidence`, headers });
  expect(answer.body).toBe(await ana.exportEvidence(id));
  expect(answer.headers).toMatchObject({
    'content-disposition': `attachment; filename="${id}.jsonl"`,
    'content-type': 'application/jsonl; charset=utf-8',
  });
});

describe('health', () => {
  test('is open to everybody and says which part is ill', async () => {
    expect((await server.inject({ method: 'GET', url: '/health' })).json()).toEqual({
      healthy: true,
      version: '0.0.0',
      parts: { store: true },
    });
    const { server: ill } = await here.serve({ health: async () => ({ store: false, queue: true }) });
    const answer = await ill.inject({ method: 'GET', url: '/health' });
    expect([answer.statusCode, answer.json().parts]).toEqual([503, { store: false, queue: true }]);
  });

  test('a part that fails or never answers is ill', async () => {
    const { server: failing } = await here.serve({ health: () => Promise.reject(new Error('inside')) });
    const answer = await failing.inject({ method: 'GET', url: '/health' });
    expect([answer.statusCode, answer.body.includes('inside')]).toEqual([503, false]);
    const { server: hanging } = await here.serve({
      health: () => new Promise(() => undefined),
      ambient: { ...here.ambient, sleep: async () => undefined },
    });
    expect((await hanging.inject({ method: 'GET', url: '/health' })).statusCode).toBe(503);
  });
});

describe('metrics', () => {
  test('count requests by route, changes by status, and name no address of a caller', async () => {
    let isCounted = true;
    const metrics = countedMetrics({
      version: '1.2.3',
      changesByStatus: () =>
        isCounted ? Promise.resolve({ applied: 3, stuck: 1 }) : Promise.reject(new Error('the store is gone')),
    });
    const { server: counting } = await here.serve({ metrics });
    const read = async () => (await counting.inject({ method: 'GET', url: '/metrics', headers })).body;
    for (const url of ['/api/v1/changes', '/api/v1/changes/nothing-a', '/api/v1/changes/nothing-b', '/x/a', '/x/b'])
      await counting.inject({ method: 'GET', url, headers });
    const text = await read();
    expect(text).toContain('recourse_http_requests_total{method="GET",route="/api/v1/changes",status="200"} 1');
    expect(text).toContain('recourse_http_requests_total{method="GET",route="/api/v1/changes/:id",status="422"} 2');
    expect(text).toContain('recourse_http_requests_total{method="other",route="none",status="404"} 2');
    expect(text).toContain('recourse_http_request_duration_seconds_count{method="GET",route="/api/v1/changes"} 1');
    expect(text).toContain('recourse_changes{status="applied"} 3');
    expect(text).toContain('recourse_build_info{version="1.2.3"} 1');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('nothing-a');
    isCounted = false;
    const without = await read();
    expect(without).toContain('recourse_changes_counted 0');
    expect(without).not.toContain('recourse_changes{');
  });
});

describe('the web page', () => {
  const page = '<!doctype html><title>Recourse</title>';
  let web: FastifyInstance;
  beforeAll(async () => {
    const webRoot = join(here.folder, 'web');
    await mkdir(join(webRoot, 'assets'), { recursive: true });
    await writeFile(join(webRoot, 'index.html'), page);
    await writeFile(join(webRoot, '.secret'), 'hidden');
    await writeFile(join(webRoot, 'assets', 'app-1a2b.js'), 'export {}');
    ({ server: web } = await here.serve({ webRoot }));
  });
  const get = (url: string, accept = 'text/html,*/*') => web.inject({ method: 'GET', url, headers: { accept } });

  test('is there for every address that is not the API', async () => {
    for (const url of ['/', '/changes', '/changes/01ARZ3NDEKTSV4RRFFQ69G5FAV?tab=facts']) {
      const answer = await get(url);
      expect([answer.statusCode, answer.body]).toEqual([200, page]);
    }
    for (const [url, accept] of [
      ['/assets/gone.js', '*/*'],
      ['/api/v1/nothing', 'text/html'],
      ['/.secret', '*/*'],
      ['/..%2fdata', '*/*'],
      ['/changes', 'application/json'],
    ] as const) {
      const answer = await get(url, accept);
      expect([url, answer.statusCode >= 400, answer.json()]).toEqual([url, true, { fault: expect.anything() }]);
    }
    expect((await web.inject({ method: 'POST', url: '/changes' })).statusCode).toBe(404);
  });

  test('is kept only where its name changes with its contents, and loads nothing from elsewhere', async () => {
    const [start, script, api] = [await get('/'), await get('/assets/app-1a2b.js'), await get('/api/v1/changes')];
    expect(start.headers['cache-control']).toBe('no-cache');
    expect(script.headers['cache-control']).toContain('immutable');
    expect(api.headers['cache-control']).toBe('no-store');
    expect(start.headers['content-security-policy']).toMatchInlineSnapshot(
      `"default-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'"`,
    );
    expect(start.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });
});

test('an address that is taken, or is none, is a clear fault', async () => {
  const { at } = await here.serve();
  const { port } = new URL(at);
  await expect(here.serve({}, Number(port))).rejects.toMatchObject({ code: 'in-use', at: `127.0.0.1:${port}` });
  await expect(listen(server, { host: '203.0.113.7', port: 0 })).rejects.toMatchObject({ code: 'invalid-input' });
});
