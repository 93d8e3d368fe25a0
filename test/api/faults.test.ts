import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { FaultAnswer } from '#src/api/answer-fault.ts';
import { faults } from '#src/model/fault.ts';

import { modes, world, type World } from './world.ts';

let here: World;
let server: FastifyInstance;
let at: string;
let token: string;
beforeAll(async () => {
  here = await world();
  ({ server, at } = await here.serve());
  token = await here.token();
});
afterAll(() => here.end());

const json = { 'content-type': 'application/json' };
const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, more: InjectOptions = {}) => {
  const headers = { authorization: `Bearer ${token}`, ...more.headers };
  const answer = await server.inject({ ...more, method, url, headers });
  return { status: answer.statusCode, body: answer.body, fault: () => FaultAnswer.parse(answer.json()).fault };
};
const nobody = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const proposal = (mode: unknown) => ({
  title: 'T',
  environment: 'test',
  steps: [{ 'linux.set-file-mode': { path: '/nowhere', mode } }],
});

describe('a fault has the status of the table, and one shape', () => {
  test.each([
    { code: 'not-found', method: 'GET', url: `/api/v1/changes/${nobody}` },
    { code: 'not-found', method: 'GET', url: '/api/v1/changes/find/ZZZZ' },
    { code: 'not-found', method: 'GET', url: '/api/v1/nothing' },
    { code: 'not-found', method: 'POST', url: '/nothing' },
    { code: 'not-found', method: 'DELETE', url: '/api/v1/tokens/nobody' },
    { code: 'invalid-input', method: 'GET', url: '/api/v1/changes/nothing' },
    { code: 'invalid-input', method: 'GET', url: '/api/v1/changes?limit=501' },
    { code: 'invalid-input', method: 'GET', url: '/api/v1/changes?limit=0' },
    { code: 'invalid-input', method: 'GET', url: '/api/v1/changes?status=finnished' },
    { code: 'invalid-input', method: 'GET', url: '/api/v1/changes?statsu=failed' },
    { code: 'invalid-input', method: 'POST', url: '/api/v1/changes', payload: { title: 'T' } },
    { code: 'invalid-input', method: 'POST', url: `/api/v1/changes/${nobody}/resolve`, payload: { step: '1' } },
    { code: 'invalid-input', method: 'POST', url: `/api/v1/changes/${nobody}/skip`, payload: { step: 1 } },
    { code: 'invalid-input', method: 'POST', url: '/api/v1/tokens', payload: { name: 'x', scopes: ['root'] } },
  ] as const)('$method $url: $code', async ({ code, ...asked }) => {
    const answer = await ask(asked.method, asked.url, 'payload' in asked ? { payload: asked.payload } : {});
    expect(answer.fault()).toMatchObject({ code, retry: faults[code].retry });
    expect(answer.status).toBe(faults[code].http);
  });

  test('out of order, with the change that is meant', async () => {
    const { id } = await here.as('local:ana').propose(modes('early', [await here.file('early'), '0600']));
    const early = await ask('POST', `/api/v1/changes/${id}/run`);
    expect([early.status, early.fault().code, early.fault().at]).toEqual([409, 'needs-a-person', id]);
    const twice = await ask('POST', `/api/v1/changes/${id}/retry`, { payload: { step: '1' } });
    expect([twice.status, twice.fault().code]).toEqual([409, 'out-of-order']);
  });

  test('bad input says where it is and what belongs there', async () => {
    const answer = await ask('POST', '/api/v1/changes', { payload: proposal(600) });
    expect(answer.fault().code).toBe('invalid-input');
    expect(answer.fault().message).toMatch(/mode/);
    const query = (await ask('GET', '/api/v1/changes?limit=501')).fault();
    expect([query.at, query.message]).toEqual(['limit', expect.stringContaining('500')]);
  });
});

