/**
 * Return-path proof for migrations: each is really done and undone on a scratch database with all the migrations before
 * it applied and rows in every table. The chain goes forward once; what is tried is undone, or done on a copy.
 */
import { assessmentOf, classesOf } from '../decide/assessed.ts';
import { rehearsedFindings } from '../decide/rehearsed-findings.ts';
import { rehearsalOf } from '../decide/rehearsed.ts';
import { Fault } from '../model/fault.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/migration.ts';
import type { Rehearsal, Rehearsed, RehearsedArtifact } from '../model/rehearsal.ts';
import type { ScratchServer } from '../model/scratch.ts';
import { chainOn } from './rehearse-chain.ts';
import { placesIn } from './rehearse-places.ts';
import { filler } from './rehearse-rows.ts';

export interface RehearseOptions {
  readonly signal: AbortSignal;
  /** Only these versions are rehearsed; those before them are applied all the same. */
  readonly only?: readonly string[];
  /** Told before each one. */
  readonly onProgress?: (done: number, all: number, path: string) => void;
}

/** Faults: `invalid-input` when there is nothing to rehearse, `interrupted`, and those of the server. */
export async function rehearse(
  server: ScratchServer,
  migrations: readonly Migration[],
  { signal, only, onProgress }: RehearseOptions,
): Promise<Rehearsed> {
  const wanted = migrations.filter((one) => only === undefined || only.includes(one.version));
  if (wanted.length === 0) throw nothingToDo(migrations, only);
  const artifacts: RehearsedArtifact[] = [];
  for (const chain of Map.groupBy(migrations, chainKey).values()) {
    const last = chain.findLastIndex((one) => wanted.includes(one));
    if (last < 0) continue;
    const on = await chainOn(server, filler());
    try {
      for (const migration of chain.slice(0, last + 1)) {
        if (signal.aborted) throw new Fault('interrupted', 'The rehearsal was interrupted; nothing of it is kept.');
        const isWanted = wanted.includes(migration);
        if (isWanted) onProgress?.(artifacts.length, wanted.length, migration.up.path);
        const artifact = await artifactOf(migration, server, on, isWanted);
        if (artifact) artifacts.push(artifact);
      }
    } finally {
      await on.close();
    }
  }
  return { ...assessmentOf(artifacts, []), artifacts };
}

/** Migrations of one folder go to one database. */
const chainKey = ({ dialect, folder }: Migration): string => `${dialect}:${folder}`;

async function artifactOf(
  migration: Migration,
  server: ScratchServer,
  chain: Awaited<ReturnType<typeof chainOn>>,
  isWanted: boolean,
): Promise<RehearsedArtifact | undefined> {
  const why = whyNot(migration);
  if (why !== undefined) {
    if (migration.isCode && migration.dialect === 'postgres') await chain.apply(migration);
    return isWanted ? notRun(migration, why) : undefined;
  }
  const trial = isWanted ? await chain.rehearse(migration) : undefined;
  const missed = [...chain.missed()];
  await chain.apply(migration);
  if (!trial) return undefined;
  const { places, failedAt } = placesIn(migration);
  const rehearsal = rehearsalOf(trial, migration.down !== undefined, server.version, failedAt);
  const findings = [...rehearsedFindings(rehearsal, places), ...afterMissed(missed, rehearsal)];
  return artifact(migration, findings, rehearsal);
}

const whyNot = ({ isCode, dialect }: Migration): string | undefined =>
  isCode
    ? 'It is code in a programming language, which is not run here'
    : dialect === 'postgres'
      ? undefined
      : 'It is for MySQL, and only PostgreSQL is rehearsed here';

/** A failure may be that of a migration before it. */
const afterMissed = (missed: readonly string[], { up, down }: Rehearsal): readonly Finding[] =>
  missed.length === 0 || (up === 'ran' && down !== 'failed')
    ? []
    : [
        {
          rule: 'rehearsal/after-missed',
          message: `Not every migration before it could be applied (${missed.slice(-3).join(', ')}): it may fail for that reason.`,
          known: 'rehearsal',
        },
      ];

const artifact = (migration: Migration, findings: readonly Finding[], rehearsal?: Rehearsal): RehearsedArtifact => ({
  path: migration.up.path,
  surface: 'migrations',
  ...classesOf(findings),
  known: rehearsal ? 'rehearsal' : 'rule',
  findings,
  ...(rehearsal && { rehearsal }),
});

const notRun = (migration: Migration, why: string): RehearsedArtifact =>
  artifact(migration, [
    {
      rule: 'rehearsal/not-run',
      class: 'reversible-with-manual-repair',
      message: `${why}: whether it can be undone is not known.`,
      instead: 'Try up and down on a copy of the database.',
      at: { path: migration.up.path, line: 1, column: 1 },
      known: 'rule',
    },
  ]);

const nothingToDo = (migrations: readonly Migration[], only: readonly string[] | undefined): Fault =>
  migrations.length === 0
    ? new Fault('invalid-input', 'There are no migrations here that Recourse can read.', {
        advice: 'Name the folder that holds them, with both directions.',
      })
    : new Fault('invalid-input', `No migration has the version ${only?.join(', ')}.`, {
        advice: `There are ${migrations.length}, from ${migrations[0]?.version} to ${migrations.at(-1)?.version}.`,
      });
