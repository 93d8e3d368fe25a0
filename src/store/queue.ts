import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';

import type { Ambient } from '../model/ambient.ts';
import type { ChangeId, Instant } from '../model/ids.ts';
import type { Store } from '../model/store.ts';
import { bossSchema, queueName, startBoss, type Role } from './boss.ts';
import type { Embedded } from './embedded.ts';
import type { Distributed } from './postgres.ts';
import type { Presence } from './presence.ts';
import type { Tx } from './tables.ts';
import { keepUpAlways } from './upkeep.ts';

type Handle = Parameters<Store['work']>[0];
interface Job {
  readonly change: ChangeId;
}

export interface Queue {
  /**
   * A job put in now will reach a worker: always on PostgreSQL, embedded once `work` was called. To be asked before a
   * transaction: what it may have to start would wait for the end of that one.
   */
  isOpen(): Promise<boolean>;
  enqueue(change: ChangeId, at?: Instant, tx?: Tx): Promise<void>;
  readonly work: Store['work'];
  close(): Promise<void>;
}

/** Seconds between two looks for a job whose time has come; one that is due at once wakes the worker. */
const look = 2;
/** Milliseconds. */
const soon = 120_000;
/** Milliseconds between two looks for changes whose process died and left no job. */
const sweep = 60_000;

export function openQueue(
  database: Embedded | Distributed,
  presence: Presence,
  ambient: Ambient,
  trouble: (error: unknown) => void,
): Queue {
  const closing = new AbortController();
  let started: { readonly role: Role; readonly boss: Promise<PgBoss> } | undefined;
  let workers: readonly string[] = [];

  const bossAs = async (role: Role): Promise<PgBoss> => {
    if (started && (started.role === role || started.role === 'worker')) return started.boss;
    const previous = started;
    const starting = { role, boss: startBoss(database, role, trouble) };
    started = starting;
    starting.boss.catch(() => {
      if (started === starting) started = undefined; // the next one tries again
    });
    const sender = await previous?.boss.catch(() => undefined); // it did not start: nothing to stop
    await sender?.stop({ graceful: false });
    return starting.boss;
  };

  /** What is due soon is not left to the next look. */
  const wakeAt = async (boss: PgBoss, at: Instant): Promise<void> => {
    const wait = Date.parse(at) - Date.parse(ambient.now());
    if (workers.length === 0 || wait > soon) return;
    await ambient.sleep(wait, closing.signal).catch(() => undefined); // closed: nobody is left to wake
    for (const worker of workers) boss.notifyWorker(worker);
  };

  const enqueue: Queue['enqueue'] = async (change, at, tx) => {
    const boss = await bossAs(started?.role ?? 'sender');
    const { fromKysely } = await import('pg-boss');
    const db = fromKysely(tx ?? database.db);
    const key = { singletonKey: change, match: 'all', db } as const;
    if (at === undefined || at <= ambient.now()) {
      await boss.upsert(queueName, { change }, { ...key, startAfter: 0 });
      return;
    }
    const queued = await boss.findJobs(queueName, { key: change, queued: true, db });
    if (queued.some(({ startAfter }) => startAfter.toISOString() <= at)) return; // that one will look, and come back
    await boss.upsert(queueName, { change }, { ...key, startAfter: at });
    void wakeAt(boss, at);
  };

  const startWorkers = async (boss: PgBoss, handle: Handle, concurrency: number, stopping: AbortSignal) => {
    const options = {
      pollingIntervalSeconds: look,
      notifyPollingIntervalSeconds: look,
      ...(database.kind === 'postgres' && { heartbeatRefreshSeconds: 3 }),
    };
    // one by one, not with `localConcurrency`: each must be woken by its own id to look for the next job at once
    const start = async (): Promise<string> => {
      const id: string = await boss.work<Job>(queueName, options, async ([job]) => {
        if (!job) return;
        const { change } = job.data;
        try {
          await handle(change, AbortSignal.any([job.signal, stopping]));
        } finally {
          await presence.left(change);
          boss.notifyWorker(id);
        }
        if (stopping.aborted) throw new Error('the worker stopped; another one goes on');
      });
      return id;
    };
    workers = await Promise.all(Array.from({ length: concurrency }, start));
  };

  const pickUp = async (boss: PgBoss): Promise<void> => {
    const left = await leftBehind(database, presence);
    if (left.length === 0) return;
    await boss.insert(
      queueName,
      left.map((change) => ({ data: { change }, singletonKey: change })),
    );
    for (const worker of workers) boss.notifyWorker(worker);
  };

  /** A command that works a change itself has no job that would be handed on when it dies. */
  const pickUpAlways = async (boss: PgBoss, stopping: AbortSignal): Promise<void> => {
    const ending = AbortSignal.any([stopping, closing.signal]);
    for (;;) {
      await ambient.sleep(sweep, ending).catch(() => undefined); // ending
      if (ending.aborted) return;
      await pickUp(boss).catch(trouble);
    }
  };

  return {
    isOpen: async () => {
      if (!started && database.kind === 'embedded') return false;
      await bossAs(started?.role ?? 'sender');
      return true;
    },
    enqueue,
    work: async (handle, { concurrency }) => {
      const boss = await bossAs('worker');
      const stopping = new AbortController();
      if (database.kind === 'embedded') {
        await takeBack(database, boss);
        void keepUpAlways(database, ambient, closing.signal, trouble);
      }
      await pickUp(boss);
      if (database.kind === 'postgres') void pickUpAlways(boss, stopping.signal);
      await startWorkers(boss, handle, concurrency, stopping.signal);
      return {
        stop: async () => {
          stopping.abort();
          workers = [];
          await boss.offWork(queueName, { wait: true });
        },
      };
    },
    close: async () => {
      closing.abort();
      const boss = await started?.boss.catch(() => undefined); // it did not start: nothing to stop
      await boss?.stop({ graceful: false });
    },
  };
}

/** Alone with the data folder, we know that whoever was at a job is dead. */
async function takeBack({ db }: Embedded, boss: PgBoss): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(`${bossSchema}.job`)} where name = ${queueName} and state = 'active'`.execute(db);
  if (rows.length === 0) return;
  await boss.fail(
    queueName,
    rows.map(({ id }) => id),
    { reason: 'the process ended' },
  );
  for (const { id } of rows) await boss.update(queueName, undefined, { id, startAfter: 0 });
}

/**
 * Changes that are on their way, that nobody is at, and for which no job is left; and failed ones, of which some were to
 * be undone by themselves.
 */
async function leftBehind({ db }: Embedded | Distributed, presence: Presence): Promise<readonly ChangeId[]> {
  const { rows } = await sql<{ id: ChangeId }>`
    select id from recourse.change
    where (status in ('running', 'waiting', 'verifying', 'scheduled')
        or (status in ('failed', 'partly-applied') and recovery is null)) and not ${presence.attended(sql`id`)}
      and not exists (select from ${sql.table(`${bossSchema}.job`)} as job
        where job.name = ${queueName} and job.singleton_key = change.id and job.state < 'completed')
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}
