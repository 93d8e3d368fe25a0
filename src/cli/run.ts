import { Command } from 'commander';

import { changeFor, viewAnswer, withRecourse } from './act.ts';
import { changePage } from './change-page.ts';
import type { Given } from './given.ts';
import { withProgress } from './progress.ts';

/** `recourse run` */
export const runCommand = (given: Given): Command =>
  new Command('run')
    .description('run an approved change, or go on with one that was interrupted')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .option('--detach', 'leave it to a worker and return at once')
    .addHelpText('after', '\nExamples:\n  recourse run 9M7K3Q\n  recourse run 9M7K3Q --detach')
    .action((ending: string, { detach }: { detach?: boolean }, command: Command) =>
      withRecourse(given, command, async (doing) => {
        const { recourse } = doing;
        const id = await changeFor(recourse, ending);
        const options = { ...(detach && { detach }), signal: given.interrupted };
        const view = await (detach
          ? recourse.run(id, options)
          : withProgress(doing, id, () => recourse.run(id, options)));
        return viewAnswer(view, changePage(view, given.terminal));
      }),
    );
