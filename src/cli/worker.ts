import { Command } from 'commander';

import { globals } from './act.ts';
import type { Given } from './given.ts';
import { whole } from './whole.ts';

/** `recourse worker` */
export const workerCommand = (given: Given): Command =>
  new Command('worker')
    .description('work the jobs of a shared store; as many as you like')
    .option('--concurrency <number>', 'changes at a time', '4')
    .addHelpText('after', '\nExample:\n  RECOURSE_DATABASE=postgres://… recourse worker --concurrency 8')
    .action(async ({ concurrency }: { concurrency: string }, command: Command) => {
      await given.work({ ...globals(command), concurrency: whole(concurrency, 1, 64, '--concurrency') });
    });
