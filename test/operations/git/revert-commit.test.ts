import { expect, test } from 'vitest';

import { revertCommit } from '#src/operations/git/revert-commit.ts';
import { gitMergeReport } from '#src/systems/git-merge-report.ts';

const id = 'a'.repeat(40);

test.for([
  ['an abbreviated commit', { commit: id.slice(0, 12) }],
  ['a name of a commit', { commit: 'HEAD' }],
  ['an option', { commit: '--output=x' }],
  ['a parent that no merge has', { mainline: 0 }],
  ['something unknown', { force: true }],
] as const)('%s is refused', ([, wrong]) => {
  expect(revertCommit.params.safeParse({ branch: 'main', commit: id }).success).toBe(true);
  expect(revertCommit.params.safeParse({ branch: 'main', commit: id, ...wrong }).success).toBe(false);
});

test('what changed is known, who changed it is not: that is unknown', () => {
  const context = { head: id, lastChange: null, ours: null };
  const reading = (entry: string) => ({
    state: { a: `100644 ${entry}` as const },
    identity: { repository: id },
    context,
  });
  const params = { branch: 'main', commit: id };
  expect(revertCommit.settle(params, reading('x'), reading('y'))).toMatchObject({ as: 'unknown' });
  expect(revertCommit.settle(params, reading('x'), reading('x'))).toEqual({ as: 'untouched' });
});

test('a report of conflicts names each file once, with all of its kinds', () => {
  const output = [
    'the-tree',
    '100644 1 1\ta\nb',
    '100644 2 2\ta\nb',
    '100644 3 3\tc\td',
    '',
    '1',
    'a\nb',
    'Auto-merging',
    'Auto-merging a\nb\n',
    '1',
    'a\nb',
    'CONFLICT (contents)',
    'CONFLICT (content): Merge conflict in a\nb\n',
    '2',
    'c\td',
    'a\nb',
    'CONFLICT (rename/delete)',
    'CONFLICT (rename/delete): …\n',
    '',
  ].join('\0');
  expect(gitMergeReport(output)).toEqual({
    tree: 'the-tree',
    conflicts: [
      {
        path: 'a\nb',
        kinds: ['contents', 'rename/delete'],
        says: 'CONFLICT (content): Merge conflict in a\nb CONFLICT (rename/delete): …',
      },
      { path: 'c\td', kinds: ['rename/delete'], says: 'CONFLICT (rename/delete): …' },
    ],
  });
  expect(gitMergeReport('the-tree\0')).toEqual({ tree: 'the-tree', conflicts: [] });
});
