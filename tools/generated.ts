/** Writes generated files; with `--check` only says which of them are not what would be written now. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { format } from 'oxfmt';

import { readTree, root } from './tree.ts';

/** By path; the text before formatting. */
export type Generated = Readonly<Record<string, string>>;

/**
 * @param owned a folder (with its slash) that holds generated files only: what is in it and was not generated now is old
 * @returns the paths that were not fresh
 */
export async function writeGenerated(files: Generated, isCheck: boolean, owned?: string): Promise<readonly string[]> {
  const written = await Promise.all(Object.entries(files).map(([path, text]) => writeOne(path, text, isCheck)));
  const old = owned === undefined ? [] : [...(await readTree(owned, /./)).keys()].filter((path) => !(path in files));
  if (!isCheck) await Promise.all(old.map((path) => rm(root + path)));
  return [...written.flat(), ...old];
}

async function writeOne(path: string, text: string, isCheck: boolean): Promise<readonly string[]> {
  const fresh = await formatted(path, text);
  const there = await readFile(root + path, 'utf8').catch(() => undefined);
  if (there === fresh) return [];
  if (!isCheck) {
    await mkdir(dirname(root + path), { recursive: true });
    await writeFile(root + path, fresh);
  }
  return [path];
}

async function formatted(path: string, text: string): Promise<string> {
  const { $schema: _, ignorePatterns: __, ...options } = JSON.parse(await readFile(`${root}.oxfmtrc.json`, 'utf8'));
  const { code, errors } = await format(path, text, options);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map(({ message }) => message).join('; ')}`);
  return code;
}

/** The end of `npm run index` and `npm run docs`. */
export function report(stale: readonly string[], isCheck: boolean, command: string): void {
  if (isCheck && stale.length > 0) {
    console.error(`not fresh, run \`npm run ${command}\`: ${stale.join(', ')}`);
    process.exitCode = 1;
  } else if (!isCheck) {
    console.log(stale.length === 0 ? 'nothing to change' : stale.join('\n'));
  }
}
