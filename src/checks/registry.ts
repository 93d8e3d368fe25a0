// Written by `npm run index` from the files in this folder. Do not edit.
import type { CheckRegistry } from '../model/check.ts';
import { branchContains } from './git/branch-contains.ts';
import { fileExists } from './linux/file-exists.ts';

export const checks = {
  'git/branch-contains': branchContains,
  'linux/file-exists': fileExists,
} as unknown as CheckRegistry;
