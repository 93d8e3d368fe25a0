/**
 * The processes of a campaign: children that work and are asked, and commands of the real command line. Each of them
 * ends when the campaign does, however that ends: they die when their channel to it is closed.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Ask, Asked, Begin, Said } from './child.ts';

export interface Ended {
  readonly pid: number;
  readonly isKilled: boolean;
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
export interface Mortal {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  kill(): void;
}
export type Answer = Exclude<Said, { says: 'ready' }>;
export interface Child extends Mortal {
  begin(begin: Begin): void;
  /** Whether it came so far. */
  readonly ready: Promise<boolean>;
  /** Nothing when it died before it answered. */
  ask(ask: Ask): Promise<Answer | undefined>;
}
export interface Command extends Mortal {
  /** It has said how far it is. */
  readonly begun: Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const childFile = fileURLToPath(new URL('child.ts', import.meta.url));
const commandFile = fileURLToPath(new URL('../../src/recourse.ts', import.meta.url));
const living = new Set<ChildProcess>();
process.on('exit', () => living.forEach((one) => one.kill('SIGKILL')));

/** Ends all that still live. */
export async function endAll(): Promise<void> {
  await Promise.all(
    [...living].map(async (one) => {
      one.kill('SIGKILL');
      if (one.exitCode === null && one.signalCode === null) await once(one, 'exit');
    }),
  );
}

/** Starts a child, which waits until it is told to begin. */
export function startChild(env: Environment): Child {
  const started = fork(childFile, { env, silent: true });
  const mortal = watched(started);
  const answers = new Map<number, (answer: Answer | undefined) => void>();
  const isReady = Promise.withResolvers<boolean>();
  let asked = 0;
  started.on('message', (said: Said) => {
    if (said.says === 'ready') return isReady.resolve(true);
    answers.get(said.number)?.(said);
    answers.delete(said.number);
  });
  const bury = async (): Promise<void> => {
    await mortal.ended;
    isReady.resolve(false);
    for (const answer of answers.values()) answer(undefined);
    answers.clear();
  };
  void bury();
  const send = (message: Begin | Asked): boolean => {
    if (!started.connected) return false;
    started.send(message, () => undefined); // a dead one does not hear it
    return true;
  };
  return {
    ...mortal,
    ready: isReady.promise,
    begin: send,
    ask: (ask) =>
      new Promise((resolve) => {
        asked += 1;
        answers.set(asked, resolve);
        if (!send({ number: asked, ask })) resolve(undefined);
      }),
  };
}

/** Runs one line of the real command line. */
export function startCommand(args: readonly string[], env: Environment): Command {
  const started = spawn(process.execPath, [commandFile, ...args], {
    env: { ...env, RECOURSE_STARTED_BY: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const mortal = watched(started);
  const begun = new Promise<void>((resolve) => {
    for (const stream of [started.stdout, started.stderr]) stream?.once('data', () => resolve());
    void mortal.ended.then(() => resolve());
  });
  return { ...mortal, begun };
}

function watched(started: ChildProcess): Mortal {
  living.add(started);
  const said = { out: '', err: '' };
  started.stdout?.on('data', (data: Buffer) => (said.out += data.toString()));
  started.stderr?.on('data', (data: Buffer) => (said.err += data.toString()));
  const pid = started.pid ?? -1;
  const ended = new Promise<Ended>((resolve) => {
    started.once('close', (code, signal) => {
      living.delete(started);
      resolve({ pid, isKilled: signal === 'SIGKILL', code, ...said });
    });
  });
  return { pid, ended, kill: () => void started.kill('SIGKILL') };
}
