import { Command } from 'commander';

import { Fault } from '../model/fault.ts';
import { globals, print } from './act.ts';
import { assessmentPage } from './assessment-page.ts';
import type { Given } from './given.ts';
import { harmless, type Terminal } from './terminal.ts';

/** `recourse rehearse` */
export const rehearseCommand = (given: Given): Command =>
  new Command('rehearse')
    .description('really run migrations up and down on a scratch PostgreSQL, and say what did not come back')
    .argument('[paths...]', 'the folder of the migrations, or the files')
    .option('--database <url>', 'make the scratch databases on this PostgreSQL; an embedded one by default')
    .option('--only <version...>', 'rehearse only these; those before them are applied all the same')
    .addHelpText('after', examples)
    .action(async (paths: readonly string[], { only }: { only?: string[] }, command: Command) => {
      if (paths.length === 0)
        throw new Fault('invalid-input', 'Say what to rehearse.', {
          advice: 'Name the folder that holds the migrations.',
        });
      const { json = false, database } = globals(command);
      const sources = await given.sources.files(paths, 'stdin.sql');
      const { terminal } = given;
      const isShown = terminal.isInteractive && !json;
      const assessment = await given
        .rehearse(sources.files, {
          ...(database !== undefined && { database }),
          ...(only && { only }),
          ...(isShown && { onProgress: progressOn(terminal) }),
        })
        .finally(() => isShown && terminal.err(clearLine));
      print(given, json, {
        json: { ...assessment, notes: sources.notes },
        words: assessmentPage({ assessment, sources, version: given.version }, terminal),
        exit: assessment.denied.length > 0 ? 3 : 0,
      });
    });

const clearLine = '\r\u001B[K';

/** One line that is written over again and again. */
const progressOn =
  (terminal: Terminal) =>
  (done: number, all: number, path: string): void =>
    terminal.err(clearLine + `${done + 1} of ${all}  ${harmless(path)}`.slice(0, Math.max(20, terminal.columns - 1)));

const examples = `
All migrations before one are applied, rows are made in every table, the migration is run up and down, and everything
is compared: the schema, every row, what rows written in between would lose, and whether the application of before
could go on meanwhile. The embedded PostgreSQL is in memory and reaches no file and no network. On a server that is
given, databases are made and dropped, and a migration may do there what the role of the URL may do: take one that
nobody needs. The password goes into PGPASSWORD.

Exit codes: 0 all come back or can be repaired, 3 something only a restore brings back, 2 bad input.

Examples:
  recourse rehearse migrations/
  recourse rehearse migrations/ --only 20260101120000 --json
  recourse rehearse migrations/ --database postgres://postgres@localhost:5433/postgres`;
