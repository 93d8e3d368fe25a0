/**
 * The campaign: changes of ten steps on real files, and processes that are killed with SIGKILL at random moments and at
 * every named stop point, several changes at a time. At the end nothing may be lost, nothing doubled, and nothing at
 * another end than its own.
 *
 *     npm run test:crash -- [--kills N] [--seed S] [--embedded] [--postgres | --database URL]
 *
 * Without a store it goes through both. N is the number of kills per store.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { formatMasterKey } from '#src/evidence/master-key.ts';
import { type StopPoint, stopPoints } from '#src/pipeline/stop-points.ts';

import { startPostgres } from '../../tools/postgres.ts';
import { chanceOf } from './chance.ts';
import { killEmbedded } from './embedded.ts';
import { judge } from './judge.ts';
import { killOnPostgres } from './postgres.ts';
import { endAll } from './processes.ts';
import { reportOf, type Verdict } from './report.ts';
import { type Stage, type StageOptions, stageOf } from './stage.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    embedded: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    database: { type: 'string' },
    /** Only these stop points, and no random moments: to look at one closely. */
    points: { type: 'string' },
    /** An engine that never looks before it acts again: the campaign must find it out. */
    blind: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const [seed, kills] = [whole(values.seed), whole(values.kills)];
const points = values.points?.split(',').map(stopPoint);
const key = formatMasterKey(randomBytes(32));
const onServer = values.postgres || values.database !== undefined;
const both = !values.embedded && !onServer;

const root = await realpath(await mkdtemp(join(tmpdir(), 'recourse-crash-')));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void endAll().then(() => {
      rmSync(root, { recursive: true, force: true });
      process.exit(130);
    });
  });
try {
  const verdicts = [
    ...(values.embedded || both ? [await campaign('the embedded store', embeddedStages)] : []),
    ...(onServer || both ? [await campaign('PostgreSQL', serverStages)] : []),
  ];
  const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + of(verdict), 0);
  console.log(`lost ${sum((v) => v.lost)}, doubled ${sum((v) => v.doubled)}, wrong end ${sum((v) => v.wrongEnd)}`);
  process.exitCode = verdicts.every(({ isGood }) => isGood) ? 0 : 1;
} finally {
  await endAll();
  if (values.keep) console.log(`kept: ${root}`);
  else await rm(root, { recursive: true, force: true });
}

interface Staged {
  readonly stages: readonly Stage[];
  readonly kill: (stage: Stage) => Promise<void>;
  readonly stop?: () => Promise<void>;
}

async function campaign(store: string, prepare: () => Promise<Staged | { skipped: string }>): Promise<Verdict> {
  const staged = await prepare();
  if ('skipped' in staged) {
    console.log(`${store}: not here, because ${staged.skipped}`);
    return { lost: 0, doubled: 0, wrongEnd: 0, isGood: process.env['RECOURSE_LIVE'] !== 'require' };
  }
  const { stages, kill, stop } = staged;
  console.log(`${store}: ${kills} kills, seed ${seed}`);
  const startedAt = performance.now();
  try {
    await Promise.all(stages.map(kill));
    const judged = await Promise.all(stages.map(async (stage) => ({ stage, ...(await judge(stage, key)) })));
    const { words, verdict } = reportOf(store, judged, (performance.now() - startedAt) / 1000);
    console.log(words);
    return verdict;
  } finally {
    await stop?.();
  }
}

/** Two folders at once: a start of the embedded database keeps one core busy. */
async function embeddedStages(): Promise<Staged> {
  const shares = [Math.ceil(kills / 2), Math.floor(kills / 2)].filter((share) => share > 0);
  const stages = await Promise.all(
    shares.map((share, lane) => {
      const name = `embedded-${lane + 1}`;
      return stageAt(name, {
        url: join(root, name, 'data'),
        isEmbedded: true,
        kills: share,
        chance: chanceOf(seed + lane),
      });
    }),
  );
  return { stages, kill: killEmbedded };
}

async function serverStages(): Promise<Staged | { skipped: string }> {
  const server = values.database === undefined ? await startPostgres() : { url: values.database, stop: undefined };
  if ('skipped' in server) return server;
  const one = await stageAt('postgres', { url: server.url, isEmbedded: false, kills, chance: chanceOf(seed) });
  return { stages: [one], kill: killOnPostgres, ...(server.stop && { stop: server.stop }) };
}

async function stageAt(
  name: string,
  options: Pick<StageOptions, 'url' | 'isEmbedded' | 'kills' | 'chance'>,
): Promise<Stage> {
  const folder = join(root, name);
  await mkdir(folder);
  const progress = (words: string) => console.log(`  ${name}: ${words}`);
  const unlike = `${name}-${root.slice(-6)}`;
  return stageOf({ ...options, ...(points && { points }), name: unlike, folder, isBlind: values.blind, progress }, key);
}

function whole(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new TypeError(`${text} is no whole number`);
}

function stopPoint(text: string): StopPoint {
  if (Object.hasOwn(stopPoints, text)) return text as StopPoint;
  throw new TypeError(`${text} is no stop point; there are ${Object.keys(stopPoints).join(', ')}`);
}
