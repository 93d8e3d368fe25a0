import type { Sources } from '../model/sources.ts';
import { filesAsTheyAre, twoTrees } from './source-folders.ts';
import { changedInGit, revertedInGit } from './source-git.ts';
import { planIn } from './source-plan.ts';

/** @param cwd the folder whose repository is meant */
export const sourcesAt = (cwd: string): Sources => ({
  files: filesAsTheyAre,
  compare: async (before, after) => twoTrees(before, after),
  git: (range, signal) => changedInGit(cwd, range, signal),
  revert: (commit, signal) => revertedInGit(cwd, commit, signal),
  plan: planIn,
});
