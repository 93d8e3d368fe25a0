import { Command } from 'commander';

import { changeFor, withRecourse } from './act.ts';
import type { Given } from './given.ts';

/** `recourse cancel` */
export const cancelCommand = (given: Given): Command =>
  new Command('cancel')
    .description('stop a change: at once before its run, between two steps during it')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .requiredOption('--because <text>', 'why')
    .addHelpText('after', '\nExample:\n  recourse cancel 9M7K3Q --because "wrong host"')
    .action((ending: string, { because }: { because: string }, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const view = await recourse.cancel(await changeFor(recourse, ending), because);
        const words =
          view.status === 'partly-applied'
            ? `Stopped: some steps are applied. Take them back: recourse recover ${view.id}`
            : view.cancelAsked && view.status !== 'cancelled'
              ? 'It stops after the step that is under way.'
              : `Cancelled: ${view.id}`;
        return { json: view, words, exit: 0 };
      }),
    );
