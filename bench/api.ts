/**
 * `node bench/api.ts [rounds] [seconds]`: a page of the list of changes through our API, beside a bare `node:http` that
 * passes the same text on from PostgreSQL, and beside Fastify that makes its answer from rows. All three read the same
 * changes from one PostgreSQL and must give the same page. The load comes from a process of its own, over loopback.
 * Exits with 1 when the answers differ or a goal is missed.
 */
import type { ChildProcess } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';

import pg from 'pg';

import type { Deps } from '../src/pipeline/deps.ts';
import { localRecourse } from '../src/pipeline/local-recourse.ts';
import { startPostgres } from '../tools/postgres.ts';
import { names, page, start, tell, type Loaded, type Name } from './api-process.ts';
import { depsOn } from './deps.ts';
import { goal, median } from './round.ts';

interface Measured extends Loaded {
  readonly perSecond: number;
  /** Microseconds of the server's own process for one page; PostgreSQL's are not in it. */
  readonly cpu: number;
}
type Round = Readonly<Record<Name, Measured>>;

const rounds = Number(process.argv[2] ?? 5);
const seconds = Number(process.argv[3] ?? 2);
/** Seconds: ours is more code than the others, and the compiler comes to it later. */
const warmUp = 5;

/** The three servers and the one who asks. */
const contest = async (url: string, token: string) => {
  const asker = start();
  const serving = {} as Record<Name, ChildProcess>;
  const ports = {} as Record<Name, number>;
  for (const name of names) {
    serving[name] = start();
    ports[name] = await tell(serving[name], { serve: name, url });
  }
  const measure = async (name: Name, cursors: readonly string[], lasting: number): Promise<Measured> => {
    const before = await tell<number>(serving[name], { cpu: true });
    const loaded = await tell<Loaded>(asker, { port: ports[name], token, cursors, seconds: lasting });
    const cpu = (await tell<number>(serving[name], { cpu: true })) - before;
    return { ...loaded, perSecond: loaded.pages / lasting, cpu: cpu / loaded.pages };
  };
  return {
    /** In turn, each round beginning with the next one; the first round warms up. */
    async inRounds(cursors: readonly string[]): Promise<readonly Round[]> {
      const all: Round[] = [];
      for (let round = -1; round < rounds; round += 1) {
        const measured = {} as Record<Name, Measured>;
        for (const [i] of names.entries()) {
          const name = names[(i + round + 1) % names.length] as Name;
          measured[name] = await measure(name, cursors, round < 0 ? warmUp : seconds);
        }
        if (round >= 0) all.push(measured);
      }
      return all;
    },
    /** Throws when they do not all give the same page. */
    async requireSame(after: string): Promise<void> {
      const query = `limit=${page}${after === '' ? '' : `&after=${after}`}`;
      const headers = { authorization: `Bearer ${token}` };
      const [ours = '', bare = '', rows = ''] = await Promise.all(
        (['ours', 'bare', 'rows'] as const).map(async (name) => {
          const answer = await fetch(`http://127.0.0.1:${ports[name]}/api/v1/changes?${query}`, { headers });
          return answer.text();
        }),
      );
      if (ours !== bare) throw new Error(`ours and the bare server give different pages:\n${ours}\n${bare}`);
      if (!isDeepStrictEqual(JSON.parse(ours), JSON.parse(rows))) throw new Error(`the rows differ:\n${ours}\n${rows}`);
    },
    end(): void {
      for (const child of [asker, ...Object.values(serving)]) child.kill();
    },
  };
};

