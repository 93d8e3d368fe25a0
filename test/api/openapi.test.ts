import type { OpenAPIV3_1 } from 'openapi-types';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { needs } from '#src/api/needs.ts';

import { world, type World } from './world.ts';

let here: World;
let described: OpenAPIV3_1.Document;
beforeAll(async () => {
  here = await world();
  const { server } = await here.serve();
  const headers = { authorization: `Bearer ${await here.token('read')}` };
  described = (await server.inject({ method: 'GET', url: '/api/v1/openapi.json', headers })).json();
});
afterAll(() => here.end());

const operations = (): readonly (readonly [route: string, operation: OpenAPIV3_1.OperationObject])[] =>
  Object.entries(described.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(
      ([method, operation]) =>
        [
          `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
          operation as OpenAPIV3_1.OperationObject,
        ] as const,
    ),
  );

test('describes every route and no other, with the scope that it needs', () => {
  const wanted = Object.entries(needs).filter(([route]) => !route.endsWith('/*'));
  expect(operations().map(([route, { security }]) => [route, security])).toEqual(
    expect.arrayContaining(
      wanted.map(([route, need]) => {
        if (need === 'open') return [route, []];
        return [route, [{ token: need === 'token' ? [] : [need] }]];
      }),
    ),
  );
  expect(operations()).toHaveLength(wanted.length);
});

test('the addresses of the API are a promise', async () => {
  const lines = Object.entries(needs).map(([route, need]) => `${route}  ${need}\n`);
  await expect(lines.join('')).toMatchFileSnapshot('golden/routes.txt');
});

test('says of every route what it is for, and what answers when it fails', () => {
  const answers = operations().filter(([route]) => !/ \/(health|metrics)$|openapi/.test(route));
  const told = answers.map(([route, { summary, responses = {} }]) => ({
    route,
    isSummed: /^[A-Z]/.test(summary ?? ''),
    hasAnswer: Object.keys(responses).some((status) => status.startsWith('2')),
    hasFault: JSON.stringify(responses['default']).includes('#/components/schemas/FaultAnswer'),
  }));
  expect(told).toEqual(answers.map(([route]) => ({ route, isSummed: true, hasAnswer: true, hasFault: true })));
});

test('every named schema is there and is used', () => {
  const text = JSON.stringify(described);
  const used = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
  expect(new Set(Object.keys(described.components?.schemas ?? {}))).toEqual(used);
  expect(text).not.toContain('"readOnly":true');
});
