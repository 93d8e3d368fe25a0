/**
 * The command line as a whole: one file per command, and one place where a fault becomes words and an exit code. Exit
 * codes are those of the table of faults; 1 is never used, because shells and tools mean everything by it.
 */
import { Command, CommanderError } from 'commander';

import { Fault, faults } from '../model/fault.ts';
import { exitOf } from './act.ts';
import { approveCommand } from './approve.ts';
import { assessCommand } from './assess.ts';
import { backupCommand } from './backup.ts';
import { cancelCommand } from './cancel.ts';
import { closeCommand } from './close.ts';
import { compareCommand } from './compare.ts';
import { complete, completionCommand } from './completion.ts';
import { connectionsCommand } from './connections.ts';
import { decideCommand } from './decide.ts';
import { doctorCommand } from './doctor.ts';
import { evidenceCommand } from './evidence.ts';
import type { Given } from './given.ts';
import { listCommand } from './list.ts';
import { noteCommand } from './note.ts';
import { operationsCommand } from './operations.ts';
import { policyCommand } from './policy.ts';
import { proposeCommand } from './propose.ts';
import { rebuildCommand } from './rebuild.ts';
import { recoverCommand } from './recover.ts';
import { rehearseCommand } from './rehearse.ts';
import { rejectCommand } from './reject.ts';
import { resolveCommand } from './resolve.ts';
import { restoreCommand } from './restore.ts';
import { retryCommand } from './retry.ts';
import { reviseCommand } from './revise.ts';
import { runCommand } from './run.ts';
import { serveCommand } from './serve.ts';
import { showCommand } from './show.ts';
import { skipCommand } from './skip.ts';
import { takeOverCommand } from './take-over.ts';
import { harmless, painter } from './terminal.ts';
import { tokenCommand } from './token.ts';
import { versionCommand } from './version.ts';
import { workerCommand } from './worker.ts';

const groups: Readonly<Record<string, readonly ((given: Given) => Command)[]>> = {
  'Judge:': [assessCommand, rehearseCommand, policyCommand],
  'Propose and approve:': [proposeCommand, reviseCommand, approveCommand, rejectCommand, runCommand, cancelCommand],
  'Look:': [listCommand, showCommand, compareCommand, decideCommand],
  'Take back:': [recoverCommand, retryCommand, skipCommand, resolveCommand, takeOverCommand],
  'Record:': [noteCommand, closeCommand, evidenceCommand],
  'Set up:': [operationsCommand, connectionsCommand, tokenCommand, completionCommand],
  'Operate:': [
    serveCommand,
    workerCommand,
    backupCommand,
    restoreCommand,
    rebuildCommand,
    doctorCommand,
    versionCommand,
  ],
};

function programFor(given: Given): Command {
  const program = new Command('recourse')
    .description('The way back for production changes.')
    .version(given.version, '--version')
    .option('--json', 'print one JSON document, faults included')
    .option('--data <folder>', 'the data folder (RECOURSE_DATA)')
    .option('--database <url>', 'a PostgreSQL store that many workers share (RECOURSE_DATABASE)')
    .option('--server <url>', 'a running server (RECOURSE_SERVER, with RECOURSE_TOKEN)')
    .helpCommand(false)
    .addHelpText('after', start);
  for (const [heading, commands] of Object.entries(groups)) {
    program.commandsGroup(heading);
    for (const make of commands) program.addCommand(make(given));
  }
  quiet(program, given);
  return program;
}

const start = `
Start:
  recourse assess                             can this branch be undone, and until when?
  recourse propose -f change.yaml --dry-run   say how a change could be undone, and change nothing
  recourse doctor                             is everything here that Recourse needs?`;

/** Commander's own words go to our terminal, and its errors come to us. */
function quiet(command: Command, given: Given): void {
  command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: (text) => given.terminal.out(text), writeErr: () => {} });
  for (const inner of command.commands) quiet(inner, given);
}

/** Runs one command line. Answers its exit code. */
export async function runProgram(argv: readonly string[], given: Given): Promise<number> {
  try {
    const program = programFor(given);
    if (argv[0] === 'complete') await complete(program, argv.slice(argv.indexOf('--') + 1));
    else await program.parseAsync(argv, { from: 'user' });
    return exitOf(given);
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return 0;
      return say(given, argv, misused(thrown));
    }
    return say(given, argv, Fault.from(thrown), thrown);
  }
}

const misused = ({ message, code }: CommanderError): Fault =>
  code === 'commander.help'
    ? new Fault('invalid-input', 'Say what to do.', { advice: '`recourse --help` lists the commands.' })
    : new Fault('invalid-input', message.replace(/^error: /, ''), {
        advice: 'See `recourse --help`, or `--help` after a command.',
      });

function say(given: Given, argv: readonly string[], fault: Fault, thrown?: unknown): number {
  const { terminal } = given;
  const paint = painter(terminal);
  if (argv.includes('--json')) terminal.out(`${JSON.stringify({ fault: fault.report }, undefined, 2)}\n`);
  else {
    terminal.err(
      `${paint('bad', `${fault.code}:`)} ${fault.message.split('\n').map(harmless).join('\n')}\n${harmless(fault.advice)}\n`,
    );
    if (fault.code === 'bug' && thrown instanceof Error) terminal.err(`${paint('quiet', thrown.stack ?? '')}\n`);
  }
  return faults[fault.code].exit;
}
