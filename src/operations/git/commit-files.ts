import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { Fault } from '../../model/fault.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { Observation } from '../../model/observation.ts';
import { operation } from '../../model/operation.ts';
import type { Reach } from '../../model/system.ts';
import type { GitClient } from '../../systems/git-client.ts';
import { subjectOf, undoMessage } from '../../systems/git-commit.ts';
import {
  blobId,
  Branch,
  BranchFiles,
  contextOf,
  filesResource,
  GitPath,
  land,
  listed,
  ObjectId,
  observeFiles,
} from '../../systems/git-files.ts';
import { folderMode, idOf, modeOf } from '../../systems/git-tree.ts';
import type { GitEntry } from '../../systems/git-tree.ts';
import { git } from '../../systems/git.ts';

const FileMode = z.enum(['100644', '100755'], { error: '"100644", or "100755" for a program' });
/** A file as it shall be. Without a mode it keeps the one it has, and a new one is no program. */
const File = z.union([
  z.object({ path: GitPath, content: z.string().max(1_048_576), mode: z.exactOptional(FileMode) }).strict(),
  z.object({ path: GitPath, base64: z.base64().max(1_400_000), mode: z.exactOptional(FileMode) }).strict(),
  /** What the repository has already: mode and blob, as `git ls-tree` prints them. */
  z.object({ path: GitPath, entry: z.templateLiteral([FileMode, ' ', ObjectId]) }).strict(),
  z.object({ path: GitPath, absent: z.literal(true) }).strict(),
]);
const Params = z
  .object({
    branch: Branch,
    files: z
      .array(File)
      .min(1)
      .max(500)
      .refine(
        (files) => !files.some((file) => files.some((other) => other !== file && isWithin(other.path, file.path))),
        {
          error: 'each path once, and none inside another',
        },
      ),
    message: z
      .string()
      .max(10_000)
      .regex(/^[^\n\0]*\S[^\0]*$/, 'a message whose first line says what is done'),
  })
  .strict();
type Params = z.infer<typeof Params>;

/**
 * Commits some files to a branch and pushes it, without a work tree; the inverse commits what they were before, whose
 * contents are in the history. Other files may have moved on; when one of these has, it is refused.
 */
export const commitFiles = operation({
  name: 'git.commit-files',
  title: 'Commit files',
  summary: 'Commits files to a branch of a Git repository and pushes it.',
  system: git,
  params: Params,
  state: BranchFiles,
  /** `null`: the files were so already, and no commit of ours made them so. */
  result: z.object({ commit: ObjectId.nullable() }),
  examples: [
    {
      branch: 'main',
      files: [{ path: 'deploy/app.yaml', content: 'replicas: 3\n' }],
      message: 'Run three replicas',
    },
    {
      branch: 'main',
      files: [
        { path: 'bin/check', base64: 'IyEvYmluL3NoCg==', mode: '100755' },
        { path: 'bin/old check', absent: true },
        { path: 'notes.txt', entry: '100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' },
      ],
      message: 'Replace the check\n\nThe old one did nothing.',
    },
  ],
  permissions: { apply: ['push to the branch'], inverse: ['push to the branch'] },
  resource: ({ branch, files }) => filesResource(branch, pathsOf(files)),
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'what the files were before stays in the history, and is committed again',
    known: 'rule',
    undoneBy: ['git.commit-files'],
    inverse: ({ params, before, result }): [Invocation] => [
      commitFiles.with({
        branch: params.branch,
        files: params.files.map(({ path }) => {
          const entry = before.state[path] ?? null;
          return entry === null ? { path, absent: true } : { path, entry: entry as `100644 ${string}` };
        }),
        message: undoMessage(result.commit, subjectOf(params.message)),
      }),
    ],
  }),
  observe: async ({ branch, files }, reach) =>
    observeFiles(reach, await reach.client.head(branch, reach.signal), pathsOf(files)),
  apply: async (params, reach, before) => {
    const { client, key, signal } = reach;
    signal.throwIfAborted();
    const { branch, message } = params;
    const entries = wantedFiles(params, before);
    const becomes = { entries, contents: contentsOf(params, before) };
    const commit = await land(reach, branch, before, async (parent) => {
      if (isDeepStrictEqual(entries, before.state)) return null;
      await refuseImpossible(params, before.state, parent, reach);
      return client.write({ parent, message, step: key, becomes }, signal);
    });
    return { commit };
  },
  settle: (params, before, now) => {
    if (!isDeepStrictEqual(now.identity, before.identity))
      return { as: 'foreign', because: 'another repository is there now' };
    if (isDeepStrictEqual(now.state, wantedFiles(params, before)))
      return { as: 'applied', result: { commit: contextOf(now).ours } };
    if (isDeepStrictEqual(now.state, before.state)) return { as: 'untouched' };
    return { as: 'foreign', because: 'the files are neither as they were nor as they were to be' };
  },
  verify: ({ params, before, after }) =>
    Object.entries(wantedFiles(params, before)).flatMap(([path, entry]) =>
      after.state[path] === entry
        ? []
        : [
            {
              rule: 'git/file-not-as-committed' as const,
              message: `${path} on ${params.branch} is ${after.state[path] ?? 'absent'}, not ${entry ?? 'absent'}`,
              known: 'observed' as const,
            },
          ],
    ),
});

