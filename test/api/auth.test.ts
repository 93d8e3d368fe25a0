import { request } from 'node:http';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { listen } from '#src/api/listen.ts';
import { needs } from '#src/api/needs.ts';
import { buildServer } from '#src/api/server.ts';
import type { FaultReport } from '#src/model/fault-report.ts';
import { TokenScope } from '#src/model/token.ts';

import { world, type World } from './world.ts';

let here: World;
let server: Awaited<ReturnType<World['serve']>>['server'];
beforeAll(async () => {
  here = await world();
  ({ server } = await here.serve());
});
afterAll(() => here.end());

const faultOf = (body: string): FaultReport => (JSON.parse(body) as { fault: FaultReport }).fault;
const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An address that fits the route and names nothing; a body that no route accepts. */
const addressOf = (path: string): string =>
  path
    .replace(':id', path.includes('/connections/') ? 'nowhere' : '01ARZ3NDEKTSV4RRFFQ69G5FAV')
    .replace(':ending', 'ZZZZ')
    .replace(':name', 'nobody')
    .replace('/events', '/events?change=none');

const guarded = Object.entries(needs).flatMap(([route, need]) => {
  const [method, path] = route.split(' ') as [Method, string];
  return need === 'open' ? [] : [{ method, path, url: addressOf(path), need }];
});
const scoped = guarded.flatMap(({ need, ...route }) => (need === 'token' ? [] : [{ ...route, need }]));

describe('every route', () => {
  test.each(guarded)('$method $path is closed without a token, or with an unknown one', async ({ method, url }) => {
    const without = await server.inject({ method, url });
    expect(without.statusCode).toBe(401);
    expect(without.headers['www-authenticate']).toBe('Bearer');
    expect(faultOf(without.body)).toMatchObject({ code: 'not-allowed', retry: 'never' });
    for (const token of [`rct_${'A'.repeat(43)}`, 'rct_short', 'none', '../../etc/passwd']) {
      const unknown = await server.inject({ method, url, headers: bearer(token) });
      expect(unknown.statusCode).toBe(401);
      expect(unknown.body).not.toContain(token === 'none' ? 'Bearer none' : token);
    }
  });

  test.each(scoped)('$method $path is closed to a token with every scope but $need', async ({ method, url, need }) => {
    const token = await here.token(...TokenScope.options.filter((scope) => scope !== need));
    const answer = await server.inject({ method, url, headers: bearer(token) });
    expect(answer.statusCode).toBe(403);
    expect(faultOf(answer.body)).toMatchObject({ code: 'not-allowed', details: { needs: need } });
  });

  test.each(scoped)('$method $path is open to a token with the scope $need alone', async ({ method, url, need }) => {
    const answer = await server.inject({ method, url, headers: bearer(await here.token(need)) });
    expect([401, 403, 500]).not.toContain(answer.statusCode);
  });

  test('a token is not taken from the address', async () => {
    const token = await here.token();
    const answer = await server.inject({ method: 'GET', url: `/api/v1/changes?token=${token}&access_token=${token}` });
    expect(answer.statusCode).toBe(401);
  });
});

describe('tokens', () => {
  test('GET /me says who asks', async () => {
    const { token } = await here.as('local:tester').createToken({ name: 'ci', scopes: ['read', 'run'] });
    const answer = await server.inject({ method: 'GET', url: '/api/v1/me', headers: bearer(token) });
    expect(answer.json()).toEqual({ by: 'token:ci', scopes: ['read', 'run'] });
  });

  test('a token hands on only what it has', async () => {
    const headers = bearer(await here.token('admin'));
    const more = { method: 'POST', url: '/api/v1/tokens', headers } as const;
    const refused = await server.inject({ ...more, payload: { name: 'more', scopes: ['admin', 'run'] } });
    expect(refused.statusCode).toBe(403);
    expect(faultOf(refused.body).message).toContain('run');
    const made = await server.inject({ ...more, payload: { name: 'same', scopes: ['admin'] } });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ name: 'same', scopes: ['admin'], token: expect.stringMatching(/^rct_.{43}$/) });
    expect((await server.inject({ method: 'GET', url: '/api/v1/tokens', headers })).body).not.toContain('rct_');
  });

  test('a token that was removed is refused at once', async () => {
    const admin = bearer(await here.token());
    const { token } = await here.as('local:tester').createToken({ name: 'leaver', scopes: ['read'] });
    const ask = () => server.inject({ method: 'GET', url: '/api/v1/changes', headers: bearer(token) });
    expect((await ask()).statusCode).toBe(200);
    const removed = await server.inject({ method: 'DELETE', url: '/api/v1/tokens/leaver', headers: admin });
    expect([removed.statusCode, removed.body]).toEqual([204, '']);
    expect((await ask()).statusCode).toBe(401);
  });
});

