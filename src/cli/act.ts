/**
 * How every command runs: Recourse is opened, the answer is printed (or one JSON document with `--json`), a fault
 * becomes words and an exit code, and what was opened is closed whatever happens.
 */
import type { Command } from 'commander';

import { Fault } from '../model/fault.ts';
import type { ChangeId } from '../model/ids.ts';
import type { Recourse } from '../model/recourse.ts';
import type { ChangeView } from '../model/view.ts';
import type { Given, Opened, Where } from './given.ts';
import { exitFor } from './words.ts';

export interface GlobalOptions extends Where {
  readonly json?: boolean;
}

/** The answer of a command. */
export interface Answer {
  /** The one document that `--json` prints. */
  readonly json?: unknown;
  /** The same as JSON text already. */
  readonly jsonText?: string;
  /** For people. */
  readonly words?: string;
  readonly exit?: number;
}

export interface Doing {
  readonly given: Given;
  readonly recourse: Recourse;
  readonly through: Opened['through'];
  readonly isJson: boolean;
}

/** The options of a command together with the global ones. */
export const globals = (command: Command): GlobalOptions => command.optsWithGlobals();

/** Prints an answer and sets the exit code. */
export function print(given: Given, isJson: boolean, { json, jsonText, words, exit }: Answer): void {
  const { terminal } = given;
  if (isJson) terminal.out(`${jsonText ?? JSON.stringify(json ?? null, undefined, 2)}\n`);
  else if (words !== undefined && words !== '') terminal.out(`${words}\n`);
  if (exit !== undefined) exits.set(given, exit);
}

const exits = new WeakMap<Given, number>();
export const exitOf = (given: Given): number => exits.get(given) ?? 0;

/** Runs `act` with Recourse open. */
export async function withRecourse(
  given: Given,
  command: Command,
  act: (doing: Doing) => Promise<Answer>,
): Promise<void> {
  const options = globals(command);
  const opened = await given.open(options);
  try {
    const isJson = options.json ?? false;
    print(given, isJson, await act({ given, recourse: opened.recourse, through: opened.through, isJson }));
  } finally {
    await opened.close();
  }
}

const wholeId = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The change that is meant by an id or the end of one. */
export const changeFor = async (recourse: Recourse, ending: string): Promise<ChangeId> =>
  wholeId.test(ending) ? (ending as ChangeId) : recourse.find(ending);

/** A change as the answer of a command that brought it where it stands. */
export const viewAnswer = (view: ChangeView, words: string): Answer => ({
  json: view,
  words,
  exit: exitFor(view),
});

/** The command line that goes on from a fault, without the words that only repeat. */
export const invalid = (message: string, advice?: string): Fault =>
  new Fault('invalid-input', message, advice === undefined ? {} : { advice });
