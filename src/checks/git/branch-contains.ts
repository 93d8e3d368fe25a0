import { z } from 'zod';

import { check } from '../../model/check.ts';
import { Fault } from '../../model/fault.ts';
import type { Seconds } from '../../model/ids.ts';
import { blobId, Branch, GitPath, ObjectId } from '../../systems/git-files.ts';
import { idOf } from '../../systems/git-tree.ts';
import { git } from '../../systems/git.ts';

/**
 * Whether a commit, or a file with a certain content, has reached a branch: what a wait for a merge asks. A merge that
 * squashes makes a new commit, so there the file is the better question.
 */
export const branchContains = check({
  id: 'git/branch-contains',
  system: git,
  asks: 'Does the branch contain it?',
  because: 'A change that others merge has only happened once it is on the branch.',
  subject: z.union([
    z.object({ branch: Branch, commit: ObjectId }).strict(),
    z.object({ branch: Branch, path: GitPath, content: z.string() }).strict(),
  ]),
  examples: [
    { branch: 'main', commit: '83baae61804e65cc73a7201a7252750c76066a30' },
    { branch: 'main', path: 'deploy/app.yaml', content: 'replicas: 3\n' },
  ],
  answer: async (subject, { client, signal }) => {
    const { branch } = subject;
    const head = await client.head(branch, signal).catch((error: unknown) => {
      if (error instanceof Fault && cannotSay.has(error.code)) return error;
      throw error;
    });
    if (head instanceof Fault) return { answer: 'unknown', seen: head.message, goodFor };
    const is = (yes: boolean, what: string) =>
      ({ answer: yes ? 'yes' : 'no', seen: `${branch} is at ${head} and ${what}`, goodFor }) as const;
    if ('commit' in subject) {
      const contains = await client.contains(head, subject.commit, signal);
      return is(contains, `${contains ? 'contains' : 'does not contain'} ${subject.commit}`);
    }
    const { path, content } = subject;
    const entry = (await client.entries(head, [path], signal))[path] ?? null;
    const wanted = blobId(Buffer.from(content), head);
    if (entry === null) return is(false, `has no ${path}`);
    return is(idOf(entry) === wanted, `has ${path} as ${idOf(entry)}, asked was ${wanted}`);
  },
});

const cannotSay: ReadonlySet<string> = new Set(['not-found', 'unreachable', 'rate-limited', 'in-use']);
const goodFor = 60 as Seconds;