describe('what comes in is bounded', () => {
  test('a body of more than 1 MiB is refused', async () => {
    const answer = await ask('POST', '/api/v1/changes', { payload: { title: 'x'.repeat(1_048_577) } });
    expect([answer.status, answer.fault().code]).toEqual([413, 'invalid-input']);
  });

  test('a body that does not say its length is refused where it becomes too long', async () => {
    const response = await fetch(`${at}/api/v1/changes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...json },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array(600_000).fill(32));
          controller.enqueue(new Uint8Array(600_000).fill(32));
          controller.close();
        },
      }),
      duplex: 'half',
    });
    expect(response.status).toBe(413);
  });

  test('a body that is nested without end is refused', async () => {
    const nested = '{"steps":'.concat('['.repeat(100_000), ']'.repeat(100_000), '}');
    const answer = await ask('POST', '/api/v1/changes', { payload: nested, headers: json });
    expect([answer.status, answer.fault().code]).toEqual([422, 'invalid-input']);
    const settings = await ask('POST', '/api/v1/connections', {
      payload: `{"id":"x","system":"linux","settings":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
      headers: json,
    });
    expect([settings.status, settings.fault().code]).toEqual([422, 'invalid-input']);
  });

  test('headers of more than 16 KiB are refused', async () => {
    const response = await fetch(`${at}/health`, { headers: { 'x-long': 'x'.repeat(20_000) } });
    expect(response.status).toBe(431);
    expect(FaultAnswer.parse(await response.json()).fault.code).toBe('invalid-input');
  });

  test.each([
    { sends: 'text', headers: { 'content-type': 'text/plain' }, payload: 'a=b', status: 415 },
    { sends: 'a form', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'a=b', status: 415 },
    { sends: 'broken JSON', headers: json, payload: '{"title": canary', status: 400 },
    { sends: 'a poisoned prototype', headers: json, payload: '{"__proto__": {"x": 1}}', status: 400 },
  ])('a body of $sends is refused', async ({ headers, payload, status }) => {
    const answer = await ask('POST', '/api/v1/changes', { headers, payload });
    expect([answer.status, answer.fault().code]).toEqual([status, 'invalid-input']);
    expect(answer.body).not.toContain('canary');
  });

  test('what is no HTTP is answered as a fault, and nothing of it is repeated', async () => {
    const socket = connect(Number(new URL(at).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('canary canary canary\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(FaultAnswer.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).fault.code).toBe('invalid-input');
    expect(answer).not.toContain('canary');
  });

  test('an address that cannot be read is a fault', async () => {
    const answer = await ask('GET', '/%zz');
    expect([answer.status, answer.fault().code]).toEqual([400, 'invalid-input']);
  });
});

describe('secrets', () => {
  test.each(['env:HOME', 'file:/etc/passwd', 'stdin', ''])(
    'a reference to %j is not resolved here',
    async (reference) => {
      const payload = proposal({ $secret: reference });
      for (const [method, url] of [
        ['POST', '/api/v1/changes'],
        ['POST', '/api/v1/changes/preview'],
        ['PUT', `/api/v1/changes/${nobody}`],
      ] as const) {
        const answer = await ask(method, url, { payload });
        expect([answer.status, answer.fault().code]).toEqual([422, 'invalid-input']);
        expect(answer.body).not.toContain(`"${reference}"`);
        expect(answer.fault().at).toBe('steps.0.linux.set-file-mode.mode');
      }
      const connection = { id: 'db', system: 'postgres', settings: { password: { $secret: reference } } };
      const answer = await ask('POST', '/api/v1/connections', { payload: connection });
      expect([answer.status, answer.fault().at]).toEqual([422, 'settings.password']);
    },
  );

  test('no token, body, header or query is in the log, whatever goes wrong', async () => {
    const canary = 'canary-7f3a91';
    const unknown = `rct_${'canary-7f3a91'.padEnd(43, '0')}`;
    await ask('GET', `/api/v1/changes?text=${canary}`);
    await ask('GET', `/api/v1/changes?${canary}=1`);
    await ask('GET', `/nothing/${canary}`);
    await ask('GET', '/api/v1/changes', { headers: { authorization: `Bearer ${unknown}`, cookie: canary } });
    await ask('POST', '/api/v1/changes', { payload: proposal({ $plain: canary }) });
    await ask('POST', '/api/v1/changes', { payload: `{"title": ${canary}`, headers: json });
    await ask('POST', '/api/v1/tokens', { payload: { name: canary, scopes: [canary] } });
    await ask('POST', '/api/v1/connections', {
      payload: { id: 'db', system: 'postgres', settings: { host: 1, password: { $plain: canary } } },
    });
    const made = await ask('POST', '/api/v1/tokens', { payload: { name: 'logged', scopes: ['read'] } });
    const log = here.log.join('');
    expect(log).toContain('"route":"/api/v1/changes"');
    expect(log).not.toContain(canary);
    expect(log).not.toContain(token);
    expect(log).not.toContain((JSON.parse(made.body) as { token: string }).token);
  });
});

test('a bug is answered with the number of its incident, and its details go to the log alone', async () => {
  const broken = () => Promise.reject(new TypeError('details of the inside'));
  const { server: other } = await here.serve({ recourse: (by) => ({ ...here.as(by), operations: broken }) });
  const headers = { authorization: `Bearer ${token}` };
  const answer = await other.inject({ method: 'GET', url: '/api/v1/operations', headers });
  const { fault } = FaultAnswer.parse(answer.json());
  expect(answer.statusCode).toBe(500);
  expect(fault.code).toBe('bug');
  expect(answer.body).not.toContain('inside');
  const { incident } = fault.details as { incident: string };
  const line = here.log.find((one) => one.includes(incident));
  expect(line).toContain('details of the inside');
});
