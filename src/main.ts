/**
 * The only place where the rooms meet: it reads the settings, opens what a command needs, and hands it over. What a
 * command does not need is not loaded.
 */
import { once } from 'node:events';
import { join, resolve } from 'node:path';

import { doctorLines } from './cli/doctor-lines.ts';
import type { DoctorLine, Given, Opened, ServeOptions, Where } from './cli/given.ts';
import { runProgram } from './cli/program.ts';
import { formatMasterKey, parseMasterKey } from './evidence/master-key.ts';
import type { Policies } from './model/policy.ts';
import type { Store } from './model/store.ts';
import type { Catalogue, Deps } from './pipeline/deps.ts';
import { stopAfterPoint } from './pipeline/stop-points.ts';
import { isDatabaseUrl, serverOf } from './store/database-url.ts';
import {
  ambient,
  answersAt,
  gitVersion,
  keyFileText,
  inputStream,
  keyKeeping,
  readInput,
  secretFrom,
  type Settings,
  settings,
  writeOutput,
} from './systems/host.ts';
import { sourcesAt } from './systems/sources.ts';
import { version } from './version.ts';

/** Runs one command line; answers its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const set = settings();
  const interrupted = new AbortController();
  const onSignal = () => {
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
    if (process.stderr.isTTY) process.stderr.write('Stopping after what is under way; Ctrl-C again ends at once.\n');
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, onSignal);
  // Nobody reads any more (`recourse list | head`): what is under way goes on to its end all the same.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  return runProgram(argv, given(set, interrupted.signal));
}

const given = (set: Settings, interrupted: AbortSignal): Given => ({
  terminal: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    columns: process.stdout.columns ?? 100,
    isColourful: set.isColourful,
    isInteractive: process.stdin.isTTY && process.stderr.isTTY,
  },
  version,
  cwd: process.cwd(),
  now: ambient.now,
  interrupted,
  open: (where) => open(set, where),
  catalogue,
  surfaces,
  rehearse: async (files, options) => (await import('./main/rehearse-on.ts')).rehearseOn(files, options, interrupted),
  policies: async (path = set.policy) => (path === undefined ? undefined : policies(path)),
  sources: sourcesAt(process.cwd()),
  read: readText,
  write: writeOutput,
  secret: (reference) => secretFrom(reference),
  async verify(path, key) {
    const [{ verify }, { nodePrimitives }] = await Promise.all([
      import('./evidence/verify.ts'),
      import('./evidence/node-primitives.ts'),
    ]);
    return verify(await inputStream(path), nodePrimitives, key === undefined ? {} : { key });
  },
  serve: (options) => serveUntil(set, options, interrupted),
  work: (options) => work(set, options, interrupted),
  async backup(file, where) {
    const { backup } = await import('./store/backup.ts');
    return backup({ url: folderOf(set, where), file: resolve(file), by: holder(set) });
  },
  async restore(file, { force, ...where }) {
    const { restore } = await import('./store/restore.ts');
    return restore({ url: folderOf(set, where), file: resolve(file), by: holder(set), force });
  },
  rebuild: (where) => withStore(set, where, (store) => store.rebuild()),
  doctor: (where) => doctor(set, where),
});

const readText = async (path: string): Promise<string> => (await readInput(path)).toString('utf8');
const surfaces = async () => {
  (await import('./store/wasm-tiers.ts')).useOneWasmTier(); // before a grammar is loaded
  return (await import('./surfaces/registry.ts')).surfaces;
};

async function policies(path: string): Promise<Policies> {
  const [{ readPolicyFile }, { policiesIn }] = await Promise.all([
    import('./cli/policy-file.ts'),
    import('./pipeline/policies.ts'),
  ]);
  return policiesIn(await readPolicyFile({ cwd: process.cwd(), read: readText, secret: secretFrom }, path));
}

export async function catalogue(): Promise<Catalogue> {
  const [{ operations }, { checks }, { systems }] = await Promise.all([
    import('./operations/registry.ts'),
    import('./checks/registry.ts'),
    import('./systems/registry.ts'),
  ]);
  return { operations, checks, systems, surfaces };
}

const socketOf = (data: string): string => join(data, 'recourse.sock');
/** Faults: `invalid-input` for a database URL that is none: it must not become the name of a folder. */
function urlOf(set: Settings, where: Where): string {
  const database = where.database ?? (where.data === undefined ? set.database : undefined);
  if (database !== undefined) serverOf(database);
  return database ?? where.data ?? set.data;
}
const folderOf = (set: Settings, where: Where): string => {
  const url = urlOf(set, where);
  return isDatabaseUrl(url) ? url : resolve(url);
};

