/**
 * `node bench/journal.ts`: sagas of ten steps through the store, beside pgbench that inserts one row a commit on the same
 * server, beside the same insert through the driver, and, embedded, beside bare inserts into the same database. Every
 * commit is flushed (fsync on, for all of them). DBOS is no dependency of ours: it is not measured here.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { sql } from 'kysely';
import pg from 'pg';

import type { Store } from '../src/model/store.ts';
import { openEmbedded } from '../src/store/embedded.ts';
import { migrate } from '../src/store/migrate.ts';
import { openStore, storeOn } from '../src/store/open.ts';
import type { Db } from '../src/store/tables.ts';
import { ambient } from '../src/systems/host.ts';
import { anApprovedChange, started, told } from '../test/store/a-change.ts';
import { startPostgres, type StartedPostgres } from '../tools/postgres.ts';
import { goal, inRounds, median, print, type Contestant, type Measured } from './round.ts';
import { approvedSagas, atOnce, commitsOfASaga, runSaga, stepsOfASaga } from './saga.ts';

const run = promisify(execFile);
const rounds = 5;
const inserts = 600;
const sagas = 40;
const record = 'x'.repeat(256);

type Rates = readonly number[];
const rate = (count: number, measures: readonly Measured[] | undefined): Rates =>
  (measures ?? []).map(({ wall }) => count / wall);
const ratio = (a: Rates, b: Rates): Rates => a.map((figure, round) => figure / (b[round] ?? NaN));
const tellRate = (what: string, rates: Rates): void =>
  console.log(
    `  ${what}: ${median(rates).toFixed(0)}/s (${Math.min(...rates).toFixed(0)}..${Math.max(...rates).toFixed(0)})`,
  );

/** Only the run is timed; `before` is not. */
async function timed<Made>(before: () => Promise<Made>, work: (made: Made) => Promise<unknown>): Promise<Measured> {
  const made = await before();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work(made);
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1e6 };
}

const sagasOf = (store: Store, clients: number) => () =>
  timed(
    () => approvedSagas(store, sagas),
    (approved) => atOnce(approved, clients, (saga) => runSaga(store, saga)),
  );

async function benchPostgres(folder: string): Promise<void> {
  const server = await startPostgres({ major: 15, settings: { fsync: 'on', max_connections: '100' } });
  if ('skipped' in server) return console.log(`PostgreSQL: ${server.skipped}`);
  const { url } = server;
  const store = await openStore({ url, ambient });
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  try {
    await pool.query('create table bare (id bigserial primary key, record text not null)');
    const pgbench = await pgbenchOf(folder);
    for (const clients of [1, 8]) {
      console.log(`\nPostgreSQL ${server.major}, ${clients} at once`);
      const insert = () =>
        pool.query({ name: 'bare', text: 'insert into bare (record) values ($1)', values: [record] });
      const numbers = Array.from({ length: inserts }, (_, i) => i);
      const contestants: Record<string, Contestant> = {
        ...(pgbench && { pgbench: () => pgbench(url, clients) }),
        'the insert through the driver': () =>
          timed(
            async () => numbers,
            (all) => atOnce(all, clients, async () => void (await insert())),
          ),
        sagas: sagasOf(store, clients),
      };
      const measures = await inRounds(contestants, rounds);
      print(measures);
      const steps = rate(sagas * stepsOfASaga, measures['sagas']);
      const driver = rate(inserts, measures['the insert through the driver']);
      tellRate('steps', steps);
      tellRate('inserts through the driver', driver);
      if (pgbench) {
        const bare = rate(inserts, measures['pgbench']);
        tellRate('inserts of pgbench', bare);
        goal('steps beside the inserts of pgbench', ratio(steps, bare), { atLeast: 0.4 });
      } else console.log('  pgbench is not installed: beside the driver only');
    }
    await countCommits(server, pool);
    await benchGrowth(server, pool);
    await benchWakeUp('PostgreSQL', store);
  } finally {
    await store.close();
    await pool.end();
    await server.stop();
  }
}

/** One insert a commit, prepared; its own figure leaves the connecting out. */
async function pgbenchOf(folder: string): Promise<((url: string, clients: number) => Promise<Measured>) | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const file = versions.map((version) => join(debian, version, 'bin/pgbench')).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const script = join(folder, 'insert.sql');
  await writeFile(script, `insert into bare (record) values ('${record}');\n`);
  return async (url, clients) => {
    const each = String(inserts / clients);
    const { stdout } = await run(file, ['-n', '-M', 'prepared', '-c', String(clients), '-t', each, '-f', script, url]);
    const tps = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    return { wall: inserts / tps, cpu: NaN };
  };
}