type File = z.infer<typeof File>;

const pathsOf = (files: readonly File[]): readonly string[] => files.map(({ path }) => path);
const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
const likeIn = (before: Observation<BranchFiles>): string => before.identity['repository'] ?? '';

const bytesOf = (file: File): Uint8Array | undefined =>
  'content' in file ? Buffer.from(file.content) : 'base64' in file ? Buffer.from(file.base64, 'base64') : undefined;

function wantedFiles({ files }: Params, before: Observation<BranchFiles>): BranchFiles {
  const wanted = files.map((file): readonly [string, GitEntry | null] => {
    const bytes = bytesOf(file);
    if (!bytes) return [file.path, 'entry' in file ? file.entry : null];
    const was = before.state[file.path] ?? null;
    const mode = ('mode' in file && file.mode) || (was ? modeOf(was) : '100644');
    return [file.path, `${mode} ${blobId(bytes, likeIn(before))}`];
  });
  return Object.fromEntries(wanted);
}

const contentsOf = ({ files }: Params, before: Observation<BranchFiles>): ReadonlyMap<string, Uint8Array> =>
  new Map(
    files.flatMap((file) => {
      const bytes = bytesOf(file);
      return bytes ? [[blobId(bytes, likeIn(before)), bytes] as const] : [];
    }),
  );

/** Links, submodules and folders are left alone, and a blob that is only named must be there. */
async function refuseImpossible(
  { branch, files }: Params,
  state: BranchFiles,
  head: string,
  { client, signal }: Pick<Reach<GitClient>, 'client' | 'signal'>,
): Promise<void> {
  const where = `branch ${branch} of ${client.repository.remote}`;
  const refuse = (paths: readonly string[], why: string): void => {
    if (paths.length > 0)
      throw new Fault('not-allowed', `cannot commit ${listed(paths)} to ${where}: ${why}`, { at: where });
  };
  const others = Object.entries(state).filter(([, entry]) => entry !== null && !isFile(entry));
  refuse(
    others.map(([path]) => path),
    'a link, a submodule or a folder is there, which is left alone',
  );
  const folders = new Set(files.flatMap((file) => ('absent' in file ? [] : foldersAbove(file.path))));
  const above = Object.entries(await client.entries(head, folders, signal));
  refuse(
    above.flatMap(([path, entry]) => (entry === null || modeOf(entry) === folderMode ? [] : [path])),
    'it is not a folder',
  );
  for (const file of files)
    // oxlint-disable-next-line no-await-in-loop -- one process answers them in turn
    if ('entry' in file && !(await client.isBlob(idOf(file.entry), signal)))
      refuse([file.path], `the repository has no file content ${idOf(file.entry)}`);
}

const isFile = (entry: GitEntry): boolean => FileMode.safeParse(modeOf(entry)).success;
const foldersAbove = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, i, parts) => parts.slice(0, i + 1).join('/'));