/** A server that is named, the server that holds the store, or the store itself. */
async function open(set: Settings, where: Where): Promise<Opened> {
  const server = where.server ?? (where.data === undefined && where.database === undefined ? set.server : undefined);
  if (server !== undefined) {
    const { remoteAt } = await import('./api/remote-at.ts');
    const recourse = remoteAt(server, set.token, where.server === undefined ? 'RECOURSE_SERVER' : '--server');
    return { recourse, through: 'server', close: () => Promise.resolve() };
  }
  const url = urlOf(set, where);
  const socket = socketOf(resolve(url));
  if (!isDatabaseUrl(url) && (await answersAt(socket))) {
    const { remoteRecourse } = await import('./api/remote-recourse.ts');
    return { recourse: remoteRecourse({ socketPath: socket }), through: 'server', close: () => Promise.resolve() };
  }
  const { deps, store } = await openDeps(set, url);
  const { localRecourse } = await import('./pipeline/local-recourse.ts');
  return { recourse: localRecourse(deps, set.actor), through: 'store', close: () => store.close() };
}

async function openDeps(set: Settings, url: string): Promise<{ readonly deps: Deps; readonly store: Store }> {
  const [{ openStore }, { makeKeyring }] = await Promise.all([
    import('./store/open.ts'),
    import('./evidence/keyring.ts'),
  ]);
  const store = await openStore({ url: isDatabaseUrl(url) ? url : resolve(url), ambient, by: holder(set) });
  try {
    const made = () => formatMasterKey(ambient.random(32));
    const keyring = makeKeyring(parseMasterKey(set.key ?? (await keyFileText(set.keyFile, made))), ambient.random);
    const deps = {
      ...(await catalogue()),
      ...(set.policy !== undefined && { policies: await policies(set.policy) }),
      store,
      keyring,
      ambient,
      stopAfter: stopAfterPoint(set.stopAfter, () => process.kill(process.pid, 'SIGKILL')),
    };
    return { deps, store };
  } catch (error) {
    await store.close();
    throw error;
  }
}

const holder = ({ host }: Settings) => ({
  pid: process.pid,
  // the command alone: an option may hold a password
  command: `recourse ${process.argv.slice(2).find((word) => /^[a-z]+(-[a-z]+)*$/.test(word)) ?? ''}`.trim(),
  host,
});

async function withStore<T>(set: Settings, where: Where, use: (store: Store) => Promise<T>): Promise<T> {
  const { store } = await openDeps(set, urlOf(set, where));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

const ended = async (signal: AbortSignal): Promise<void> => void (signal.aborted || (await once(signal, 'abort')));

type Workload = Where & { readonly concurrency: number };
async function work(set: Settings, options: Workload, signal: AbortSignal): Promise<void> {
  const { deps, store } = await openDeps(set, urlOf(set, options));
  const { workOn } = await import('./pipeline/go-on.ts');
  const worker = await store.work((change, jobSignal) => workOn(deps, change, jobSignal), options);
  process.stderr.write(
    `recourse ${version} works ${options.concurrency} changes at a time. Ctrl-C ends it after the steps under way.\n`,
  );
  await ended(signal);
  await worker.stop();
  await store.close();
}

async function serveUntil(set: Settings, options: ServeOptions, signal: AbortSignal): Promise<void> {
  const url = urlOf(set, options);
  const { deps, store } = await openDeps(set, url);
  try {
    const { firstToken, greeting, serve } = await import('./api/serve.ts');
    const serving = await serve({
      ...options,
      deps,
      version,
      actor: set.actor,
      socketPath: isDatabaseUrl(url) ? undefined : socketOf(resolve(url)),
      webRoot: join(import.meta.dirname, 'web'),
      log: process.stderr,
    });
    // Where standard output is no terminal it is a log, and a token has no place there.
    const token = process.stdout.isTTY ? await firstToken(deps, set.actor) : undefined;
    process.stdout.write(greeting(version, serving.url, token));
    await ended(signal);
    process.stderr.write('Ending: requests and steps under way are finished first.\n');
    await serving.stop();
  } finally {
    await store.close();
  }
}

async function doctor(set: Settings, where: Where): Promise<readonly DoctorLine[]> {
  const url = urlOf(set, where);
  const isHeld = !isDatabaseUrl(url) && (await answersAt(socketOf(resolve(url))));
  const held = { answer: 'unknown', seen: 'a running server holds it; stop it to have the record checked' } as const;
  const opens = async (): Promise<string> => {
    await withStore(set, where, (store) => store.ping());
    return isDatabaseUrl(url) ? 'PostgreSQL' : `embedded, in ${url}`;
  };
  return doctorLines([
    { what: 'Node.js', look: () => Promise.resolve(process.version) },
    { what: 'git, for changes to repositories', look: gitVersion },
    { what: 'the key is yours alone', look: () => keyKeeping(set) },
    ...(isHeld
      ? [{ what: 'the store', look: () => Promise.resolve(held) }]
      : [
          { what: 'the store opens', look: opens, isNeeded: true },
          {
            what: 'every chain of facts is whole',
            look: async () => withStore(set, where, (await import('./pipeline/examine.ts')).examine),
          },
        ]),
  ]);
}
