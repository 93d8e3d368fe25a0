import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { packTar } from 'modern-tar/fs';

import type { Ambient } from '../model/ambient.ts';
import { makeDatabaseFolder } from './first-start.ts';
import { openStore } from './open.ts';
import { openPglite } from './pglite.ts';

/** Writes the template that a first start unpacks: a database with both schemas made, and nothing in it. */
export async function writeTemplate(file: string, ambient: Ambient): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = await mkdtemp(`${file}.`);
  try {
    const data = join(beside, 'data');
    await mkdir(data);
    await makeDatabaseFolder(join(data, 'pg'), ''); // not from another template
    const store = await openStore({ url: data, ambient });
    const worker = await store.work(async () => undefined, { concurrency: 1 });
    await worker.stop();
    await store.close();
    await slim(join(data, 'pg'));
    const made = join(beside, 'tgz');
    await pipeline(packTar(join(data, 'pg')), createGzip({ level: 9 }), createWriteStream(made));
    await rename(made, file);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** Nobody opens the two template databases: without them there are a third of the files to unpack. */
async function slim(folder: string): Promise<void> {
  const lite = await openPglite(folder);
  await lite.exec("update pg_database set datistemplate = false where datname like 'template_'");
  for (const name of ['template0', 'template1']) await lite.exec(`drop database ${name}`);
  await lite.exec('vacuum freeze');
  await lite.exec('checkpoint');
  await lite.close();
}
