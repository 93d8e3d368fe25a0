import { Command } from 'commander';

import { changeFor, withRecourse } from './act.ts';
import { comparisonTable } from './comparison-table.ts';
import type { Given } from './given.ts';

/** `recourse compare` */
export const compareCommand = (given: Given): Command =>
  new Command('compare')
    .description('before, after and now of every applied step, and what a rollback would set; changes nothing')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .addHelpText('after', '\nExample:\n  recourse compare 9M7K3Q')
    .action((ending: string, _: unknown, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const comparison = await recourse.compare(await changeFor(recourse, ending));
        return { json: comparison, words: comparisonTable(comparison, given.terminal) };
      }),
    );
