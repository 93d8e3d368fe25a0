import { Worker } from 'node:worker_threads';

import { Fault } from '../model/fault.ts';
import type { Scratch, ScratchServer } from '../model/scratch.ts';
import { lookingWith } from './scratch-looking-with.ts';
import type { Answered, Asked, WorkerData } from './scratch-postgres-worker.ts';

/** Extensions that come with PGlite, by the name that CREATE EXTENSION takes, where its module has another. */
const modules: Readonly<Record<string, string>> = { 'uuid-ossp': 'uuid_ossp' };
const shipped: ReadonlySet<string> = new Set(
  (
    'amcheck bloom btree_gin btree_gist citext cube dict_int dict_xsyn earthdistance fuzzystrmatch hstore intarray isn lo ' +
    'ltree moddatetime pageinspect pg_buffercache pg_freespacemap pg_stat_statements pg_surgery pg_trgm pg_visibility ' +
    'pg_walinspect pgcrypto seg tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp'
  ).split(' '),
);

export interface EmbeddedOptions {
  /** An archive of an initialised database, of whatever content. */
  readonly template?: string;
  /** By the names that CREATE EXTENSION takes. */
  readonly extensions: readonly string[];
  /** How long one message may take, in milliseconds. */
  readonly timeout: number;
}

/**
 * PostgreSQL in WebAssembly, in memory, in a thread of its own: nothing that runs in it reaches a file or the network. A
 * message that takes too long ends the thread, and all its databases with it.
 */
export function embeddedPostgres(options: EmbeddedOptions): ScratchServer {
  const threads = new Set<Thread>();
  let current: Thread | undefined;
  return {
    kind: 'embedded',
    version: 'PostgreSQL 18, embedded (PGlite)',
    open: async () => {
      if (!current || current.isGone()) {
        current = startThread(options);
        threads.add(current);
      }
      const scratch = scratchAt(current, await current.database({ do: 'open' }));
      if (options.template !== undefined) await empty(scratch);
      return scratch;
    },
    close: async () => {
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

/** The template is that of the store: its own schemas go. */
async function empty(scratch: Scratch): Promise<void> {
  await scratch.run(`do $$ declare s name; begin
    for s in select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')
    loop execute format('drop schema %I cascade', s); end loop; end $$`);
}

type Thread = ReturnType<typeof startThread>;
type Question = Asked extends infer One ? (One extends Asked ? Omit<One, 'id'> : never) : never;

function startThread({ template, extensions, timeout }: EmbeddedOptions) {
  const known = extensions.filter((name) => shipped.has(name)).map((name) => modules[name] ?? name);
  const workerData: WorkerData = { extensions: known, ...(template !== undefined && { template }) };
  const file = import.meta.url.endsWith('.ts') ? './scratch-postgres-worker.ts' : './scratch-postgres-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { workerData });
  const waiting = new Map<number, { done: (answer: Answered) => void; failed: (fault: Fault) => void }>();
  let last = 0;
  let gone: string | undefined;
  const end = (because: string): void => {
    gone ??= because;
    for (const one of waiting.values()) one.failed(new Fault('unreachable', `the scratch database has ended: ${gone}`));
    waiting.clear();
  };
  worker.on('message', (answer: Answered) => {
    waiting.get(answer.id)?.done(answer);
    waiting.delete(answer.id);
  });
  worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => end('its thread has ended'));

  const ask = (question: Question): Promise<Answered> =>
    new Promise((done, failed) => {
      if (gone !== undefined) return failed(new Fault('unreachable', `the scratch database has ended: ${gone}`));
      last += 1;
      waiting.set(last, { done, failed });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      return worker.postMessage({ ...question, id: last });
    });
  return {
    timeout,
    ask,
    isGone: () => gone !== undefined,
    async database(question: Question): Promise<number> {
      const answer = await ask(question);
      if ('of' in answer) return answer.of;
      throw new Fault(
        'bug',
        `the scratch database does not start: ${'broken' in answer ? answer.broken : 'no answer'}`,
      );
    },
    async end(because = 'it was closed'): Promise<void> {
      end(because);
      await worker.terminate();
    },
  };
}

function scratchAt(thread: Thread, of: number): Scratch {
  const run: Scratch['run'] = async (sql) => {
    const answered = await within(thread.timeout, thread.ask({ do: 'run', of, sql }));
    if (answered === undefined) {
      await thread.end('a statement took too long');
      return { failed: { sqlState: '57014', message: `it took longer than ${thread.timeout / 1000} s` } };
    }
    if ('ran' in answered) return answered.ran;
    await thread.end('broken' in answered ? answered.broken : undefined);
    return { failed: { sqlState: 'XX000', message: 'broken' in answered ? answered.broken : 'no answer' } };
  };
  return {
    run,
    ...lookingWith(run),
    isGone: thread.isGone,
    copy: async () => scratchAt(thread, await thread.database({ do: 'copy', of })),
    close: async () => {
      if (!thread.isGone()) await thread.ask({ do: 'close', of });
    },
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), milliseconds);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