describe('limits', () => {
  test('an address without a known token is slowed down, and a token that is known is not', async () => {
    const perMinute = { token: 1_000, address: 5 };
    const { server: slow } = await here.serve({ limits: { perMinute } });
    const headers = bearer(await here.token('read'));
    const ask = (more: object) => slow.inject({ method: 'GET', url: '/api/v1/changes', ...more });
    expect((await ask({ headers })).statusCode).toBe(200);
    for (const status of [401, 401, 401, 401, 429]) expect((await ask({})).statusCode).toBe(status);
    const refused = await ask({ headers: bearer(`rct_${'B'.repeat(43)}`) });
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(faultOf(refused.body)).toMatchObject({ code: 'rate-limited', retry: 'later' });
    expect((await ask({ headers })).statusCode).toBe(200);
  });

  test('a token has a limit of its own', async () => {
    const { server: slow } = await here.serve({ limits: { perMinute: { token: 3, address: 100 } } });
    const [mine, other] = [bearer(await here.token('read')), bearer(await here.token('read'))];
    const ask = async (headers: object) =>
      (await slow.inject({ method: 'GET', url: '/api/v1/me', headers: { ...headers } })).statusCode;
    for (const status of [200, 200, 200, 200, 429]) expect(await ask(mine)).toBe(status);
    expect(await ask(other)).toBe(200);
  });
});

describe('other sites', () => {
  const write = async (headers: Record<string, string>): Promise<number> => {
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/changes/01ARZ3NDEKTSV4RRFFQ69G5FAV/note',
      headers: { ...bearer(await here.token('run')), ...headers },
      payload: { text: 'x' },
    });
    return answer.statusCode;
  };

  test.each([
    { host: 'evil.example', status: 403 },
    { host: 'evil.example:4600', status: 403 },
    { host: 'localhost.evil.example', status: 403 },
    { host: 'localhost:4600', status: 404 },
    { host: '127.0.0.1:4600', status: 404 },
    { host: '[::1]:4600', status: 404 },
  ])('the name $host is answered with $status', async ({ host, status }) => {
    expect(await write({ host })).toBe(status);
  });

  test('a write that another page sent is refused', async () => {
    const host = '127.0.0.1:4600';
    expect(await write({ host, origin: 'http://127.0.0.1:4600', 'sec-fetch-site': 'same-origin' })).toBe(404);
    expect(await write({ host, origin: 'http://127.0.0.1:4601' })).toBe(403);
    expect(await write({ host, origin: 'https://evil.example' })).toBe(403);
    expect(await write({ host, origin: 'null' })).toBe(403);
    expect(await write({ host, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await write({ host, 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  test('a server may have a name of its own', async () => {
    const { server: named } = await here.serve({ hosts: ['recourse.example'] });
    const ask = async (host: string) =>
      (await named.inject({ method: 'GET', url: '/health', headers: { host } })).statusCode;
    expect(await ask('recourse.example')).toBe(200);
    expect(await ask('other.example')).toBe(403);
  });
});

test('whoever reaches the socket is its user, with every scope', async () => {
  const { at: socketPath } = await here.serve({ trustSocket: 'local:ana' });
  const answer = await new Promise<string>((resolve, reject) => {
    request({ socketPath, path: '/api/v1/me' }, (incoming) => resolve(text(incoming)))
      .on('error', reject)
      .end();
  });
  expect(JSON.parse(answer)).toEqual({ by: 'local:ana', scopes: TokenScope.options });
});

test('a server that trusts its socket answers nobody on a port', async () => {
  const { server: trusting } = await here.serve({ trustSocket: 'local:ana' });
  expect((await trusting.inject({ method: 'GET', url: '/api/v1/me' })).statusCode).toBe(200); // it listens on its socket
  await trusting.close();
  const other = await buildServer({ ...here.options, trustSocket: 'local:ana' });
  const at = await listen(other, { port: 0 });
  expect((await fetch(`${at}/api/v1/me`)).status).toBe(500);
  await other.close();
});
