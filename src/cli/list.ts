import { Command } from 'commander';

import type { ChangePage, ChangeQuery } from '../model/view.ts';
import { withRecourse } from './act.ts';
import type { Given } from './given.ts';
import { listTable } from './list-table.ts';
import { whole } from './whole.ts';

/** `recourse list` */
export const listCommand = (given: Given): Command =>
  new Command('list')
    .description('changes, newest first')
    .option('--status <status...>', 'only these statuses')
    .option('--environment <name>', 'only this environment')
    .option('--class <class...>', 'only these reversibility classes')
    .option('--resource <resource>', 'only changes that touch this resource')
    .option('--text <words>', 'only changes with these words in title or id')
    .option('--limit <number>', 'rows a page', '50')
    .option('--after <key>', 'the next page, as the last one said')
    .addHelpText(
      'after',
      '\nExamples:\n  recourse list --status stuck failed\n  recourse list --environment production --json',
    )
    .action((options: Options, command: Command) =>
      withRecourse(given, command, async ({ recourse, isJson }) => {
        const jsonText = await recourse.list(queryOf(options));
        return isJson ? { jsonText } : { words: listTable(JSON.parse(jsonText) as ChangePage, given.terminal) };
      }),
    );

interface Options {
  readonly status?: readonly string[];
  readonly environment?: string;
  readonly class?: readonly string[];
  readonly resource?: string;
  readonly text?: string;
  readonly limit: string;
  readonly after?: string;
}

const queryOf = ({ status, environment, class: found, resource, text, limit, after }: Options): ChangeQuery =>
  ({
    limit: whole(limit, 1, 500, '--limit'),
    ...(status && { status }),
    ...(environment && { environment }),
    ...(found && { class: found }),
    ...(resource && { resource }),
    ...(text && { text }),
    ...(after && { after }),
  }) as ChangeQuery;
