/**
 * PostgreSQL with four workers: three live, and one is killed again and again, so that the others have to pick up what
 * it left. Most victims are children that are asked as well; some are the real `recourse worker`, and some are commands
 * that a person types.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Ask } from './child.ts';
import { commandLife } from './command-life.ts';
import { doom, type Doom } from './doom.ts';
import { placeOf } from './embedded.ts';
import { type Answer, type Child, startChild, startCommand } from './processes.ts';
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

/** Changes at a time, of each survivor: fewer than the victim has, so that the victim gets its share. */
const survivorsWork = [2, 1, 1];
const victimWorks = 4;
/** New changes for each victim: the jobs of a dead worker rest for ten seconds, and others have to be there. */
const perLife = 3;
const crowdSize = 60;
/** Milliseconds in which something happens, also on a busy machine. */
const quiet = 1200;
const patience: Doom = { after: 300, quiet };
/** Notes that the new changes of a victim make, about. */
const muchOfALife = 70;
/** A job that was killed again and again rests for a minute at most, and ten seconds longer. */
const longestRest = 180_000;
/** Points that are come to while somebody is asked, and not while a job is worked. */
const whileAsked: ReadonlySet<string> = new Set(['propose', 'approve', 'compare', 'open']);

export async function killOnPostgres(stage: Stage): Promise<void> {
  const survivors = survivorsWork.map((concurrency) => startWorker(stage, startChild(stage.env), { concurrency }));
  for (const survivor of survivors) if (!(await survivor.ready)) noteEnd(stage, await survivor.ended, 'the beginning');
  const people = peopleOn(stage, survivors);
  // What somebody has left is settled ten seconds later, by whoever comes: only a command can be sent there.
  const points = pointsOf(stage, (point) => point !== 'settle');
  let warm = startChild(stage.env);
  while (!isDone(stage)) {
    if (stage.chance.isTrue(0.15) && (await commandLife(stage))) continue;
    const child = warm;
    if (await victimLife(stage, points, people, child)) warm = startChild(stage.env);
  }
  warm.kill();
  stage.crowd.leaveToWorkers();
  await untilNothingIsOpen(stage, longestRest, async () => undefined);
  await people.leave();
  await Promise.all(survivors.map((survivor) => survivor.ask({ act: 'end' })));
  for (const survivor of survivors) noteEnd(stage, await survivor.ended, 'the end');
}

interface Begun {
  readonly concurrency: number;
  readonly stopAfter?: { readonly point: string; readonly time: number } | undefined;
}
function startWorker({ url, isBlind }: Stage, child: Child, { concurrency, stopAfter }: Begun): Child {
  child.begin({ url, isBlind, concurrency, stopAfter });
  return child;
}

/** The people go on all the time, and ask whichever process is there. */
interface People {
  /** They may ask this one too; with `alone` they ask nobody else for anything but a look. */
  meet(victim: Child, alone: boolean): void;
  part(): void;
  leave(): Promise<void>;
}

function peopleOn({ chance, crowd }: Stage, survivors: readonly Child[]): People {
  let victim: Child | undefined;
  let isAlone = false;
  const ask = async (what: Ask): Promise<Answer | undefined> => {
    const isForVictim = what.act !== 'look' && (isAlone || chance.isTrue(0.3));
    return ((isForVictim && victim) || survivors[chance.below(survivors.length)])?.ask(what);
  };
  const leaving = new AbortController();
  const going = (async () => {
    while (!leaving.signal.aborted) {
      await crowd.round(ask);
      await sleep(100);
    }
  })();
  return {
    meet: (child, alone) => void ([victim, isAlone] = [child, alone]),
    part: () => void ([victim, isAlone] = [undefined, false]),
    async leave() {
      leaving.abort();
      await going;
    },
  };
}

/** Answers whether the child was used up. */
async function victimLife(stage: Stage, points: Points, people: People, child: Child): Promise<boolean> {
  const { chance, crowd } = stage;
  const point = stage.points || chance.isTrue(0.65) ? points.next() : undefined;
  const place = point && { ...placeOf(stage, point), time: 1 };
  const isCommand = point !== 'propose' && point !== 'approve' && chance.isTrue(0.2);
  const victim = isCommand
    ? startCommand(['worker', '--concurrency', String(victimWorks)], {
        ...stage.env,
        RECOURSE_STOP_AFTER: place?.point,
      })
    : startWorker(stage, child, { concurrency: victimWorks, stopAfter: place });
  if ('begun' in victim) await victim.begun;
  else if (await victim.ready) people.meet(victim, whileAsked.has(point ?? ''));
  const undoes = point === 'compare' || point === 'open';
  for (let more = 0; more < perLife && crowd.open().length < crowdSize; more += 1)
    await followNew(stage, {
      isByCommand: chance.isTrue(0.15),
      ...(undoes && more === 0 && { life: 'undone' as const }),
    });
  const isOurs = await doom(
    stage,
    victim,
    point === undefined ? { after: chance.below(muchOfALife), quiet } : patience,
  );
  people.part();
  noteEnd(stage, await victim.ended, isOurs || point === undefined ? atRandom : point);
  if (isOurs && point !== undefined) points.missed(point);
  return !isCommand;
}
