/**
 * The changes of a campaign: ten steps each, on files of their own, and the end that each of them must come to,
 * whatever is killed on the way. They are made before anything runs, so that nobody has to believe our records.
 */
import { chmod, link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Proposal, ProposedStep } from '#src/model/proposal.ts';
import type { Status } from '#src/model/status.ts';

import type { Chance } from './chance.ts';

/** How a file looks from outside; `null` when it is not there. */
export type Look = { readonly mode: string; readonly content: string } | null;

export interface PlannedFile {
  readonly path: string;
  readonly before: Look;
  readonly after: Look;
}

/** `undone` and `stopped` have a step that really fails; a person takes back `recovered` and `stopped`. */
export type Life = 'applied' | 'undone' | 'recovered' | 'stopped';

export interface Planned {
  readonly name: string;
  readonly life: Life;
  readonly proposal: Proposal;
  /** Holds its files, and nothing else. */
  readonly folder: string;
  readonly files: readonly PlannedFile[];
  /** Where it rests before a person takes it back; `undefined` when nobody does. */
  readonly takenBackFrom: Status | undefined;
  readonly end: 'applied' | 'rolled-back';
  /** A step waits for this file; it comes so many milliseconds after the proposal. */
  readonly awaited: { readonly path: string; readonly after: number } | undefined;
}

const stepCount = 10;
const lives = ['applied', 'applied', 'applied', 'undone', 'undone', 'recovered', 'recovered', 'stopped'] as const;
const takenBack: Readonly<Record<Life, Status | undefined>> = {
  applied: undefined,
  undone: undefined,
  recovered: 'applied',
  stopped: 'partly-applied',
};

export interface PlanOptions {
  readonly folder: string;
  readonly name: string;
  readonly chance: Chance;
  readonly life?: Life;
  /** Seconds that a call may take. */
  readonly deadline: number;
  /** Every step sets a mode: the one call that looks at nothing before it acts. */
  readonly isPlain: boolean;
}

interface Made {
  readonly step: ProposedStep;
  readonly file: PlannedFile;
}

/** Plans a change and makes its files. */
export async function planChange({ folder, name, chance, ...options }: PlanOptions): Promise<Planned> {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  const life = options.life ?? chance.oneOf(lives);
  const fails = life === 'undone' || life === 'stopped' ? 2 + chance.below(stepCount - 1) : undefined;
  const waits = chance.isTrue(0.1) ? 2 + chance.below(stepCount - 1) : undefined;
  const awaited = waits === undefined || waits === fails ? undefined : join(place, 'awaited');
  const onFailure = life === 'undone' ? ('undo' as const) : ('stop' as const);
  const common = { onFailure, deadline: `${options.deadline}s` };
  const steps: ProposedStep[] = [];
  const files = new Map<string, PlannedFile>();
  for (let number = 1; number <= stepCount; number += 1) {
    if (awaited !== undefined && number === waits) {
      const subject = { path: awaited };
      steps.push({ ...common, wait: { until: 'linux/file-exists', subject, every: '1s' }, on: 'local' } as never);
      continue;
    }
    const path = join(place, String(number));
    const again = [...files.values()].find(({ after }) => after?.mode === '0600');
    const { step, file } =
      number === fails
        ? await failing(path, chance)
        : again && chance.isTrue(0.1)
          ? modeAgain(again)
          : await chance.oneOf(options.isPlain ? [setMode] : [setMode, setMode, setMode, putNew, putOther, remove])(
              path,
            );
    files.set(file.path, file);
    steps.push({ ...common, ...step });
  }
  return {
    name,
    life,
    proposal: { title: name, environment: 'test', steps },
    folder: place,
    files: [...files.values()],
    takenBackFrom: takenBack[life],
    end: life === 'applied' ? 'applied' : 'rolled-back',
    awaited: awaited === undefined ? undefined : { path: awaited, after: chance.below(1500) },
  };
}

/** Like no other file's: what is put back must be its own. */
const looking = (path: string, how: string, mode = '0644') => ({ mode, content: `${path} ${how}\n` });
const old = (path: string) => looking(path, 'as it was');

async function make(path: string): Promise<void> {
  await writeFile(path, old(path).content);
  await chmod(path, 0o644);
}

async function setMode(path: string): Promise<Made> {
  await make(path);
  return {
    step: { 'linux.set-file-mode': { path, mode: '0600' } },
    file: { path, before: old(path), after: { ...old(path), mode: '0600' } },
  };
}

/** A second step on the same file: its way back leads through the first one's. */
const modeAgain = (file: PlannedFile): Made => ({
  step: { 'linux.set-file-mode': { path: file.path, mode: '0640' } },
  file: { ...file, after: file.after && { ...file.after, mode: '0640' } },
});

async function putNew(path: string): Promise<Made> {
  const after = looking(path, 'new', '0640');
  return { step: { 'linux.put-file': { path, ...after } }, file: { path, before: null, after } };
}

async function putOther(path: string): Promise<Made> {
  await make(path);
  const after = looking(path, 'other');
  return {
    step: { 'linux.put-file': { path, content: after.content } },
    file: { path, before: old(path), after },
  };
}

async function remove(path: string): Promise<Made> {
  await make(path);
  return { step: { 'linux.put-file': { path, content: null } }, file: { path, before: old(path), after: null } };
}

/** The file is not there when it is looked at; or it has a second name, and the call itself is refused. */
async function failing(path: string, chance: Chance): Promise<Made> {
  if (chance.isTrue(0.5))
    return {
      step: { 'linux.set-file-mode': { path, mode: '0600' } },
      file: { path, before: null, after: null },
    };
  await make(path);
  await link(path, `${path}.second-name`);
  return {
    step: { 'linux.put-file': { path, content: 'never\n' } },
    file: { path, before: old(path), after: old(path) },
  };
}
