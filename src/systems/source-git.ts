import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';

import type { SourceFile } from '../model/artifact.ts';
import { Fault } from '../model/fault.ts';
import type { SourceSet } from '../model/sources.ts';
import { GitObjects } from './git-objects.ts';
import { type GitPlace, gitProcess } from './git-process.ts';
import { contentOf, textIn } from './source-folders.ts';

/** A changed file of these kinds is only understood beside the others of its kind. */
const kinds: readonly (readonly string[])[] = [['.sql'], ['.yaml', '.yml', '.json', '.tpl'], ['.tf', '.tofu']];
/** Objects of Git's: who reads them wants to be told soon when one is missing. */
type Tree = ReadonlyMap<string, string>;

interface Repository extends GitPlace {
  readonly root: string;
}

/** The work tree against where its branch left the main one, or one commit against another. */
export async function changedInGit(cwd: string, range: string | undefined, signal: AbortSignal): Promise<SourceSet> {
  const [from, to] = range === undefined ? [undefined, undefined] : endsOf(range);
  const place = repositoryAt(cwd);
  const base = from === undefined ? await whereItBranched(place, signal) : await commitOf(place, from, signal);
  if (to === undefined && range === undefined) return againstWorkTree(place, base, signal);
  const head = await commitOf(place, to ?? 'HEAD', signal);
  const start = range?.includes('...') ? await mergeBase(place, base, head, signal) : base;
  return betweenCommits(place, { base: start, head, what: range ?? '' }, signal);
}

/** What undoing one commit would change: the commit itself, read backwards. */
export async function revertedInGit(cwd: string, commit: string, signal: AbortSignal): Promise<SourceSet> {
  const place = repositoryAt(cwd);
  const id = await commitOf(place, commit, signal);
  const parent = await commitOf(place, `${id}^`, signal);
  return betweenCommits(place, { base: id, head: parent, what: `git revert ${id.slice(0, 12)}` }, signal);
}

function endsOf(range: string): readonly [string, string] {
  const [from = '', to = ''] = range.split(/\.{2,3}/);
  if (!range.includes('..') || from === '')
    throw new Fault('invalid-input', `${range} is no range of commits.`, {
      at: '--git',
      advice: 'Write it as base..head, for example main..HEAD.',
    });
  return [from, to === '' ? 'HEAD' : to];
}

function repositoryAt(cwd: string): Repository {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const git = join(folder, '.git');
    if (existsSync(git)) return { command: ['git'], root: folder, folder: gitFolder(git) };
    if (dirname(folder) === folder)
      throw new Fault('not-found', `${cwd} is not in a Git repository.`, {
        at: cwd,
        advice: 'Name the files: `recourse assess FILE…`, or `--before FILE --after FILE`.',
      });
  }
}

/** A linked work tree has a file there that names the folder. */
function gitFolder(git: string): string {
  if (statSync(git).isDirectory()) return git;
  const named = /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8'))?.[1] ?? git;
  return resolve(dirname(git), named.trim());
}

async function said(place: GitPlace, args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const { code, stdout } = await gitProcess(place, { args, signal });
  return code === 0 ? stdout.toString('utf8') : undefined;
}

async function commitOf(place: GitPlace, name: string, signal: AbortSignal): Promise<string> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const id = (await said(place, args, signal))?.trim();
  if (id) return id;
  throw new Fault('not-found', `There is no commit ${name} in this repository.`, {
    at: name,
    advice: 'In CI fetch the whole history first (`fetch-depth: 0`), or check the name.',
  });
}

async function mergeBase(place: GitPlace, one: string, other: string, signal: AbortSignal): Promise<string> {
  const id = (await said(place, ['merge-base', one, other], signal))?.trim();
  if (id) return id;
  throw new Fault('not-found', 'The two commits have no history in common here.', {
    advice: 'In CI fetch the whole history first (`fetch-depth: 0`), or name the commit with --git base..head.',
  });
}

