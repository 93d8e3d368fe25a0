import { Command } from 'commander';

import { globals, print } from './act.ts';
import type { Given } from './given.ts';

/** `recourse version` */
export const versionCommand = (given: Given): Command =>
  new Command('version').description('the version').action((_: unknown, command: Command) => {
    print(given, globals(command).json ?? false, { json: { version: given.version }, words: given.version });
  });