/** Counted in the server's own log of statements: what writes, and not what only reads, locks or tells others. */
async function countCommits(server: StartedPostgres, pool: pg.Pool): Promise<void> {
  const { url } = server;
  const making = await openStore({ url, ambient });
  const approved = await approvedSagas(making, sagas);
  await making.close();
  await pool.query("alter database postgres set log_statement = 'all'");
  const start = (await server.log()).length;
  const running = await openStore({ url, ambient });
  await atOnce(approved, 1, (saga) => runSaga(running, saga));
  await running.close();
  await pool.query('alter database postgres reset log_statement');
  const said = (await server.log()).slice(start);
  const writes = said.match(/: (?:select recourse\.append|insert|update|delete|commit)/gi)?.length ?? NaN;
  console.log('');
  goal('commits a step', [writes / (sagas * stepsOfASaga)], { atMost: commitsOfASaga / stepsOfASaga });
}

/** The same work on journals of several sizes, in turn. */
async function benchGrowth(server: StartedPostgres, pool: pg.Pool): Promise<void> {
  const sizes = ['0', '10000', '100000'] as const;
  const stores = await Promise.all(
    sizes.map(async (size) => {
      await pool.query(`create database of_${size} strategy file_copy`);
      const url = server.url.replace(/\/postgres$/, `/of_${size}`);
      const store = await openStore({ url, ambient });
      await filled(url, Number(size));
      return store;
    }),
  );
  await pool.query('checkpoint');
  console.log('\nfacts that are there before, one at a time');
  const contestants = Object.fromEntries(sizes.map((size, i) => [size, sagasOf(stores[i] as Store, 1)]));
  const measures = await inRounds(contestants, rounds);
  print(measures);
  const [none, , many] = sizes.map((size) => rate(sagas * stepsOfASaga, measures[size]));
  goal('steps with 100,000 facts beside none', ratio(many ?? [], none ?? []), { atLeast: 0.9 });
  await Promise.all(stores.map((store) => store.close()));
}

async function filled(url: string, facts: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into recourse.evidence (change, seq, record)
     select lpad((i / 20)::text, 26, '0'), i % 20 + 1, repeat('x', 600) from generate_series(1, $1::int) as i`,
    [facts],
  );
  await client.query('vacuum analyze');
  await client.end();
}

/** From the submission to the first intent that a worker has written. */
async function benchWakeUp(where: string, store: Store): Promise<void> {
  let written = (): void => undefined;
  const worker = await store.work(
    async (id) => {
      const owner = await store.claim(id);
      await told(store, id, [started()], { owner });
      written();
    },
    { concurrency: 4 },
  );
  const waits: number[] = [];
  for (let i = 0; i < 21; i++) {
    const { id } = await anApprovedChange(store);
    await ambient.sleep(100); // idle
    const done = new Promise<void>((resolve) => (written = resolve));
    const start = performance.now();
    await store.enqueue(id);
    await done;
    if (i > 0) waits.push(performance.now() - start);
  }
  await worker.stop();
  console.log(`\n${where}, idle`);
  goal('milliseconds from submit to the first intent', waits, { atMost: 20 });
}

async function benchEmbedded(folder: string): Promise<void> {
  const database = await openEmbedded(join(folder, 'data'), { pid: process.pid, command: 'bench', host: '' });
  await migrate(database.db);
  const store = storeOn(database, ambient, console.error);
  const insert = async (db: Db) => {
    for (let i = 0; i < inserts; i++) await sql`insert into bare (record) values (${record})`.execute(db);
  };
  try {
    await sql`create table bare (id bigserial primary key, record text not null)`.execute(database.db);
    console.log('\nembedded, one at a time');
    const measures = await inRounds(
      { 'bare inserts': () => timed(async () => database.db, insert), sagas: sagasOf(store, 1) },
      rounds,
    );
    print(measures);
    const bare = rate(inserts, measures['bare inserts']);
    const steps = rate(sagas * stepsOfASaga, measures.sagas);
    tellRate('bare inserts', bare);
    tellRate('steps', steps);
    goal('steps beside bare inserts', ratio(steps, bare), { atLeast: 0.4 });
    await benchWakeUp('embedded', store);
  } finally {
    await store.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'recourse-bench-journal-'));
try {
  console.log(
    `node ${process.version}; one ${record.length}-byte record an insert, ${stepsOfASaga} steps a saga, warm`,
  );
  await benchEmbedded(folder);
  await benchPostgres(folder);
} finally {
  await rm(folder, { recursive: true });
}
