/**
 * The embedded store: one process has it, is killed, and another one starts on what it left. Most are children that
 * work and are asked; some are commands that a person types, and some are the real server.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { commandLife } from './command-life.ts';
import { doom, type Doom } from './doom.ts';
import { type Child, startChild, startCommand } from './processes.ts';
import {
  atRandom,
  followNew,
  isDone,
  noteEnd,
  type Points,
  pointsOf,
  type Stage,
  untilNothingIsOpen,
} from './stage.ts';

const concurrency = 4;
/** Milliseconds in which something happens, also on a busy machine. */
const quiet = 3000;
/** Changes that are open at a time. */
const crowdSize = 5;
const aMinute = 60_000;
/** A child that is to stop at a point does before so much has happened, when it comes to that point at all. */
const patience: Doom = { after: 250, quiet };

export async function killEmbedded(stage: Stage): Promise<void> {
  const points = pointsOf(stage);
  let warm = startChild(stage.env);
  while (!isDone(stage)) {
    if (stage.chance.isTrue(0.15) && (await commandLife(stage))) continue;
    if (stage.chance.isTrue(0.05)) {
      await serverLife(stage);
      continue;
    }
    const child = warm;
    warm = startChild(stage.env);
    await childLife(stage, points, child);
  }
  stage.crowd.leaveToWorkers();
  warm.begin({ url: stage.url, concurrency, stopAfter: undefined, isBlind: stage.isBlind });
  await untilNothingIsOpen(stage, 90_000, () => stage.crowd.round(warm.ask));
  await warm.ask({ act: 'end' });
  noteEnd(stage, await warm.ended, 'the end');
}

async function childLife(stage: Stage, points: Points, child: Child): Promise<void> {
  const { chance, crowd } = stage;
  const point = stage.points || chance.isTrue(0.65) ? points.next() : undefined;
  const undoes = point === 'compare' || point === 'open';
  await followNew(stage, { ...(undoes && { life: 'undone' as const }) });
  while (crowd.open().length < crowdSize) await followNew(stage, { isByCommand: chance.isTrue(0.2) });

  child.begin({ url: stage.url, concurrency, stopAfter: point && placeOf(stage, point), isBlind: stage.isBlind });
  const opening = setTimeout(child.kill, point === undefined && chance.isTrue(0.1) ? chance.below(600) : aMinute);
  const isReady = await child.ready;
  clearTimeout(opening);
  const end = doom(stage, child, point === undefined ? { after: chance.below(120), quiet } : patience);
  if (isReady) while (await crowd.round(child.ask)) await sleep(30);
  const isOurs = await end;
  noteEnd(stage, await child.ended, isOurs || !isReady || point === undefined ? atRandom : point);
  if (isOurs && point !== undefined) points.missed(point);
}

/** At any step or at one of them, early or late in a life. */
export const placeOf = ({ chance }: Stage, point: string): { readonly point: string; readonly time: number } =>
  stepPoints.has(point) && chance.isTrue(0.5)
    ? { point: `${point}:${1 + chance.below(10)}`, time: 1 + chance.below(2) }
    : { point, time: 1 + chance.below(stepPoints.has(point) ? 12 : 3) };
const stepPoints: ReadonlySet<string> = new Set(['observe', 'start', 'apply', 'outcome']);

/** `recourse serve` goes on with what was left, and is killed in the middle of it. */
async function serverLife(stage: Stage): Promise<void> {
  const server = startCommand(['serve', '--port', '0', '--concurrency', String(concurrency)], stage.env);
  await server.begun;
  await doom(stage, server, { after: stage.chance.below(15), quiet });
  noteEnd(stage, await server.ended, atRandom);
}
