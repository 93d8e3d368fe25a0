import type { Status } from '../model/status.ts';
import type { Db } from './tables.ts';

export async function countByStatus(db: Db): Promise<Readonly<Partial<Record<Status, number>>>> {
  const rows = await db
    .selectFrom('recourse.change')
    .select(['status', ({ fn }) => fn.countAll<string>().as('count')])
    .groupBy('status')
    .execute();
  return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
}
