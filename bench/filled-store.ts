import { isDeepStrictEqual } from 'node:util';

import { sql } from 'kysely';

import type { Change } from '../src/model/change.ts';
import type { ChangeId, ConnectionId, Instant, Seconds, StepId } from '../src/model/ids.ts';
import { operations } from '../src/operations/registry.ts';
import { judged } from '../src/pipeline/analyse.ts';
import { openEmbedded } from '../src/store/embedded.ts';
import { migrate } from '../src/store/migrate.ts';
import { projectionOf } from '../src/store/projection.ts';
import { read } from '../src/store/read.ts';
import { rebuild } from '../src/store/rebuild.ts';
import type { Db } from '../src/store/tables.ts';
import { prepare } from '../src/store/write.ts';

const batch = 500;
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const idOf = (n: number): ChangeId =>
  `01${Array.from({ length: 24 }, (_, i) => digits[Math.floor(n / 32 ** (23 - i)) % 32]).join('')}` as ChangeId;

/**
 * Makes an embedded store with so many changes. Each has a valid chain of facts, sealed and judged as the pipeline does
 * it; they are loaded in bulk. Answers the newest.
 */
export async function filledStore(data: string, count: number): Promise<ChangeId> {
  const { db, close } = await openEmbedded(data, { pid: process.pid, command: 'bench', host: '' });
  try {
    await migrate(db);
    for (let start = 0; start < count; start += batch) await load(db, start, Math.min(batch, count - start)); // oxlint-disable-line no-await-in-loop -- one database
    return idOf(count - 1);
  } finally {
    await close();
  }
}

/** Throws when a store that was loaded differs from one that is made anew from its facts, or a chain is broken. */
export async function requireWhole(data: string): Promise<void> {
  const { db, close } = await openEmbedded(data, { pid: process.pid, command: 'bench', host: '' });
  try {
    const dump = async () =>
      (
        await sql`select c::text from recourse.change c union all select t::text from recourse.touched t order by 1`.execute(
          db,
        )
      ).rows;
    const loaded = await dump();
    await rebuild(db);
    if (!isDeepStrictEqual(await dump(), loaded)) throw new Error('the store is not what its facts say');
    if ((await read(db, idOf(0))).state?.status !== 'awaiting-approval')
      throw new Error('the changes are not as meant');
  } finally {
    await close();
  }
}

async function load(db: Db, start: number, count: number): Promise<void> {
  const changes = Array.from({ length: count }, (_, i) => {
    const change = changeOf(start + i);
    const facts = [{ v: 1, fact: 'proposed', change }, ...judged(change, { operations })] as const;
    const chain = { id: change.id, evidence: [], state: null };
    const at = new Date(1.7e12 + (start + i) * 1000).toISOString() as Instant;
    const { after, texts } = prepare({ chain, facts, by: 'local:bench' }, at);
    const projection = projectionOf(after);
    if (!projection) throw new Error('a change has no facts');
    return { id: change.id, texts, projection };
  });
  await db.transaction().execute(async (tx) => {
    const records = changes.flatMap(({ id, texts }) => texts.map((record, i) => ({ change: id, seq: i + 1, record })));
    await tx.insertInto('recourse.evidence').values(records).execute();
    await tx
      .insertInto('recourse.change')
      .values(changes.map(({ id, projection }) => ({ id, epoch: 0, ...projection.row })))
      .execute();
    const touched = changes.flatMap(({ id, projection }) =>
      [...projection.touched].map(([resource, at]) => ({ resource, change: id, at })),
    );
    await tx.insertInto('recourse.touched').values(touched).execute();
  });
}

const changeOf = (n: number): Change => ({
  id: idOf(n),
  title: `Tighten what service ${n} may read`,
  environment: ['production', 'staging', 'test'][n % 3] ?? 'test',
  steps: [
    {
      id: '1' as StepId,
      onFailure: 'stop',
      deadline: 30 as Seconds,
      does: {
        operation: 'linux.set-file-mode',
        params: { path: `/etc/service-${n}/app.conf`, mode: '0600' },
        connection: 'local' as ConnectionId,
      },
    },
  ],
});
