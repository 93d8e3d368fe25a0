import { Command } from 'commander';

import type { StepId } from '../model/ids.ts';
import { changeFor, withRecourse } from './act.ts';
import { afterStep } from './after-step.ts';
import type { Given } from './given.ts';
import { withProgress } from './progress.ts';

/** `recourse skip` */
export const skipCommand = (given: Given): Command =>
  new Command('skip')
    .description('leave a failed step out, with the reason, and go on; while a recovery is open its steps are meant')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .requiredOption('--step <id>', 'the step')
    .requiredOption('--because <text>', 'why it may be left out')
    .addHelpText('after', '\nExample:\n  recourse skip 9M7K3Q --step 2 --because "the host is gone"')
    .action((ending: string, { step, because }: { step: StepId; because: string }, command: Command) =>
      withRecourse(given, command, async (doing) => {
        const { recourse } = doing;
        const id = await changeFor(recourse, ending);
        const options = { because, signal: given.interrupted };
        const view = await withProgress(doing, id, () => recourse.skip(id, step, options));
        return afterStep(doing, view);
      }),
    );
