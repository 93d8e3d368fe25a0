import { sql } from 'kysely';

import type { Ambient } from '../model/ambient.ts';
import type { ChangeId } from '../model/ids.ts';
import type { Store } from '../model/store.ts';
import { append } from './append.ts';
import { claim } from './claim.ts';
import { companyOf } from './company.ts';
import { connections, putConnection, removeConnection } from './connections.ts';
import { countByStatus } from './count-by-status.ts';
import { isDatabaseUrl, serverOf } from './database-url.ts';
import { openEmbedded, type Embedded } from './embedded.ts';
import { find, findRequest } from './find.ts';
import { keep, kept } from './kept.ts';
import { builtOn, holder, lease, leases, takeOver } from './leases.ts';
import { list } from './list.ts';
import type { Holder } from './lock-folder.ts';
import { migrate } from './migrate.ts';
import { openPostgres, type Distributed } from './postgres.ts';
import { openQueue } from './queue.ts';
import { read, texts } from './read.ts';
import { rebuild } from './rebuild.ts';
import { running } from './running.ts';
import { storeFault } from './store-fault.ts';
import { putToken, removeToken, tokens, useToken } from './tokens.ts';
import { keepUp } from './upkeep.ts';

export interface StoreOptions {
  /** `postgres://…`, or the path of a data folder. */
  readonly url: string;
  readonly ambient: Ambient;
  /** Who opens it: what a second process is told, and the name beside the database's connections. */
  readonly by?: Holder;
  /** Told what goes wrong in the background and is tried again; a process warning by default. */
  readonly trouble?: Trouble;
}

type Trouble = (error: unknown) => void;
const warn: Trouble = (error) => process.emitWarning(storeFault(error, 'in the background') as Error);

/**
 * Opens the store: the URL decides whether the embedded database or a customer's PostgreSQL stands behind it.
 * Faults: `in-use` (another process has the data folder), `store-failed`, `invalid-input` (a URL that is none).
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { url, ambient, trouble = warn } = options;
  const at = isDatabaseUrl(url) ? serverOf(url) : url;
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw storeFault(error, at);
    }
  };
  const database: Embedded | Distributed = await guarded(async () => {
    const by = options.by ?? { pid: process.pid, command: 'recourse', host: '' };
    const opened = await (isDatabaseUrl(url) ? openPostgres(url) : openEmbedded(url, by));
    try {
      await migrate(opened.db);
      if (opened.kind === 'embedded') await keepUp(opened).catch(trouble); // it can be read all the same
      return opened;
    } catch (error) {
      await opened.close();
      throw error;
    }
  });
  return guard(storeOn(database, ambient, trouble), guarded);
}

export function storeOn(database: Embedded | Distributed, ambient: Ambient, trouble: Trouble): Store {
  const { db, kind } = database;
  const company = companyOf(database, ambient, trouble);
  const { presence } = company;
  const queue = openQueue(database, presence, ambient, trouble);
  /** The last epoch that this process claimed: an earlier owner's release must not say that nobody is at the change. */
  const latest = new Map<ChangeId, number>();
  return {
    kind,
    read: (id) => read(db, id),
    texts: (id) => texts(db, id),
    find: (ending) => find(db, ending),
    findRequest: (request) => findRequest(db, request),
    list: (query) => list(db, query, presence),
    countByStatus: () => countByStatus(db),
    append: async (writes, options = {}) => {
      const chains = await append(database, writes, options, ambient.now(), queue);
      if (typeof chains === 'string') return chains;
      for (const { id, state } of chains) {
        if (state && !isWorkedAt.has(state.status)) void presence.left(id);
        company.tell(id);
      }
      return chains;
    },
    enqueue: async (change, at) => ((await queue.isOpen()) ? queue.enqueue(change, at) : undefined),
    claim: async (change) => {
      const ownership = await claim(db, change);
      latest.set(change, ownership.epoch);
      await presence.at(change);
      return ownership;
    },
    release: async ({ change, epoch }) => {
      if (latest.get(change) !== epoch) return;
      latest.delete(change);
      await presence.left(change);
    },
    running: () => running(db, presence),
    lease: (change, resources, inheritsFrom) => lease(db, change, resources, inheritsFrom),
    leases: (change) => leases(db, change),
    holder: (resource) => holder(db, resource),
    takeOver: (resource, to) => takeOver(db, resource, to),
    builtOn: (change, resources) => builtOn(db, change, resources),
    listen: company.listen,
    work: queue.work,
    connections: () => connections(db),
    putConnection: (connection) => putConnection(db, connection),
    removeConnection: (id) => removeConnection(db, id),
    tokens: () => tokens(db),
    putToken: (token) => putToken(db, token),
    useToken: (hash, at) => useToken(db, hash, at),
    removeToken: (name) => removeToken(db, name),
    keep: (hash, sealed) => keep(db, hash, sealed),
    kept: (hash) => kept(db, hash),
    rebuild: () => rebuild(db),
    ping: async () => void (await sql`select 1`.execute(db)),
    close: async () => {
      await queue.close();
      await company.close();
      await database.close();
    },
  };
}

/** After these a worker has more to do; in any other status nobody is at the change. */
const isWorkedAt: ReadonlySet<string> = new Set(['approved', 'scheduled', 'running', 'verifying']);

/** Every method throws faults only. */
function guard(store: Store, guarded: <Result>(work: () => Promise<Result>) => Promise<Result>): Store {
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    typeof method === 'function'
      ? (...args: readonly unknown[]) =>
          guarded(() => (method as (...args: readonly unknown[]) => Promise<unknown>)(...args))
      : method,
  ]);
  return Object.fromEntries(methods) as Store;
}
