import { Command } from 'commander';

import { changeFor, globals, print, withRecourse } from './act.ts';
import type { Given } from './given.ts';

/** `recourse evidence export` and `recourse evidence verify` */
export const evidenceCommand = (given: Given): Command =>
  new Command('evidence')
    .description('what happened to a change, sealed, in a file that anybody can check')
    .addCommand(exportCommand(given))
    .addCommand(verifyCommand(given));

const exportCommand = (given: Given): Command =>
  new Command('export')
    .description('write the facts of a change and their seal into a file')
    .argument('<change>', 'its id, or the last four or more characters of it')
    .option('-o, --output <file>', 'where to; standard output when left out')
    .addHelpText('after', '\nExample:\n  recourse evidence export 9M7K3Q -o 9M7K3Q.jsonl')
    .action((ending: string, { output }: { output?: string }, command: Command) =>
      withRecourse(given, command, async ({ recourse, isJson }) => {
        const id = await changeFor(recourse, ending);
        const text = await recourse.exportEvidence(id);
        if (output === undefined && !isJson) {
          given.terminal.out(text);
          return {};
        }
        if (output !== undefined) await given.write(output, text);
        const facts = text.split('\n').length - 2;
        return {
          json: output === undefined ? { change: id, facts, evidence: text } : { change: id, facts, file: output },
          words: `${facts} facts of ${id}, sealed: ${output ?? ''}`,
        };
      }),
    );

const verifyCommand = (given: Given): Command =>
  new Command('verify')
    .description('check an evidence file byte for byte; needs no store and no key')
    .argument('<file>', 'the file; - for standard input')
    .option('--key <fingerprint>', 'the fingerprint of the key that must have sealed it')
    .addHelpText('after', '\nExample:\n  recourse evidence verify 9M7K3Q.jsonl --key SHA256:…')
    .action(async (file: string, { key }: { key?: string }, command: Command) => {
      const verdict = await given.verify(file, key);
      const words = verdict.valid
        ? `valid: ${verdict.facts} facts of ${verdict.change}, sealed by key ${verdict.keyFingerprint}${key === undefined ? '' : ', which is the one you named'}`
        : `broken at ${verdict.at === 'seal' ? 'the seal' : `fact ${verdict.at}`}: ${verdict.because}`;
      print(given, globals(command).json ?? false, { json: verdict, words, exit: verdict.valid ? 0 : 6 });
    });
