import { Command } from 'commander';

import { changeFor, withRecourse } from './act.ts';
import type { Given } from './given.ts';

/** `recourse close` */
export const closeCommand = (given: Given): Command =>
  new Command('close')
    .description('close a change about which nothing is left to do')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .addHelpText('after', '\nExample:\n  recourse close 9M7K3Q')
    .action((ending: string, _: unknown, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const view = await recourse.close(await changeFor(recourse, ending));
        return { json: view, words: `Closed: ${view.id}` };
      }),
    );
