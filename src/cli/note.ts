import { Command } from 'commander';

import { changeFor, withRecourse } from './act.ts';
import type { Given } from './given.ts';

/** `recourse note` */
export const noteCommand = (given: Given): Command =>
  new Command('note')
    .description('write a note on a change, also after its end')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .argument('<text>', 'the note')
    .addHelpText('after', '\nExample:\n  recourse note 9M7K3Q "restarted the proxy by hand at 03:12"')
    .action((ending: string, text: string, _: unknown, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const view = await recourse.note(await changeFor(recourse, ending), text);
        return { json: view, words: `Noted on ${view.id}.` };
      }),
    );
