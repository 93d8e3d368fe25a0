/** One line of the real command line, killed on its way: what a person at a terminal lives through. */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import type { StopPoint } from '#src/pipeline/stop-points.ts';

import { type Act, type Followed, proposed, wantedOf } from './crowd.ts';
import { startCommand } from './processes.ts';
import { atRandom, followNew, noteEnd, type Stage } from './stage.ts';

const steps = ['claim', 'lease', 'observe', 'start', 'apply', 'outcome', 'verify'] as const;
const stops: Readonly<Record<Act, readonly [StopPoint, ...StopPoint[]]>> = {
  propose: ['propose'],
  approve: ['approve'],
  run: steps,
  recover: ['compare', 'open', ...steps],
};

/** Answers false when there is nothing to type. */
export async function commandLife(stage: Stage): Promise<boolean> {
  const { chance, isEmbedded } = stage;
  const impatient = chance.isTrue(0.5) ? interrupted(stage) : undefined;
  const one = impatient ?? (chance.isTrue(0.2) ? await followNew(stage, { isByCommand: true }) : typed(stage));
  const act = impatient ? 'run' : one && wantedOf(one, isEmbedded);
  if (!one || !act) return false;
  const point = pointFor(stage, one, act);
  const isQuiet = act === 'propose' || act === 'approve';
  const atPoint = point !== undefined && (isQuiet || chance.isTrue(0.6));
  const command = startCommand(await wordsOf(stage, one, act), {
    ...stage.env,
    ...(atPoint && { RECOURSE_STOP_AFTER: point }),
  });
  if (!atPoint) {
    await command.begun;
    await sleep(chance.below(40));
    command.kill();
  }
  const tooLong = setTimeout(command.kill, 30_000);
  const ended = await command.ended;
  clearTimeout(tooLong);
  if (one.isByCommand) one.broken = ended.isKilled ? act : undefined;
  if (act === 'propose' && ended.code === 0) proposed(one, ended.out.trim() as never);
  noteEnd(stage, ended, atPoint ? point.split(':', 1)[0]! : atRandom);
  return true;
}

const typed = ({ crowd, isEmbedded }: Stage): Followed | undefined =>
  crowd.open().find((one) => one.isByCommand && wantedOf(one, isEmbedded) !== undefined);

/** Its worker has died, and somebody does not wait until another one takes over. */
const interrupted = ({ crowd }: Stage): Followed | undefined => crowd.open().find(({ row }) => row?.interrupted);

function pointFor({ chance, points }: Stage, one: Followed, act: Act): string | undefined {
  const isInDoubt = one.row?.status === 'running' || one.row?.recovery?.status === 'running';
  const undoes = act === 'run' && one.planned.life === 'undone';
  const possible = [
    ...stops[act],
    ...(isInDoubt ? Array.from({ length: 8 }, () => 'settle' as const) : []),
    ...(undoes ? (['compare', 'open'] as const) : []),
  ].filter((point) => points === undefined || points.includes(point));
  const [first, ...others] = possible;
  if (first === undefined) return undefined;
  const point = chance.oneOf([first, ...others]);
  const isOfStep = ['observe', 'start', 'apply', 'outcome'].includes(point);
  return isOfStep && chance.isTrue(0.7) ? `${point}:${1 + chance.below(10)}` : point;
}

async function wordsOf({ folder }: Stage, { planned, id = '' as never }: Followed, act: Act): Promise<string[]> {
  if (act !== 'propose') return [act, id];
  const file = `${folder}/${planned.name}.json`;
  await writeFile(file, JSON.stringify(planned.proposal));
  return ['propose', '-f', file, '-q', '--request', planned.name];
}
