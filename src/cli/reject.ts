import { Command } from 'commander';

import { changeFor, viewAnswer, withRecourse } from './act.ts';
import type { Given } from './given.ts';

/** `recourse reject` */
export const rejectCommand = (given: Given): Command =>
  new Command('reject')
    .description('reject a change, with the reason')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .requiredOption('--note <text>', 'why')
    .addHelpText('after', '\nExample:\n  recourse reject 9M7K3Q --note "not on a Friday"')
    .action((ending: string, { note }: { note: string }, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const view = await recourse.reject(await changeFor(recourse, ending), note);
        return { ...viewAnswer(view, `Rejected: ${view.id}`), exit: 0 };
      }),
    );
