import { Command } from 'commander';

import { changeFor, withRecourse } from './act.ts';
import { changePage } from './change-page.ts';
import type { Given } from './given.ts';

/** `recourse show` */
export const showCommand = (given: Given): Command =>
  new Command('show')
    .description('everything about one change: steps, way back, decisions, notes')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .addHelpText('after', '\nExamples:\n  recourse show 9M7K3Q\n  recourse show 9M7K3Q --json')
    .action((ending: string, _: unknown, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const view = await recourse.show(await changeFor(recourse, ending));
        return { json: view, words: changePage(view, given.terminal) };
      }),
    );
