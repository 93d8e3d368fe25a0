import { Command } from 'commander';

import { changeFor, viewAnswer, withRecourse } from './act.ts';
import type { Given } from './given.ts';

/** `recourse approve` */
export const approveCommand = (given: Given): Command =>
  new Command('approve')
    .description('approve the plan of a change; an edit voids it')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .option('--note <text>', 'what was looked at')
    .option('--plan <hash>', 'approve only if this is still the plan')
    .addHelpText('after', '\nExample:\n  recourse approve 9M7K3Q --note "checked with the team"')
    .action((ending: string, options: { note?: string; plan?: string }, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const view = await recourse.approve(await changeFor(recourse, ending), options);
        const last = view.approvals.at(-1);
        const words = `Approved by ${last?.by ?? ''}${last?.alone ? ', alone' : ''}: plan ${last?.plan ?? ''}\nRun it: recourse run ${view.id}`;
        return viewAnswer(view, words);
      }),
    );
