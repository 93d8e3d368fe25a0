import { Command } from 'commander';

import { changeFor, withRecourse } from './act.ts';
import { changePage, pathLines } from './change-page.ts';
import type { Given } from './given.ts';
import { withProgress } from './progress.ts';
import { painter } from './terminal.ts';
import { exitFor } from './words.ts';

/** `recourse recover` */
export const recoverCommand = (given: Given): Command =>
  new Command('recover')
    .description('decide the way out of a change and take the way back, or go on with a recovery')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .option('--partly', 'undo the clean steps, and leave those that drifted failed')
    .option('--with-later', 'first undo the later changes that stand on the same resources, newest first')
    .option('--detach', 'leave it to a worker and return at once')
    .addHelpText('after', '\nExamples:\n  recourse recover 9M7K3Q\n  recourse recover 9M7K3Q --partly')
    .action((ending: string, flags: Flags, command: Command) =>
      withRecourse(given, command, async (doing) => {
        const { recourse } = doing;
        const id = await changeFor(recourse, ending);
        const options = { ...flags, signal: given.interrupted };
        const recovered = await withProgress(doing, id, () => recourse.recover(id, options));
        const { recovery, change, decision, says } = recovered;
        const words = [
          ...(decision ? pathLines(decision, painter(given.terminal)) : []),
          ...(recovery && change.status === 'recovering' ? ['', changePage(recovery, given.terminal)] : []),
          says,
        ].join('\n');
        return {
          json: recovered,
          words,
          exit: recovery ? exitFor(change.status === 'recovering' ? recovery : change) : 0,
        };
      }),
    );

interface Flags {
  readonly partly?: boolean;
  readonly withLater?: boolean;
  readonly detach?: boolean;
}
