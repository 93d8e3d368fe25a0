import { Fault } from '../model/fault.ts';
import type { GitObjects } from './git-objects.ts';

/** What stands at a path: mode and object id as `git ls-tree` prints them, or nothing. */
export type GitEntry = `${string} ${string}`;
export type GitEntries = Readonly<Record<string, GitEntry | null>>;

type Folder = ReadonlyMap<string, GitEntry>;

export const modeOf = (entry: GitEntry): string => entry.slice(0, 6);
export const idOf = (entry: GitEntry): string => entry.slice(7);
export const folderMode = '040000';

/** Reads the entries at these paths by walking only the folders above them. */
export async function entriesAt(
  objects: GitObjects,
  tree: string,
  paths: Iterable<string>,
  signal: AbortSignal,
): Promise<GitEntries> {
  const read = new Map<string, Folder>();
  const folder = async (id: string): Promise<Folder> => {
    const known = read.get(id) ?? parsedTree(await readTree(objects, id, signal), id.length / 2);
    read.set(id, known);
    return known;
  };
  const found: [string, GitEntry | null][] = [];
  for (const path of paths) {
    let here: GitEntry | undefined = `${folderMode} ${tree}`;
    for (const name of Buffer.from(path).toString('latin1').split('/'))
      // oxlint-disable-next-line no-await-in-loop -- the next folder is named in this one
      here = here && modeOf(here) === folderMode ? (await folder(idOf(here))).get(name) : undefined;
    found.push([path, here ?? null]);
  }
  return Object.fromEntries(found);
}

async function readTree(objects: GitObjects, id: string, signal: AbortSignal): Promise<Buffer> {
  const found = await objects.read(id, signal);
  if (found?.type === 'tree') return found.bytes;
  throw new Fault('not-found', `the folder ${id} is missing from our copy of the repository`, {
    advice: 'Remove the copy (the `cache` of the connection); it is made again.',
  });
}

/** Names are kept byte for byte (`latin1`), because git does not care whether they are text. */
function parsedTree(bytes: Buffer, idSize: number): Folder {
  const entries = new Map<string, GitEntry>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    const name = bytes.toString('latin1', space + 1, end);
    at = end + 1 + idSize;
    entries.set(name, `${mode} ${bytes.toString('hex', end + 1, at)}`);
  }
  return entries;
}
