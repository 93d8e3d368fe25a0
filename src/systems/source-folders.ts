import { readdirSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { SourceFile } from '../model/artifact.ts';
import { Fault } from '../model/fault.ts';
import type { SourceSet } from '../model/sources.ts';
import { readInput } from './host.ts';

/** Bytes; a longer file is handed on as a stream. */
const longest = 32 * 1024 * 1024;
const notSources = new Set(['.git', '.hg', '.terraform', 'node_modules']);
const numeric = new Intl.Collator('en', { numeric: true });

export interface Content {
  readonly text?: string;
  readonly chunks?: () => AsyncIterable<Uint8Array>;
}

/** Files and folders as they are. Faults: `not-found`, `invalid-input`. */
export async function filesAsTheyAre(paths: readonly string[], nameOfInput: string): Promise<SourceSet> {
  const files: SourceFile[] = [];
  for (const path of paths) {
    if (path === '-') files.push({ path: nameOfInput, after: (await readInput('-')).toString('utf8') });
    else for (const [name, content] of contents(path)) files.push(asAfter(name, content));
  }
  return { files, what: paths.join(', '), notes: [] };
}

/** Two files, or two folders. Faults: `not-found`, `invalid-input`. */
export function twoTrees(before: string, after: string): SourceSet {
  const [old, now] = [contents(before), contents(after)];
  if (isFolder(before) !== isFolder(after))
    throw new Fault('invalid-input', `${before} and ${after} cannot be compared: one is a folder, the other a file.`, {
      advice: 'Give two files or two folders.',
    });
  const isOne = !isFolder(after);
  const names = isOne ? [basename(after)] : [...new Set([...old.keys(), ...now.keys()])].toSorted(numeric.compare);
  const files = names.map((path): SourceFile => {
    const [was, is] = isOne ? [[...old.values()][0], [...now.values()][0]] : [old.get(path), now.get(path)];
    return {
      path,
      ...(was?.text !== undefined && { before: was.text }),
      ...(is?.text !== undefined && { after: is.text }),
      ...(is?.chunks && { chunks: is.chunks }),
    };
  });
  return { files, what: `${before} → ${after}`, notes: [] };
}

const asAfter = (path: string, { text, chunks }: Content): SourceFile => ({
  path,
  ...(text !== undefined && { after: text }),
  ...(chunks && { chunks }),
});

/** By path relative to the folder; of a file, by its name. */
function contents(path: string): ReadonlyMap<string, Content> {
  if (!isFolder(path)) {
    const content = contentOf(path);
    if (!content) throw new Fault('invalid-input', `${path} is not a text.`, { at: path, advice: 'Give a text file.' });
    return new Map([[path, content]]);
  }
  const found = new Map<string, Content>();
  for (const name of namesUnder(path, '').toSorted(numeric.compare)) {
    const content = contentOf(join(path, name));
    if (content) found.set(name, content);
  }
  return found;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw code === 'ENOENT'
      ? new Fault('not-found', `There is no file or folder ${path}.`, { at: path, advice: 'Check the path.' })
      : new Fault('invalid-input', `${path} cannot be read: ${code}.`, { at: path });
  }
}

function namesUnder(root: string, under: string): readonly string[] {
  return readdirSync(join(root, under), { withFileTypes: true }).flatMap((entry): readonly string[] => {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) return notSources.has(entry.name) ? [] : namesUnder(root, name);
    return entry.isFile() ? [name] : [];
  });
}

/**
 * Nothing for what is not a text. Not awaited: ten thousand small files would wait for four threads, for far longer than
 * reading them takes. Faults: `invalid-input`.
 */
export function contentOf(path: string): Content | undefined {
  try {
    if (statSync(path).size > longest) return { chunks: () => streamOf(path) };
    return textIn(readFileSync(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Fault('invalid-input', `The file ${path} cannot be read: ${code}.`, { at: path });
  }
}

export const textIn = (bytes: Buffer): Content | undefined =>
  bytes.subarray(0, 8192).includes(0) ? undefined : { text: bytes.toString('utf8') };

/** Who reads it copies what is to be kept: each piece lies in the same memory. */
export async function* streamOf(path: string): AsyncIterable<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- piece by piece is the point
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
