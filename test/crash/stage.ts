/** One store under fire: where it is, who follows what on it, what is drawn, and who was killed where. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type StopPoint, stopPoints } from '#src/pipeline/stop-points.ts';

import type { Chance } from './chance.ts';
import { crowdOf, type Crowd, type Followed } from './crowd.ts';
import { planChange, type Life } from './planned.ts';
import type { Ended } from './processes.ts';

export interface StageOptions {
  /** Unlike that of any other campaign on the same store. */
  readonly name: string;
  /** Of its own: for the files that are changed and the notes that are taken. */
  readonly folder: string;
  readonly url: string;
  readonly isEmbedded: boolean;
  readonly kills: number;
  readonly chance: Chance;
  /** The only stop points there are; all of them by default. */
  readonly points?: readonly StopPoint[];
  readonly isBlind: boolean;
  /** Told how far it is. */
  readonly progress: (words: string) => void;
}

export interface Stage extends StageOptions {
  readonly crowd: Crowd;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly effectLog: string;
  readonly confirmed: string;
  readonly killed: Set<number>;
  /** What went wrong in a job or in the background, and is tried again. */
  readonly complaints: string[];
  /** Kills by point; `a random moment` is one. */
  readonly moments: Map<string, number>;
  readonly startedAt: number;
}

export const atRandom = 'a random moment';

export function stageOf(options: StageOptions, key: string): Stage {
  const { folder, url, isEmbedded } = options;
  const effectLog = join(folder, 'effects');
  const confirmed = join(folder, 'confirmed');
  const env = {
    ...process.env,
    RECOURSE_KEY: key,
    RECOURSE_DATA: isEmbedded ? url : join(folder, 'no-data'),
    RECOURSE_DATABASE: isEmbedded ? undefined : url,
    RECOURSE_SERVER: undefined,
    RECOURSE_STOP_AFTER: undefined,
    RECOURSE_EFFECT_LOG: effectLog,
    RECOURSE_CRASH_CONFIRMED: confirmed,
    NODE_COMPILE_CACHE: join(folder, '..', 'compiled'),
  };
  return {
    ...options,
    env,
    effectLog,
    confirmed,
    crowd: crowdOf(isEmbedded),
    killed: new Set(),
    complaints: [],
    moments: new Map(),
    startedAt: performance.now(),
  };
}

/** Seconds that a call may take: on a shared store a successor waits as long for a predecessor that may still live. */
const deadline = 3;

/** Changes that are open and only go on when somebody types a command. */
const mostTyped = 4;

export async function followNew(stage: Stage, more: { life?: Life; isByCommand?: boolean } = {}): Promise<Followed> {
  const { chance, crowd, folder, isBlind: isPlain } = stage;
  const name = `${stage.name}-${crowd.all.length + 1}`;
  const life = more.life && { life: more.life };
  const planned = await planChange({ folder: join(folder, 'files'), name, chance, deadline, isPlain, ...life });
  const typed = crowd.open().filter(({ isByCommand }) => isByCommand).length;
  return crowd.follow(planned, more.isByCommand === true && typed < mostTyped);
}

export const isDone = ({ killed, kills }: Stage): boolean => killed.size >= kills;

/** How a command ends that was faster than its killer: well, or refused because a worker was faster than it. */
const faster: ReadonlySet<number | null> = new Set([0, 2, 4, 5]);

/** Writes down that a process has died, and where. One that ended otherwise is a failure of the campaign. */
export function noteEnd(stage: Stage, { pid, isKilled, code, err }: Ended, moment: string): void {
  stage.complaints.push(...err.split('\n').filter((line) => /^complaint|Warning: /.test(line)));
  if (!isKilled) {
    if (faster.has(code)) return;
    throw new Error(`process ${pid} ended by itself with ${code}:\n${err.slice(-3000)}`);
  }
  stage.killed.add(pid);
  stage.moments.set(moment, (stage.moments.get(moment) ?? 0) + 1);
  const { size } = stage.killed;
  if (size % 10 !== 0) return;
  const { all, open } = stage.crowd;
  const seconds = ((performance.now() - stage.startedAt) / 1000).toFixed(0);
  stage.progress(
    `${size} of ${stage.kills} killed in ${seconds} s, ${all.length} changes, ${open().length} of them open`,
  );
}

/** Draws stop points so that each comes up as often as any other; one that was not reached comes up once more. */
export interface Points {
  next(): StopPoint;
  missed(point: StopPoint): void;
}
export function pointsOf({ chance, points }: Stage, canBeReached: (point: StopPoint) => boolean = () => true): Points {
  const all = points ?? (Object.keys(stopPoints) as StopPoint[]).filter(canBeReached);
  const owed = new Set<StopPoint>();
  let left: StopPoint[] = [];
  return {
    next() {
      if (left.length === 0) left = chance.shuffled([...all, ...owed]);
      const point = left.pop() ?? 'apply';
      owed.delete(point);
      return point;
    },
    missed: (point) => void owed.add(point),
  };
}

/** Until nothing is open any more, or for so many milliseconds. */
export async function untilNothingIsOpen(stage: Stage, ms: number, round: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + ms;
  while (stage.crowd.open().length > 0 && performance.now() < end) {
    await round();
    await sleep(100);
  }
}
