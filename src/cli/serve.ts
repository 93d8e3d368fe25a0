import { Command } from 'commander';

import { globals } from './act.ts';
import type { Given } from './given.ts';
import { whole } from './whole.ts';

const highestPort = 65_535;

/** `recourse serve` */
export const serveCommand = (given: Given): Command =>
  new Command('serve')
    .description('serve the API and the web page, and work jobs; Ctrl-C ends it gracefully')
    .option('--host <address>', 'where to listen; anything but loopback should be behind TLS', '127.0.0.1')
    .option('--port <number>', '0 takes a free one', '4680')
    .option('--name <host...>', 'names by which others reach it, besides localhost')
    .option('--concurrency <number>', 'changes at a time', '4')
    .addHelpText('after', '\nExamples:\n  recourse serve\n  RECOURSE_DATABASE=postgres://… recourse serve --port 8080')
    .action(async ({ host, port, name, concurrency }: Options, command: Command) => {
      await given.serve({
        ...globals(command),
        host,
        ...(name && { hosts: name }),
        port: whole(port, 0, highestPort, '--port'),
        concurrency: whole(concurrency, 1, 64, '--concurrency'),
      });
    });

interface Options {
  readonly host: string;
  readonly port: string;
  readonly name?: readonly string[];
  readonly concurrency: string;
}
