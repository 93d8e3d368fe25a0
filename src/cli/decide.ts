import { Command } from 'commander';

import { changeFor, withRecourse } from './act.ts';
import { pathLines } from './change-page.ts';
import type { Given } from './given.ts';
import { painter } from './terminal.ts';

/** `recourse decide` */
export const decideCommand = (given: Given): Command =>
  new Command('decide')
    .description('what should be done about a change now, and why; changes nothing')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .addHelpText('after', '\nExample:\n  recourse decide 9M7K3Q')
    .action((ending: string, _: unknown, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const decision = await recourse.decide(await changeFor(recourse, ending));
        return { json: decision, words: pathLines(decision, painter(given.terminal)).join('\n') };
      }),
    );
