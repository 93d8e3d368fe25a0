import { Command } from 'commander';

import { Fault } from '../model/fault.ts';
import type { OperationView } from '../model/view.ts';
import { nearest } from '../pipeline/nearest.ts';
import { globals, print } from './act.ts';
import type { Given } from './given.ts';
import { aligned, painter } from './terminal.ts';
import { classTone, fieldWords } from './words.ts';

/** `recourse operations` */
export const operationsCommand = (given: Given): Command =>
  new Command('operations')
    .description('what Recourse can change, and how each is undone')
    .argument('[operation]', 'one of them, with its params')
    .addHelpText('after', '\nExamples:\n  recourse operations\n  recourse operations linux.set-file-mode')
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      const { operationViews } = await import('../pipeline/operation-views.ts');
      const all = operationViews(await given.catalogue());
      const one = name === undefined ? undefined : all.find((operation) => operation.name === name);
      if (name !== undefined && !one)
        throw new Fault(
          'not-found',
          `there is no operation ${name}${nearest(
            name,
            all.map((operation) => operation.name),
          )}`,
          {
            at: name,
            advice: '`recourse operations` lists them.',
          },
        );
      const paint = painter(given.terminal);
      const rows = all.map((operation) => [
        operation.name,
        paint(classTone[operation.class], operation.class),
        operation.summary,
      ]);
      print(given, globals(command).json ?? false, { json: one ?? all, words: one ? page(one) : aligned(rows) });
    });

const page = (operation: OperationView): string =>
  [
    `${operation.name}: ${operation.summary}`,
    aligned([
      ['class', `${operation.class}, because ${operation.because}`],
      ['apply needs', operation.permissions.apply.join(', ')],
      ['inverse needs', operation.permissions.inverse.join(', ')],
      ...operation.examples.map((example) => ['example', fieldWords(example)]),
    ]),
    '',
    JSON.stringify(operation.params, undefined, 2),
  ].join('\n');
