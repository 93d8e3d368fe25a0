import { sql, type RawBuilder } from 'kysely';

import { Fault } from '../model/fault.ts';
import type { BackupRow } from './backup-format.ts';
import type { Tx } from './tables.ts';

type Row = BackupRow['row'];

interface Saved {
  readonly table: string;
  /** Unique, and the order of reading. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, 'text' | 'int' | 'bytes'>>;
  /** Rows in one query. */
  readonly page: number;
}

/** Everything that is stored and cannot be made again from something else. */
const saved: Readonly<Record<string, Saved>> = {
  evidence: {
    table: 'recourse.evidence',
    key: ['change', 'seq'],
    columns: { change: 'text', seq: 'int', record: 'text' },
    page: 500,
  },
  lease: {
    table: 'recourse.lease',
    key: ['key'],
    columns: { key: 'text', resource: 'text', change: 'text' },
    page: 500,
  },
  connection: {
    table: 'recourse.connection',
    key: ['id'],
    columns: { id: 'text', system: 'text', settings: 'text' },
    page: 500,
  },
  token: {
    table: 'recourse.token',
    key: ['name'],
    columns: {
      name: 'text',
      hash: 'text',
      scopes: 'text',
      created_at: 'text',
      created_by: 'text',
      last_used_at: 'text',
    },
    page: 500,
  },
  kept: {
    table: 'recourse.kept',
    key: ['hash'],
    columns: { hash: 'text', sealed: 'bytes' },
    page: 1, // up to 16 MiB each
  },
};

/** All rows of all tables, in a fixed order. */
export async function* savedRows(tx: Tx): AsyncGenerator<BackupRow> {
  for (const [name, table] of Object.entries(saved)) for await (const row of rowsIn(tx, table)) yield { in: name, row };
}

async function* rowsIn(tx: Tx, { table, key, columns, page }: Saved): AsyncGenerator<Row> {
  const keys = sql.join(key.map((name) => sql.ref(name)));
  const selected = Object.entries(columns).map(([name, type]) =>
    type === 'bytes' ? sql`encode(${sql.ref(name)}, 'base64') as ${sql.ref(name)}` : sql.ref(name),
  );
  for (let last: Row | undefined; ;) {
    const beyond: RawBuilder<unknown> = last
      ? sql`where (${keys}) > (${sql.join(key.map((name) => last?.[name]))})`
      : sql``;
    const { rows } = await sql<Row>`
      select ${sql.join(selected)} from ${sql.table(table)} ${beyond} order by ${keys} limit ${page}`.execute(tx);
    yield* rows;
    last = rows.at(-1);
    if (!last) return;
  }
}

export async function putRows(tx: Tx, name: string, rows: readonly Row[]): Promise<void> {
  const known = saved[name];
  if (!known) throw new Fault('evidence-broken', `The backup holds rows of "${name}", which no store has.`);
  const names = Object.keys(known.columns);
  const values = Object.entries(known.columns).map(([column, type]) =>
    type === 'bytes' ? sql`decode(${sql.ref(column)}, 'base64')` : sql.ref(column),
  );
  const shape = Object.entries(known.columns).map(
    ([column, type]) => sql`${sql.ref(column)} ${sql.raw(type === 'int' ? 'int' : 'text')}`,
  );
  await sql`
    insert into ${sql.table(known.table)} (${sql.join(names.map((column) => sql.ref(column)))})
    select ${sql.join(values)} from json_to_recordset(${JSON.stringify(rows)}::json) as line (${sql.join(shape)})`.execute(
    tx,
  );
}

/** Rows that are put in at once. */
export const putAtOnce = (name: string): number => saved[name]?.page ?? 1;
