import { Command } from 'commander';

import type { StepId } from '../model/ids.ts';
import { changeFor, invalid, withRecourse } from './act.ts';
import { afterStep } from './after-step.ts';
import type { Given } from './given.ts';
import { withProgress } from './progress.ts';

/** `recourse resolve` */
export const resolveCommand = (given: Given): Command =>
  new Command('resolve')
    .description('mark a failed step as resolved by hand: it is read again, and differing from before needs two people')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .requiredOption('--step <id>', 'the step')
    .option('--note <text>', 'what was done by hand, and how it was checked')
    .option('--alone <reason>', 'why one person is enough')
    .addHelpText('after', '\nExample:\n  recourse resolve 9M7K3Q --step 2 --note "mode set by hand, checked with ls"')
    .action((ending: string, { step, note, alone }: Flags, command: Command) =>
      withRecourse(given, command, async (doing) => {
        if (!note?.trim())
          throw invalid('A note is required: what was done by hand, and how it was checked.', 'Say it with --note.');
        const { recourse } = doing;
        const id = await changeFor(recourse, ending);
        const options = { note, ...(alone !== undefined && { alone }), signal: given.interrupted };
        const view = await withProgress(doing, id, () => recourse.resolve(id, step, options));
        return afterStep(doing, view);
      }),
    );

interface Flags {
  readonly step: StepId;
  readonly note?: string;
  readonly alone?: string;
}
