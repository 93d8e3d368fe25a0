import { describe, expect } from 'vitest';

import { migrations } from '#src/store/migrations.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

import { aChange } from './a-change.ts';
import { run } from './children.ts';
import { kinds, placeOf, query } from './stores.ts';

describe.each(kinds.filter((kind) => kind !== 'the embedded store'))('%s', (kind) => {
  const place = placeOf(kind);

  place.test(
    'four processes that start at once on a new database all open it',
    async () => {
      const url = await place.freshUrl();
      const children = [1, 2, 3, 4].map(() => run('open.ts', url));
      for (const child of children) expect(await child.line()).toBe('ready');
      for (const child of children) child.process.stdin?.end('now\n');
      for (const child of children) expect(await child.line()).toBe('open');
      expect(await query(url, 'select version from recourse.version')).toEqual([{ version: migrations.length }]);
      await Promise.all(children.map((child) => child.ended()));
    },
    60_000,
  );

  place.test('a schema that a newer Recourse has made is refused, and says its version', async () => {
    const url = await place.freshUrl();
    const store = await place.open(url);
    await aChange(store);
    await query(url, 'update recourse.version set version = 99');
    await expect(openStore({ url, ambient })).rejects.toMatchObject({
      code: 'store-failed',
      message: `The store has version 99 of the schema, and this Recourse knows version ${migrations.length}.`,
    });
  });

  place.test('everything is in two schemas of its own', async () => {
    const url = await place.freshUrl();
    const store = await place.open(url);
    await (await store.work(async () => undefined, { concurrency: 1 })).stop();
    const schemas = await query<{ schema: string }>(
      url,
      `select distinct table_schema as schema from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema') order by 1`,
    );
    expect(schemas.map(({ schema }) => schema)).toEqual(['recourse', 'recourse_boss']);
  });
});
