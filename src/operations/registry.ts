// Written by `npm run index` from the files in this folder. Do not edit.
import type { OperationRegistry } from '../model/operation.ts';
import { commitFiles } from './git/commit-files.ts';
import { revertCommit } from './git/revert-commit.ts';
import { putFile } from './linux/put-file.ts';
import { setFileMode } from './linux/set-file-mode.ts';
import { setFileOwner } from './linux/set-file-owner.ts';
import { resetPassword } from './postgres/reset-password.ts';
import { runMigration } from './postgres/run-migration.ts';
import { setRoleLogin } from './postgres/set-role-login.ts';

export const operations = {
  'git.commit-files': commitFiles,
  'git.revert-commit': revertCommit,
  'linux.put-file': putFile,
  'linux.set-file-mode': setFileMode,
  'linux.set-file-owner': setFileOwner,
  'postgres.reset-password': resetPassword,
  'postgres.run-migration': runMigration,
  'postgres.set-role-login': setRoleLogin,
} as unknown as OperationRegistry;
