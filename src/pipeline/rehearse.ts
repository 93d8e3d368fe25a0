/**
 * Return-path proof for migrations: each is really done and undone on a scratch database with all the migrations before
 * it applied and rows in every table. The chain goes forward once; what is tried is undone, or done on a copy.
 */
import { assessmentOf, classesOf } from '../decide/assessed.ts';
import { rehearsedFindings } from '../decide/rehearsed-findings.ts';
import { rehearsalOf } from '../decide/rehearsed.ts';
import { digest } from '../evidence/digest.ts';
import { Fault } from '../model/fault.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/migration.ts';
import { type Rehearsal, type Rehearsed, type RehearsedArtifact, rehearsedText } from '../model/rehearsal.ts';
import type { ScratchServer } from '../model/scratch.ts';
import { type Chain, chainOn } from './rehearse-chain.ts';
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
  const tell = ({ up }: Migration): void => {
    if (signal.aborted) throw interrupted();
    onProgress?.(artifacts.length, wanted.length, up.path);
  };
  // The only way to stop a statement at once; that it was interrupted is what is said, however the server takes it.
  const stop = (): void => void server.close().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (const chain of Map.groupBy(migrations, chainKey).values()) {
      const last = chain.findLastIndex((one) => wanted.includes(one));
      for await (const one of alongChain(server, chain.slice(0, last + 1), wanted, tell)) artifacts.push(one);
    }
  } catch (error) {
    throw signal.aborted ? interrupted() : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return { ...assessmentOf(artifacts, []), artifacts };
}

async function* alongChain(
  server: ScratchServer,
  migrations: readonly Migration[],
  wanted: readonly Migration[],
  tell: (migration: Migration) => void,
): AsyncIterable<RehearsedArtifact> {
  if (migrations.length === 0) return;
  const chain = await chainOn(server, filler());
  for (const migration of migrations) {
    tell(migration);
    const judged = await artifactOf(migration, server, chain, wanted.includes(migration));
    if (judged) yield judged;
  }
  await chain.close();
}

const interrupted = (): Fault =>
  new Fault('interrupted', 'The rehearsal was interrupted; nothing of it is kept.', {
    advice: 'Run the same command again.',
  });

/** Migrations of one folder go to one database. */
const chainKey = ({ dialect, folder }: Migration): string => `${dialect}:${folder}`;

async function artifactOf(
  migration: Migration,
  server: ScratchServer,
  chain: Chain,
  isWanted: boolean,
): Promise<RehearsedArtifact | undefined> {
  const why = whyNot(migration);
  if (why !== undefined) {
    if (migration.isCode && migration.dialect === 'postgres') await chain.apply(migration);
    return isWanted ? notRun(migration, why) : undefined;
  }
  const preparedBefore = chain.prepared().length;
  const trial = isWanted ? await chain.rehearse(migration) : undefined;
  const missed = [...chain.missed()];
  const prepared = chain.prepared().slice(preparedBefore);
  await chain.apply(migration);
  if (!trial) return undefined;
  const { places, failedAt } = placesIn(migration);
  const rehearsal = rehearsalOf(trial, migration.down !== undefined, server.version, failedAt);
  const findings = [
    ...rehearsedFindings(rehearsal, places),
    ...afterMissed(missed, rehearsal),
    ...madeBefore(prepared, places.up([])),
  ];
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

const madeBefore = (prepared: readonly string[], at: NonNullable<Finding['at']>): readonly Finding[] =>
  prepared.map((made) => ({
    rule: 'rehearsal/made-before',
    message: `No migration makes the ${made}: it was made before this one, as somebody has to.`,
    at,
    known: 'rehearsal',
  }));

function artifact({ up, down }: Migration, findings: readonly Finding[], rehearsal?: Rehearsal): RehearsedArtifact {
  const classes = classesOf(findings);
  const isBound = rehearsal !== undefined && down !== undefined && rehearsal.down !== 'not-run';
  return {
    path: up.path,
    surface: 'migrations',
    ...classes,
    known: rehearsal ? 'rehearsal' : 'rule',
    findings,
    ...(rehearsal && {
      rehearsal: {
        ...rehearsal,
        ...(isBound && { hash: digest(rehearsedText({ up: up.text, down: down.text, ...classes })) }),
      },
    }),
  };
}

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
