/** The files of this project, as text by path. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export type Tree = ReadonlyMap<string, string>;

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What is installed, built or left by a tool. */
const isOurs = (folder: string): boolean => folder === '.ci' || !/^(\.|coverage$|dist$|node_modules$)/.test(folder);

/** Everything below `folder`, which is relative and ends with a slash, or is empty for the whole project. */
export async function readTree(folder: string, wanted: RegExp): Promise<Tree> {
  const paths = (await pathsIn(folder)).filter((path) => wanted.test(path));
  return new Map(await Promise.all(paths.map(readOne)));
}

async function pathsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(root + folder, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => folder + name);
  const folders = entries.filter((entry) => entry.isDirectory() && isOurs(entry.name));
  const below = await Promise.all(folders.map(({ name }) => pathsIn(`${folder}${name}/`)));
  return [...files, ...below.flat()].toSorted((a, b) => (a < b ? -1 : 1));
}

const readOne = async (path: string): Promise<[string, string]> => [path, await readFile(root + path, 'utf8')];
