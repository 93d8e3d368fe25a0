/**
 * The processes of `bench/api.ts`: three servers that answer the same pages, and one that asks. Each is told what to do
 * over its channel, so that no address with a password stands in a command line.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

import Fastify from 'fastify';
import pg from 'pg';

import { listen } from '../src/api/listen.ts';
import { countedMetrics } from '../src/api/metrics.ts';
import { buildServer } from '../src/api/server.ts';
import { localRecourse } from '../src/pipeline/local-recourse.ts';
import { ambient } from '../src/systems/host.ts';
import { depsOn } from './deps.ts';

/** Changes on a page. */
export const page = 50;

const afterOf = (url: string | undefined): string => /[?&]after=(\w+)/.exec(url ?? '')?.[1] ?? 'Z';

/** What a person would write who knows the schema: the text of a page, put together by the database. */
const pageAsText = `
  with found as (
    select id, status, listed, recovery, row_number() over (order by id desc) as place
    from recourse.change where id < $1 order by id desc limit ${page + 1}
  ), shown as (
    select found.id, found.place, left(found.listed, -1) || ',"interrupted":false,"recovery":'
      || case when r.id is null then 'null' else '{"change":"' || r.id || '","status":"' || r.status || '"}' end
      || '}' as text
    from found left join recourse.change r on r.id = found.recovery where found.place <= ${page}
  )
  select '{"changes":[' || coalesce(string_agg(text, ',' order by place), '') || '],"next":'
    || case when exists (select from found where place > ${page}) then '"' || min(id) || '"' else 'null' end || '}' as page
  from shown`;

const pageAsRows = `
  select c.*, r.id as recovery_id, r.status as recovery_status from bench.change c
  left join bench.change r on r.id = c.recovery where c.id < $1 order by c.id desc limit ${page + 1}`;

/** Each answers its port. */
const servers = {
  async ours(url: string): Promise<number> {
    const deps = await depsOn(url);
    const nowhere = openSync('/dev/null', 'w'); // written as standard error is
    const server = await buildServer({
      recourse: (by) => localRecourse(deps, by),
      tokens: { use: (hash, at) => deps.store.useToken(hash, at) },
      ambient,
      metrics: countedMetrics({ version: '0' }),
      version: '0',
      log: { write: (line) => void writeSync(nowhere, line) },
      health: () => Promise.resolve({}),
      limits: { perMinute: { token: Number.MAX_SAFE_INTEGER, address: Number.MAX_SAFE_INTEGER } },
    });
    return Number(new URL(await listen(server, { port: 0 })).port);
  },
  async bare(url: string): Promise<number> {
    const pool = new pg.Pool({ connectionString: url, max: 10 });
    const pass = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
      const { rows } = await pool.query<{ page: string }>(pageAsText, [afterOf(request.url)]);
      const body = rows[0]?.page ?? '';
      const length = Buffer.byteLength(body);
      answer.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': length }).end(body);
    };
    const server = createServer((request, answer) => void pass(request, answer));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
  async rows(url: string): Promise<number> {
    const pool = new pg.Pool({ connectionString: url, max: 10 });
    const server = Fastify();
    server.get('/api/v1/changes', async (request) => {
      const { rows } = await pool.query(pageAsRows, [afterOf(request.url)]);
      const changes = rows.slice(0, page).map(({ recovery_id: change, recovery_status: status, ...row }) => ({
        ...row,
        recovery: change === null ? null : { change, status },
      }));
      return { changes, next: rows.length > page ? rows[page - 1].id : null };
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
    return (server.server.address() as AddressInfo).port;
  },
} as const satisfies Record<string, (url: string) => Promise<number>>;
export type Name = keyof typeof servers;
export const names = Object.keys(servers) as readonly Name[];

export interface Load {
  readonly port: number;
  readonly token: string;
  /** The ends of other pages; the first page when there are none. */
  readonly cursors: readonly string[];
  readonly seconds: number;
}
export interface Loaded {
  readonly pages: number;
  /** Milliseconds that the fastest 50 and 99 of 100 took at most. */
  readonly p50: number;
  readonly p99: number;
}

/** 32 connections, one request at a time each, on bare sockets: the client should cost as little as it can. */
const load = async ({ port, token, cursors, seconds }: Load): Promise<Loaded> => {
  const took: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const ask = (n: number): string => {
    const cursor = cursors[n % Math.max(1, cursors.length)];
    const query = `limit=${page}${cursor === undefined ? '' : `&after=${cursor}`}`;
    return `GET /api/v1/changes?${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  };
  const one = async (index: number): Promise<void> => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    await once(socket, 'connect');
    const done = Promise.withResolvers<void>();
    let [asked, start, wanted, got] = [index * 7, 0, -1, 0];
    const next = (): void => {
      start = performance.now();
      if (start >= end) {
        socket.destroy();
        done.resolve();
        return;
      }
      [wanted, got, asked] = [-1, 0, asked + 1];
      socket.write(ask(asked));
    };
    socket.on('error', done.reject);
    socket.on('data', (chunk) => {
      got += chunk.length;
      if (wanted === -1) {
        const head = chunk.toString('latin1');
        if (!head.startsWith('HTTP/1.1 200')) done.reject(new Error(head.slice(0, 200)));
        wanted = head.indexOf('\r\n\r\n') + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
      }
      if (got < wanted) return;
      took.push(performance.now() - start);
      next();
    });
    next();
    await done.promise;
  };
  await Promise.all(Array.from({ length: 32 }, (_, index) => one(index)));
  const sorted = took.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  return { pages: took.length, p50: at(0.5), p99: at(0.99) };
};

type Told = { readonly serve: Name; readonly url: string } | { readonly cpu: true } | Load;

const obey = async (told: Told): Promise<number | Loaded> => {
  if ('serve' in told) return servers[told.serve](told.url);
  const { user, system } = process.cpuUsage();
  return 'cpu' in told ? user + system : load(told);
};

export const start = (): ChildProcess => fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

export const tell = async <Answer extends number | Loaded>(to: ChildProcess, told: Told): Promise<Answer> => {
  const answered = new AbortController();
  const { signal } = answered;
  const ended = once(to, 'exit', { signal }).then(() => Promise.reject(new Error('a process of the bench ended')));
  to.send(told);
  try {
    const [answer] = (await Promise.race([once(to, 'message', { signal }), ended])) as [Answer];
    return answer;
  } finally {
    answered.abort();
    await ended.catch(() => undefined); // its listener is gone
  }
};

if (process.send) {
  process.on('disconnect', () => process.exit());
  process.on('message', (told: Told) => void obey(told).then((answer) => process.send?.(answer)));
}
