import { Command } from 'commander';

import { globals, print, viewAnswer, withRecourse } from './act.ts';
import { changePage } from './change-page.ts';
import type { Given } from './given.ts';
import { previewPage } from './preview-page.ts';

/** `recourse propose` */
export const proposeCommand = (given: Given): Command =>
  new Command('propose')
    .description('write a change down, have it judged, and say how it could be undone')
    .requiredOption('-f, --file <file>', 'the change file, YAML or JSON; - for standard input')
    .option('--dry-run', 'only say what it would be: class, calls and inverse; opens no store')
    .option('-q, --quiet', 'print the id alone')
    .option('--request <key>', 'the same key proposes only once')
    .addHelpText('after', examples)
    .action(async ({ file, dryRun, quiet, request }: Options, command: Command) => {
      if (dryRun) {
        const [catalogue, { previewOf }, { operationViews }, { readChangeFile }] = await Promise.all([
          given.catalogue(),
          import('../pipeline/propose.ts'),
          import('../pipeline/operation-views.ts'),
          import('./change-file.ts'),
        ]);
        const proposal = await readChangeFile(given, file, operationViews(catalogue));
        const preview = await previewOf(catalogue, proposal, given.now());
        print(given, globals(command).json ?? false, { json: preview, words: previewPage(preview, given.terminal) });
        return;
      }
      await withRecourse(given, command, async ({ recourse }) => {
        const { readChangeFile } = await import('./change-file.ts');
        const proposal = await readChangeFile(given, file, await recourse.operations());
        const view = await recourse.propose(proposal, request);
        const next = view.status === 'awaiting-approval' ? `\n\nApprove it: recourse approve ${view.id}` : '';
        const answer = viewAnswer(view, quiet ? view.id : changePage(view, given.terminal) + next);
        return { ...answer, exit: view.status === 'denied' ? 3 : 0 };
      });
    });

interface Options {
  readonly file: string;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly request?: string;
}

const examples = `
Examples:
  recourse propose -f change.yaml --dry-run
  id=$(recourse propose -f change.yaml -q)`;
