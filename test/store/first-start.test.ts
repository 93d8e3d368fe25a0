import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openDatabase } from '#src/store/embedded.ts';
import { makeDatabaseFolder } from '#src/store/first-start.ts';
import { openStore } from '#src/store/open.ts';
import { writeTemplate } from '#src/store/template.ts';
import { ambient } from '#src/systems/host.ts';

import { aChange } from './a-change.ts';

describe('the first start', () => {
  let folder = '';
  let template = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-first-'));
    template = join(folder, 'template.tgz');
    await writeTemplate(template, ambient);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  const made = async (name: string, from?: string) => {
    const data = join(folder, name);
    await mkdir(data);
    await makeDatabaseFolder(join(data, 'pg'), from);
    return data;
  };
  const works = async (data: string) => {
    const store = await openStore({ url: data, ambient });
    const { id } = await aChange(store);
    expect((await store.read(id)).evidence).toHaveLength(1);
    await store.close();
  };

  test('from the template: both schemas are there, and nothing is in them', async () => {
    const data = await made('template', template);
    const { db, lite } = await openDatabase(join(data, 'pg'));
    expect(await db.selectFrom('recourse.change').select('id').execute()).toEqual([]);
    expect((await lite.query('select from recourse_boss.job')).rows).toEqual([]);
    await lite.close();
    await works(data);
  }, 30_000);

  test('without a template the database makes itself, durable too', async () => {
    const data = await made('bare', '');
    await works(data);
    const { lite } = await openDatabase(join(data, 'pg'));
    expect((await lite.query('show fsync')).rows).toEqual([{ fsync: 'on' }]);
    await lite.close();
  }, 30_000);

  test('one that was cut off is begun again, and a whole one is left alone', async () => {
    const data = join(folder, 'again');
    await mkdir(join(data, 'pg.new'), { recursive: true });
    await writeFile(join(data, 'pg.new', 'PG_VERSION'), '1');
    await makeDatabaseFolder(join(data, 'pg'), template);
    expect((await readdir(data)).toSorted()).toEqual(['pg']);
    await writeFile(join(data, 'pg', 'mark'), '');
    await makeDatabaseFolder(join(data, 'pg'), template);
    expect(await readdir(join(data, 'pg'))).toContain('mark');
    await works(data);
  }, 30_000);
});
