import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { Fault } from '../model/fault.ts';
import type { Observation } from '../model/observation.ts';
import type { Reach } from '../model/system.ts';
import type { GitClient } from './git-client.ts';
import type { GitEntry } from './git-tree.ts';

export const ObjectId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'a full object id, in lower case');

export const Branch = z
  .string()
  .max(200)
  .regex(
    /^(?!.*(\.\.|@\{|\/\/|\/\.|\.lock(\/|$)))[^-./\s\p{Cc}~^:?*[\\][^\s\p{Cc}~^:?*[\\]*(?<![./])$/u,
    'a branch name',
  )
  .refine((name) => name.isWellFormed(), { error: 'text' });

/** A file inside a repository, as git names it. */
export const GitPath = z
  .string()
  .max(1024)
  .refine((path) => path.isWellFormed() && !path.includes('\0') && path !== '__proto__', { error: 'a path' })
  .refine((path) => path.split('/').every((part) => !/^(|\.|\.\.|\.git|git~1)$/i.test(part)), {
    error: 'a path inside the repository, without a slash at its ends and without . or .. or .git in it',
  });

/** Entries by path, as `git ls-tree` prints them: mode and object id; `null` where nothing is. */
export const BranchFiles = z.record(
  z.string(),
  z.templateLiteral([z.string(), ' ', z.string()]).nullable(),
) as z.ZodType<Readonly<Record<string, GitEntry | null>>>;
export type BranchFiles = z.infer<typeof BranchFiles>;

/** What is only shown of some files on a branch: where the branch stands, and who changed them last. */
export const BranchContext = z.object({
  head: z.string(),
  lastChange: z
    .object({
      commit: z.string(),
      author: z.string(),
      at: z.string(),
      subject: z.string(),
      step: z.string().nullable(),
    })
    .nullable(),
  /** The last change, when it is this very step's. */
  ours: z.string().nullable(),
});
export type BranchContext = z.infer<typeof BranchContext>;

type Reached = Pick<Reach<GitClient>, 'client' | 'key' | 'signal'>;

/** Reads some files at the head of a branch. Its identity is the first commit of the history that the head has. */
export async function observeFiles(
  { client, key, signal }: Reached,
  head: string,
  paths: readonly string[],
): Promise<Observation<BranchFiles>> {
  const state = await client.entries(head, paths, signal);
  const repository = await client.root(head, signal);
  const lastChange = await client.lastChange(head, paths, signal);
  const ours = lastChange?.step === key ? lastChange.commit : null;
  const context = { head, lastChange: lastChange && { ...lastChange }, ours };
  return { state, identity: { repository }, context };
}

export const contextOf = (reading: Observation<BranchFiles>): BranchContext => BranchContext.parse(reading.context);

const attempts = 5;

/**
 * Puts one commit on top of a branch by compare-and-set. A push by somebody else in between is no harm as long as the
 * files that were observed are still as they were: then the commit is made again on the new head.
 *
 * @param commitOn makes the commit on a head, and answers `null` when there is nothing to commit
 * Faults: `drifted` when the files are not as observed; `in-use` when the branch keeps moving; those of `push`.
 */
export async function land(
  { client, key, signal }: Reached,
  branch: string,
  before: Observation<BranchFiles>,
  commitOn: (head: string) => Promise<string | null>,
): Promise<string | null> {
  const where = `branch ${branch} of ${client.repository.remote}`;
  const paths = Object.keys(before.state);
  let pushed: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    /* oxlint-disable no-await-in-loop -- each attempt stands on what the last one found */
    const head = await client.head(branch, signal);
    // A push whose answer is lost is sent again underneath git, and then races with itself.
    if (pushed !== undefined && (await client.contains(head, pushed, signal))) return pushed;
    const identity = { repository: await client.root(head, signal) };
    const state = await client.entries(head, paths, signal);
    if (!isDeepStrictEqual({ identity, state }, { identity: before.identity, state: before.state }))
      throw new Fault('drifted', `${where} is not as it was looked at: ${differing(before.state, state)}`, {
        at: where,
      });
    const commit = await commitOn(head);
    if (commit === null || (await client.push(branch, head, commit, key, signal)) === 'pushed') return commit;
    pushed = commit;
    /* oxlint-enable no-await-in-loop */
  }
  throw new Fault(
    'in-use',
    `${where} was pushed to by others ${attempts} times while we tried; nothing of ours is there`,
  );
}

/** Names some files of a branch, the same whatever their order. */
export function filesResource(branch: string, paths: readonly string[]): string {
  const names = paths.toSorted().map(quoted).join(',');
  const digest = createHash('sha256').update(names).digest('hex').slice(0, 16);
  return `branch:${branch}:${names.length <= 200 ? names : `${paths.length} files (${digest})`}`;
}

const differing = (before: BranchFiles, now: BranchFiles): string => {
  const paths = Object.keys(before).filter((path) => before[path] !== now[path]);
  return paths.length === 0 ? 'it is another repository now' : `${listed(paths)} changed since`;
};

/** Paths for a sentence: quoted where they need it, and not more than ten. */
export const listed = (paths: readonly string[]): string => {
  const shown = paths.slice(0, 10).map(quoted);
  return shown.join(', ') + (paths.length > shown.length ? ` and ${paths.length - shown.length} more` : '');
};

const quoted = (path: string): string => (/^[\w./@+-]+$/.test(path) ? path : JSON.stringify(path));

/** The id that git gives to a blob, in a repository with ids like this one. */
export function blobId(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
