import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { unpackTar } from 'modern-tar/fs';

import { openPglite } from './pglite.ts';

/** An initialised, empty database, made when Recourse was built: making one takes seconds and 800 MB. */
export const templateName = 'pglite-template.tgz';

/** Beside the bundle, beside the bundle's chunks, or in `dist/` when run from the sources. */
export const builtTemplate = (): string | undefined =>
  ['.', '..', '../../dist'].map((place) => join(import.meta.dirname, place, templateName)).find(existsSync);

/**
 * Makes the database folder when there is none: from the template, or with initdb where there is no template. A folder
 * of that name is always whole.
 */
export async function makeDatabaseFolder(folder: string, template = builtTemplate()): Promise<void> {
  await finishPlacing(folder);
  if (existsSync(folder)) return;
  const beside = `${folder}.new`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { mode: 0o700 });
  if (template) await unpack(template, beside);
  else await (await openPglite(beside)).close();
  await takePlace(beside, folder);
}

const unpack = (archive: string, folder: string): Promise<void> =>
  pipeline(createReadStream(archive), createGunzip(), unpackTar(folder, { fmode: 0o600, dmode: 0o700 }));

/** Puts a finished folder into the place of another, or of none; after a crash in the middle the next start goes on. */
export async function takePlace(beside: string, folder: string): Promise<void> {
  await flushAll(beside);
  await rename(beside, nextOf(folder));
  await flush(dirname(folder));
  await finishPlacing(folder);
}

/** A folder of this name is whole, and is to be the database. */
const nextOf = (folder: string): string => `${folder}.next`;

async function finishPlacing(folder: string): Promise<void> {
  if (!existsSync(nextOf(folder))) return;
  await rm(folder, { recursive: true, force: true });
  await rename(nextOf(folder), folder);
  await flush(dirname(folder));
}

async function flushAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      await (entry.isDirectory() ? flushAll(path) : flush(path));
    }),
  );
  await flush(folder);
}

export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
