import { Command } from 'commander';

import { globals, print } from './act.ts';
import type { Given } from './given.ts';

/** `recourse backup` */
export const backupCommand = (given: Given): Command =>
  new Command('backup')
    .description('write the whole store into one file; the key is never in it')
    .argument('<file>')
    .addHelpText('after', '\nExample:\n  recourse backup /backups/recourse-2026-11-24.tgz')
    .action(async (file: string, _: unknown, command: Command) => {
      await given.backup(file, globals(command));
      print(given, globals(command).json ?? false, {
        json: { file },
        words: `Written: ${file}. Keep the key file somewhere else.`,
      });
    });
