import type { ConstructorOptions, PgBoss, Queue } from 'pg-boss';

import type { Embedded } from './embedded.ts';
import type { Distributed } from './postgres.ts';

/** Its own schema: all that is in it can be lost, for the facts say what is left to do. */
export const bossSchema = 'recourse_boss';
export const queueName = 'run';

/** A worker of this process, or a sender to the workers of others. */
export type Role = 'worker' | 'sender';

/** Seconds of silence after which the job of a worker goes to another one; pg-boss allows no less. */
const silence = 10;
const day = 24 * 60 * 60;

const settings = {
  // one job of a change at a time; the next of that change waits behind it, and holds up no other change
  policy: 'key_strict_fifo',
  notify: true,
  // never lost: it is tried again until it ends
  retryLimit: 1_000_000,
  retryBackoff: true,
  retryDelay: 1,
  retryDelayMax: 60,
  expireInSeconds: day,
  retentionSeconds: 50 * 365 * day,
  deleteAfterSeconds: 60 * 60,
} satisfies Omit<Queue, 'name'>;

/**
 * pg-boss, started: it does claim, heartbeat, pick-up of dead workers' jobs, and retry. Loaded only here, and only when
 * a queue is needed.
 */
export async function startBoss(
  database: Embedded | Distributed,
  role: Role,
  trouble: (error: unknown) => void,
): Promise<PgBoss> {
  const { PgBoss: Boss, fromPglite } = await import('pg-boss');
  const own: ConstructorOptions = {
    schema: bossSchema,
    supervise: role === 'worker',
    schedule: false,
    useListenNotify: role === 'worker',
  };
  const boss = new Boss(
    database.kind === 'embedded'
      ? { ...own, db: fromPglite(database.lite), backend: 'pglite', monitorVacuum: false }
      : {
          ...own,
          ...database.config,
          max: role === 'worker' ? 2 : 1,
          // dead workers are looked for every second
          superviseIntervalSeconds: 1,
          monitorIntervalSeconds: 1,
        },
  );
  boss.on('error', trouble);
  await boss.start();
  const heartbeat = database.kind === 'embedded' ? {} : { heartbeatSeconds: silence };
  await boss.createQueue(queueName, { ...settings, ...heartbeat });
  // it looks its queue up once, on its own connection: not for the first time while a transaction holds the only one
  await boss.findJobs(queueName, { key: 'none' });
  return boss;
}
