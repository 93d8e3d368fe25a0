import { Command } from 'commander';

import { globals, print } from './act.ts';
import type { Given } from './given.ts';

/** `recourse rebuild` */
export const rebuildCommand = (given: Given): Command =>
  new Command('rebuild')
    .description('make every row of the lists anew from the facts')
    .addHelpText('after', '\nExample:\n  recourse rebuild')
    .action(async (_: unknown, command: Command) => {
      const changes = await given.rebuild(globals(command));
      print(given, globals(command).json ?? false, {
        json: { changes },
        words: `${changes} ${changes === 1 ? 'change' : 'changes'} rebuilt from the facts.`,
      });
    });
