import { Command } from 'commander';

import { stopPoints } from '../pipeline/stop-points.ts';
import { globals, print } from './act.ts';
import type { Given } from './given.ts';
import { aligned, harmless, painter } from './terminal.ts';
import { answerMark, answerTone } from './words.ts';

/** `recourse doctor` */
export const doctorCommand = (given: Given): Command =>
  new Command('doctor')
    .description('is everything here that Recourse needs, and is the record whole?')
    .option('--stop-points', 'list the moments at which RECOURSE_STOP_AFTER=<point> kills the process')
    .addHelpText('after', '\nExamples:\n  recourse doctor\n  recourse doctor --stop-points')
    .action(async (options: { stopPoints?: boolean }, command: Command) => {
      const isJson = globals(command).json ?? false;
      if (options.stopPoints) {
        print(given, isJson, { json: stopPoints, words: aligned(Object.entries(stopPoints)) });
        return;
      }
      const lines = await given.doctor(globals(command));
      const paint = painter(given.terminal);
      const rows = lines.map(({ what, answer, seen }) => [
        paint(answerTone[answer], answerMark[answer]),
        what,
        harmless(seen),
      ]);
      print(given, isJson, {
        json: lines,
        words: aligned(rows),
        exit: lines.some(({ answer }) => answer === 'no') ? 5 : 0,
      });
    });
