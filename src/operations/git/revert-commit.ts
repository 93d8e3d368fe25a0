import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { Fault } from '../../model/fault.ts';
import type { Invocation } from '../../model/invocation.ts';
import { operation } from '../../model/operation.ts';
import type { Reach } from '../../model/system.ts';
import type { GitClient } from '../../systems/git-client.ts';
import { subjectOf, undoMessage } from '../../systems/git-commit.ts';
import type { GitCommit } from '../../systems/git-commit.ts';
import { Branch, BranchFiles, contextOf, land, listed, ObjectId, observeFiles } from '../../systems/git-files.ts';
import type { GitMergeReport } from '../../systems/git-merge-report.ts';
import { git } from '../../systems/git.ts';

const Params = z
  .object({
    branch: Branch,
    commit: ObjectId,
    /** For a merge: the number of the parent that stays; 1 is the branch that was merged into. */
    mainline: z.exactOptional(z.number().int().min(1).max(16)),
  })
  .strict();
type Params = z.infer<typeof Params>;
type Reached = Pick<Reach<GitClient>, 'client' | 'signal'>;

const mostFiles = 1000;

/**
 * Takes one commit of a branch back by a commit on top of it, and pushes that, without a work tree; the inverse takes
 * the new commit back. What others changed since is kept; where it touches the same lines nothing is done, and the
 * fault names the files. Its state is what the commit changed, so a revert that would have to change more is refused.
 */
export const revertCommit = operation({
  name: 'git.revert-commit',
  title: 'Revert commit',
  summary: 'Takes one commit of a branch back by a new commit, and pushes it.',
  system: git,
  params: Params,
  state: BranchFiles,
  result: z.object({ commit: ObjectId }),
  examples: [
    { branch: 'main', commit: '4b825dc642cb6eb9a060e54bf8d69288fbee4904' },
    { branch: 'release/1.2', commit: '83baae61804e65cc73a7201a7252750c76066a30', mainline: 1 },
  ],
  permissions: { apply: ['push to the branch'], inverse: ['push to the branch'] },
  resource: ({ branch, commit }) => `branch:${branch}:what ${commit} changed`,
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'the commit that reverts is reverted in its turn',
    known: 'rule',
    undoneBy: ['git.revert-commit'],
    inverse: ({ params, result }): [Invocation] => [
      revertCommit.with({ branch: params.branch, commit: result.commit }),
    ],
  }),
  observe: async (params, reach) => {
    const { client, signal } = reach;
    const head = await client.head(params.branch, signal);
    const { commit, parent } = await revertable(params, head, reach);
    const paths = await client.changedPaths(parent, commit.id, signal);
    if (paths.length <= mostFiles) return observeFiles(reach, head, paths);
    throw new Fault(
      'not-allowed',
      `commit ${commit.id} changed ${paths.length} files; at most ${mostFiles} are reverted`,
      {
        at: placeOf(params, client),
        advice: 'Revert it in a clone, in parts.',
      },
    );
  },
  apply: async (params, reach, before) => {
    const { client, key, signal } = reach;
    signal.throwIfAborted();
    const commit = await land(reach, params.branch, before, async (head) => {
      const reverted = await revertable(params, head, reach);
      const tree = await treeWithout(params, reverted, head, Object.keys(before.state), reach);
      const message = undoMessage(reverted.commit.id, subjectOf(reverted.commit.message), reversing(reverted));
      return tree === null ? null : client.write({ parent: head, message, step: key, becomes: { tree } }, signal);
    });
    const done = commit ?? contextOf(before).ours;
    if (done !== null) return { commit: done };
    throw new Fault(
      'out-of-order',
      `nothing of commit ${params.commit} is left on ${placeOf(params, client)}: it has been reverted already`,
      {
        at: placeOf(params, client),
        advice: 'Skip the step.',
      },
    );
  },
  settle: (_, before, now) => {
    if (!isDeepStrictEqual(now.identity, before.identity))
      return { as: 'foreign', because: 'another repository is there now' };
    if (isDeepStrictEqual(now.state, before.state)) return { as: 'untouched' };
    const { ours, lastChange } = contextOf(now);
    if (ours !== null) return { as: 'applied', result: { commit: ours } };
    return lastChange
      ? { as: 'foreign', because: `${lastChange.author} changed the same files, in ${lastChange.commit}` }
      : { as: 'unknown', because: 'the files have changed, and who changed them was not found in time' };
  },
  verify: ({ params, before, after, result }) => {
    const last = contextOf(after).lastChange;
    return last?.commit === result.commit && !isDeepStrictEqual(after.state, before.state)
      ? []
      : [
          {
            rule: 'git/revert-not-on-branch',
            message: `the last change of the files of ${params.commit} on ${params.branch} is ${last?.commit ?? 'unknown'}, not our ${result.commit}`,
            known: 'observed',
          },
        ];
  },
});

const placeOf = ({ branch }: Params, { repository }: GitClient): string => `branch ${branch} of ${repository.remote}`;

interface Revertable {
  readonly commit: GitCommit;
  readonly parent: string;
}

/** Faults: `not-found` when it is not on the branch, `invalid-input` when it has no such parent. */
async function revertable(params: Params, head: string, { client, signal }: Reached): Promise<Revertable> {
  const { commit: id, mainline } = params;
  const refuse = (why: string): never => {
    throw new Fault('invalid-input', `commit ${id} on ${placeOf(params, client)} ${why}`, {
      at: placeOf(params, client),
    });
  };
  if (!(await client.contains(head, id, signal)))
    throw new Fault('not-found', `${placeOf(params, client)} has no commit ${id}`, { at: placeOf(params, client) });
  const commit = await client.commit(id, signal);
  const count = commit.parents.length;
  if (count > 1 && mainline === undefined) refuse(`is a merge of ${count}: \`mainline\` must say which parent stays`);
  const parent = commit.parents[(mainline ?? 1) - 1];
  return {
    commit,
    parent: parent ?? refuse(count === 0 ? 'is the first one' : `has ${count} parents, not ${mainline}`),
  };
}

const reversing = ({ commit, parent }: Revertable): string =>
  commit.parents.length > 1 ? `, reversing\nchanges made to ${parent}` : '';

/** The tree of the head without the commit; `null` when that is the head's own. */
async function treeWithout(
  params: Params,
  { commit, parent }: Revertable,
  head: string,
  paths: readonly string[],
  { client, signal }: Reached,
): Promise<string | null> {
  const report = await client.without(commit, parent, head, signal);
  if (report.conflicts.length > 0) throw conflict(params, report, client);
  const touched = await client.changedPaths(head, report.tree, signal);
  const beyond = touched.filter((path) => !paths.includes(path));
  if (beyond.length === 0) return touched.length === 0 ? null : report.tree;
  throw new Fault(
    'needs-a-person',
    `reverting ${commit.id} on ${placeOf(params, client)} would change ${listed(beyond)}, where its files were moved to since`,
    {
      at: placeOf(params, client),
      advice: 'Put the contents right with `git.commit-files`.',
      details: { beyond: beyond.slice(0, 100) },
    },
  );
}

function conflict(params: Params, { conflicts }: GitMergeReport, client: GitClient): Fault {
  const files = conflicts.map(({ path }) => path);
  return new Fault(
    'needs-a-person',
    `commit ${params.commit} cannot be reverted on ${placeOf(params, client)}: ${listed(files)} changed since in the same places`,
    {
      at: placeOf(params, client),
      advice: 'Settle the conflicts in a clone, and put the result there with `git.commit-files`.',
      details: { conflicts: conflicts.slice(0, 100).map((each) => ({ ...each })) },
    },
  );
}