async function whereItBranched(place: GitPlace, signal: AbortSignal): Promise<string> {
  const head = await commitOf(place, 'HEAD', signal);
  const remote = (await said(place, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'], signal))?.trim();
  for (const name of [
    remote,
    'refs/remotes/origin/main',
    'refs/remotes/origin/master',
    'refs/heads/main',
    'refs/heads/master',
  ]) {
    const id = name && (await said(place, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], signal))?.trim();
    if (id) return mergeBase(place, id, head, signal);
  }
  throw new Fault('not-found', 'There is no branch main or master to compare with.', {
    advice: 'Name the commit to compare with: `recourse assess --git BASE..HEAD`.',
  });
}

async function treeOf(place: GitPlace, commit: string, signal: AbortSignal): Promise<Tree> {
  const listed = (await said(place, ['ls-tree', '-r', '-z', '--full-tree', commit], signal)) ?? '';
  return new Map(
    listed.split('\0').flatMap((line): readonly [string, string][] => {
      const [about = '', path = ''] = line.split('\t');
      const [mode = '', , id = ''] = about.split(' ');
      return mode.startsWith('100') ? [[path, id]] : [];
    }),
  );
}

async function betweenCommits(
  place: Repository,
  { base, head, what }: { readonly base: string; readonly head: string; readonly what: string },
  signal: AbortSignal,
): Promise<SourceSet> {
  const [old, now] = [await treeOf(place, base, signal), await treeOf(place, head, signal)];
  const changed = new Set([...old.keys(), ...now.keys()].filter((path) => old.get(path) !== now.get(path)));
  return withObjects(place, async (text) => {
    const read = async (path: string): Promise<SourceFile> =>
      versions(path, await text(old.get(path), signal), await text(now.get(path), signal));
    return { files: await Promise.all(wanted(changed, now).map(read)), what, notes: [] };
  });
}

async function againstWorkTree(place: Repository, base: string, signal: AbortSignal): Promise<SourceSet> {
  const tree = ['--work-tree', place.root];
  const changes = await said(place, [...tree, 'diff', '--name-only', '--no-renames', '-z', base], signal);
  const others = await said(
    place,
    [...tree, '-C', place.root, 'ls-files', '--others', '--exclude-standard', '-z'],
    signal,
  );
  const changed = new Set(`${changes ?? ''}${others ?? ''}`.split('\0').filter(Boolean));
  const old = await treeOf(place, base, signal);
  return withObjects(place, async (text) => {
    const read = async (path: string): Promise<SourceFile> => {
      const before = await text(old.get(path), signal);
      if (!changed.has(path)) return versions(path, before, before);
      const full = join(place.root, path);
      return versions(path, before, existsSync(full) ? contentOf(full)?.text : undefined);
    };
    const files = await Promise.all(wanted(changed, old).map(read));
    return { files, what: `${base.slice(0, 12)} → the work tree`, notes: [] };
  });
}

/** The changed files, and beside them those of their kind that a rule may need. */
function wanted(changed: ReadonlySet<string>, tree: Tree): readonly string[] {
  const touched = new Set([...changed].map((path) => extname(path)));
  const beside = new Set(kinds.filter((kind) => kind.some((one) => touched.has(one))).flat());
  return [...new Set([...changed, ...[...tree.keys()].filter((path) => beside.has(extname(path)))])].toSorted();
}

const versions = (path: string, before: string | undefined, after: string | undefined): SourceFile => ({
  path,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

type Read = (id: string | undefined, signal: AbortSignal) => Promise<string | undefined>;

async function withObjects(place: GitPlace, use: (text: Read) => Promise<SourceSet>): Promise<SourceSet> {
  const objects = new GitObjects(place);
  try {
    return await use(async (id, signal) => {
      if (id === undefined) return undefined;
      const found = await objects.read(id, signal);
      return found && textIn(found.bytes)?.text;
    });
  } finally {
    await objects.close();
  }
}