/** So many changes. A list reads their projection rows and nothing else, so those are copied from real ones. */
const fill = async (client: pg.Client, count: number): Promise<void> => {
  const statements = [
    `with real as (select c, row_number() over () - 1 as n from recourse.change c where id not like '010000%')
     insert into recourse.change
     select (json_populate_record(c, json_build_object('id', new.id, 'request', null,
       'listed', replace((c).listed, (c).id, new.id)))).*
     from generate_series((select count(*) from recourse.change), ${count - 1}) i
     cross join lateral (select '010000' || upper(lpad(to_hex(i), 20, '0')) as id) new
     join real on real.n = i % (select count(*) from real)`,
    'drop table if exists bench.change',
    `create table bench.change as select id, listed::json->>'title' as title, listed::json->>'environment' as environment,
       status, class, listed::json->'window' as window,
       array(select json_array_elements_text(listed::json->'resources')) as resources,
       (listed::json->>'steps')::int as steps, listed::json->>'proposedBy' as "proposedBy",
       listed::json->>'proposedAt' as "proposedAt", listed::json->>'updatedAt' as "updatedAt",
       (listed::json->>'alone')::boolean as alone, listed::json->>'recovers' as recovers, recovery,
       (listed::json->>'facts')::int as facts, false as interrupted
     from recourse.change`,
    'alter table bench.change add primary key (id)',
    'vacuum analyze recourse.change',
    'vacuum analyze bench.change',
  ];
  for (const statement of statements) await client.query(statement);
};

const proposeSome = async (deps: Deps): Promise<void> => {
  for (let i = 0; i < 200; i += 1)
    await localRecourse(deps, 'local:ana').propose({
      title: `Tighten what service ${i} may read`,
      environment: ['production', 'staging', 'test'][i % 3] ?? 'test',
      steps: [{ 'linux.set-file-mode': { path: `/etc/service-${i}/app.conf`, mode: i % 2 === 0 ? '0600' : '0640' } }],
    });
};

const ratios = (all: readonly Round[], to: Name, by: keyof Measured): readonly number[] =>
  all.map((round) => round.ours[by] / round[to][by]);

const report = (what: string, all: readonly Round[]): void => {
  console.log(`\n${what}`);
  for (const name of names) {
    const of = (by: keyof Measured): string =>
      median(all.map((round) => round[name][by])).toFixed(by === 'p99' ? 1 : 0);
    console.log(`  ${name}  ${of('perSecond')} pages/s   p99 ${of('p99')} ms   CPU ${of('cpu')} µs a page`);
  }
  goal('pages/s, beside the bare server', ratios(all, 'bare', 'perSecond'), { atLeast: 0.8 });
  goal('pages/s, beside Fastify with rows', ratios(all, 'rows', 'perSecond'), { atLeast: 1.2 });
  goal('p99, beside the bare server', ratios(all, 'bare', 'p99'), { atMost: 1.25 });
};

const bench = async (url: string, client: pg.Client): Promise<void> => {
  const deps = await depsOn(url);
  const { token } = await localRecourse(deps, 'local:ana').createToken({ name: 'bench', scopes: ['read'] });
  const contestants = await contest(url, token);
  try {
    await client.connect();
    await client.query('create schema bench');
    await fill(client, 0);
    await contestants.requireSame('');
    report('no changes', await contestants.inRounds([]));

    await proposeSome(deps);
    const grown: (readonly Round[])[] = [];
    for (const count of [10_000, 100_000]) {
      await fill(client, count);
      const { rows } = await client.query<{ id: string }>('select id from recourse.change order by random() limit 512');
      const cursors = rows.map(({ id }) => id).filter((id) => id > '010000000000000000000000FF');
      for (const after of ['', ...cursors.slice(0, 20)]) await contestants.requireSame(after);
      grown.push(await contestants.inRounds(cursors));
      report(`${count} changes, pages of ${page} anywhere among them`, grown.at(-1) ?? []);
    }
    const [few = [], many = []] = grown;
    const growth = many.map((round, i) => (few[i]?.ours.perSecond ?? Number.NaN) / round.ours.perSecond);
    console.log('');
    goal('10 × changes, time of a page', growth, { atMost: 1.1 });
  } finally {
    contestants.end();
    await client.end();
    await deps.store.close();
  }
};

const server = await startPostgres({ settings: { shared_buffers: '256MB' } });
if ('skipped' in server) {
  console.log(`not measured: ${server.skipped}`);
} else {
  try {
    await bench(server.url, new pg.Client({ connectionString: server.url }));
  } finally {
    await server.stop();
  }
}
