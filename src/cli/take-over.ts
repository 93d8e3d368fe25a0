import { Command } from 'commander';

import { changeFor, withRecourse } from './act.ts';
import type { Given } from './given.ts';

/** `recourse take-over` */
export const takeOverCommand = (given: Given): Command =>
  new Command('take-over')
    .description('move the lease on a resource to this change, with the reason')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .requiredOption('--resource <resource>', 'the resource, as `recourse show` names it')
    .requiredOption('--because <text>', 'why')
    .addHelpText(
      'after',
      '\nExample:\n  recourse take-over 9M7K3Q --resource local/file:/etc/app.conf --because "the other one is abandoned"',
    )
    .action((ending: string, { resource, because }: { resource: string; because: string }, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const view = await recourse.takeOver(await changeFor(recourse, ending), resource, because);
        return { json: view, words: `${view.id} holds ${resource} now.` };
      }),
    );
