import { Command } from 'commander';

import { globals, print } from './act.ts';
import type { Given } from './given.ts';

/** `recourse restore` */
export const restoreCommand = (given: Given): Command =>
  new Command('restore')
    .description('make the store anew from a backup; every step that was running is in doubt after it')
    .argument('<file>')
    .option('--force', 'replace a store that is there')
    .addHelpText('after', '\nExample:\n  recourse restore /backups/recourse-2026-11-24.tgz')
    .action(async (file: string, { force }: { force?: boolean }, command: Command) => {
      const { changes } = await given.restore(file, { ...globals(command), force: force ?? false });
      const words = `Restored ${changes} changes from ${file}. Steps that were running are in doubt: \`recourse run\` settles them.`;
      print(given, globals(command).json ?? false, { json: { file, changes }, words });
    });
