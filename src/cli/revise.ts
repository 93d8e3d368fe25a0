import { Command } from 'commander';

import { changeFor, viewAnswer, withRecourse } from './act.ts';
import { changePage } from './change-page.ts';
import type { Given } from './given.ts';

/** `recourse revise` */
export const reviseCommand = (given: Given): Command =>
  new Command('revise')
    .description('replace what is proposed; an approval is void after it')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .requiredOption('-f, --file <file>', 'the change file; - for standard input')
    .addHelpText('after', '\nExample:\n  recourse revise 9M7K3Q -f change.yaml')
    .action((ending: string, { file }: { file: string }, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const id = await changeFor(recourse, ending);
        const { readChangeFile } = await import('./change-file.ts');
        const proposal = await readChangeFile(given, file, await recourse.operations());
        const view = await recourse.revise(id, proposal);
        return { ...viewAnswer(view, changePage(view, given.terminal)), exit: view.status === 'denied' ? 3 : 0 };
      }),
    );
