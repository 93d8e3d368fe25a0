import { Command } from 'commander';

import type { StepId } from '../model/ids.ts';
import { changeFor, withRecourse } from './act.ts';
import { afterStep } from './after-step.ts';
import type { Given } from './given.ts';
import { withProgress } from './progress.ts';

/** `recourse retry` */
export const retryCommand = (given: Given): Command =>
  new Command('retry')
    .description('try a failed step again, then go on; while a recovery is open its steps are meant')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .requiredOption('--step <id>', 'the step')
    .addHelpText('after', '\nExample:\n  recourse retry 9M7K3Q --step 2')
    .action((ending: string, { step }: { step: StepId }, command: Command) =>
      withRecourse(given, command, async (doing) => {
        const { recourse } = doing;
        const id = await changeFor(recourse, ending);
        const view = await withProgress(doing, id, () => recourse.retry(id, step, { signal: given.interrupted }));
        return afterStep(doing, view);
      }),
    );
