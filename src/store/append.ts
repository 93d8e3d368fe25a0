import type { Instant } from '../model/ids.ts';
import type { Chain } from '../model/state.ts';
import type { AppendOptions, Ownership, Write } from '../model/store.ts';
import type { Embedded } from './embedded.ts';
import type { Distributed } from './postgres.ts';
import type { Queue } from './queue.ts';
import type { Db, Tx } from './tables.ts';
import { prepare, runIn, runOn, writeOnce, type Prepared } from './write.ts';

type Refused = 'raced' | 'fenced';

/**
 * Appends facts to one or several chains: all of them or none.
 * Faults: `out-of-order`, before anything is written.
 */
export async function append(
  database: Embedded | Distributed,
  writes: readonly [Write, ...Write[]],
  { owner, enqueue: job }: AppendOptions,
  now: Instant,
  queue: Queue,
): Promise<readonly [Chain, ...Chain[]] | Refused> {
  const [first, ...others] = writes.map((write) => prepare(write, now)) as [Prepared, ...Prepared[]];
  const isSending = job !== undefined && (await queue.isOpen());
  const isAlone = others.length === 0 && !isSending && (!owner || owner.change === first.before.id);
  const { db } = database;
  if (isAlone) return (await writeOnce(runOn(database), first, owner)) ? [first.after] : refusal(db, owner);

  const refused = await db
    .transaction()
    .execute(async (tx) => {
      const held = await lockHeads(tx, [first, ...others], owner);
      if (held !== 'as read') return held;
      for (const prepared of [first, ...others])
        if (!(await writeOnce(runIn(tx), prepared, undefined))) throw new Raced();
      if (isSending) await queue.enqueue(job.change, job.at, tx);
      return undefined;
    })
    .catch((error: unknown) => {
      if (error instanceof Raced) return 'raced' as const;
      throw error;
    });
  return refused ?? [first.after, ...others.map((other) => other.after)];
}

/** Rolls a transaction back: a chain that was not there when its row was locked is there now. */
class Raced extends Error {}

/** Locks the rows in one order, so that two such transactions wait for each other and never deadlock. */
async function lockHeads(
  tx: Tx,
  writes: readonly Prepared[],
  owner: Ownership | undefined,
): Promise<Refused | 'as read'> {
  const ids = writes.map(({ before }) => before.id);
  const rows = await tx
    .selectFrom('recourse.change')
    .select(['id', 'epoch', 'facts', 'head'])
    .where('id', 'in', owner ? [...ids, owner.change] : ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  if (owner && rowOf.get(owner.change)?.epoch !== owner.epoch) return 'fenced';
  const isAsRead = writes.every(({ before }) => {
    const [row, last] = [rowOf.get(before.id), before.evidence.at(-1)];
    return row?.facts === last?.seq && row?.head === last?.hash;
  });
  return isAsRead ? 'as read' : 'raced';
}

async function refusal(db: Db, owner: Ownership | undefined): Promise<Refused> {
  if (!owner) return 'raced';
  const row = await db.selectFrom('recourse.change').select('epoch').where('id', '=', owner.change).executeTakeFirst();
  return row?.epoch === owner.epoch ? 'raced' : 'fenced';
}
