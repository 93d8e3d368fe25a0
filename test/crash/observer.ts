/**
 * The observer stands outside: it counts from the files themselves and from the effect log, in which every effect is
 * noted right before it happens. Our own records are only held against what it has seen.
 */
import { readdir, readFile, stat } from 'node:fs/promises';

import type { ChangeId } from '#src/model/ids.ts';
import type { State } from '#src/model/state.ts';

import type { Look, Planned } from './planned.ts';

/** One line of the effect log. */
export interface Effect {
  readonly pid: number;
  /** `chmod`, `put` or `remove`. */
  readonly call: string;
  readonly path: string;
  readonly was: string;
  readonly to: string;
}

const line = /^\S+ (?<pid>\d+) (?<call>\S+) (?<path>.+) was=(?<was>\S+) to=(?<to>\S+)$/;

/** Faults of the log itself are errors: a line that nobody can read may hide an effect. */
export function effectsIn(log: string): readonly Effect[] {
  return log
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => {
      const { pid, call = '', path = '', was = '', to = '' } = line.exec(text)?.groups ?? {};
      if (pid === undefined) throw new Error(`the effect log has a line that is none: ${text}`);
      return { pid: Number(pid), call, path, was, to };
    });
}

/**
 * Effects that were made when they were there already: the two states of a line are equal; or a line says again what
 * the one before it on the same file said, although whoever wrote that one lived to make its effect.
 */
export function doubledIn(effects: readonly Effect[], killed: ReadonlySet<number>): readonly string[] {
  const before = new Map<string, Effect>();
  return effects.flatMap((effect) => {
    const { call, path, was, to } = effect;
    const last = before.get(path);
    before.set(path, effect);
    if (was === to) return `${call} ${path} to ${to}, which it was already`;
    const isAgain = last !== undefined && last.call === call && last.was === was && last.to === to;
    return isAgain && !killed.has(last.pid) ? `${call} ${path} from ${was} to ${to}, twice` : [];
  });
}

/** Calls that the record says were made on each file, in order: those of a change, then those that took it back. */
export function recordedCalls(states: readonly State[]): ReadonlyMap<string, readonly string[]> {
  const calls = new Map<string, string[]>();
  for (const { step, status, params } of states.flatMap(({ steps }) => steps)) {
    if (status !== 'applied' || !('does' in step)) continue;
    const { path, mode, content } = params as { path: string; mode?: string; content?: unknown };
    const isMode = step.does.operation === 'linux.set-file-mode';
    const call = isMode ? `chmod ${mode ?? ''}` : content === null ? 'remove' : 'put';
    calls.set(path, [...(calls.get(path) ?? []), call]);
  }
  return calls;
}

/** Calls that are on record and that nobody saw: the effects on a file must hold them, in this order. */
export function lostCalls(recorded: ReadonlyMap<string, readonly string[]>, effects: readonly Effect[]): string[] {
  const seen = Map.groupBy(effects, ({ path }) => path);
  return [...recorded].flatMap(([path, calls]) => {
    const left = [...calls];
    for (const { call, to } of seen.get(path) ?? [])
      if (left[0] === (call === 'chmod' ? `chmod ${to}` : call)) left.shift();
    return left.map((call) => `${path}: ${call} is on record, and its effect was never made`);
  });
}

/** Records that the store had confirmed and does not have. `confirmed` holds lines of `<change> <seq> <hash>`. */
export function lostRecords(
  confirmed: string,
  hashOf: (change: ChangeId, seq: number) => string | undefined,
): string[] {
  return confirmed
    .split('\n')
    .filter((text) => text !== '')
    .flatMap((text) => {
      const [change = '', seq = '', hash] = text.split(' ');
      return hashOf(change as ChangeId, Number(seq)) === hash
        ? []
        : `record ${seq} of ${change} was confirmed, and is gone`;
    });
}

/** Files of a change that are not as its end wants them, and what its calls have left beside them. */
export async function wrongFiles({ files, folder, end }: Planned): Promise<readonly string[]> {
  const left = (await readdir(folder)).filter((name) => name.startsWith('.recourse-'));
  const wrong = await Promise.all(
    files.map(async ({ path, before, after }) => {
      const wanted = words(end === 'applied' ? after : before);
      const found = words(await lookAt(path));
      return found === wanted ? [] : `${path} is ${found}, and must be ${wanted}`;
    }),
  );
  return [...wrong.flat(), ...left.map((name) => `${folder} holds ${name}, which a call has left`)];
}

async function lookAt(path: string): Promise<Look> {
  try {
    const [content, { mode }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return { content, mode: (mode & 0o7777).toString(8).padStart(4, '0') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const words = (look: Look): string => (look ? `${look.mode} ${JSON.stringify(look.content)}` : 'absent');
