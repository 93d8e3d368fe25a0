/**
 * One process that serves: the API and the page on a port, the same API for this user's own command line on a socket
 * beside the store, and a worker for the jobs.
 */
import { chmod, rm } from 'node:fs/promises';

import type { DestinationStream } from 'pino';

import type { Actor } from '../model/ids.ts';
import { TokenScope } from '../model/token.ts';
import type { Deps } from '../pipeline/deps.ts';
import { workOn } from '../pipeline/go-on.ts';
import { localRecourse } from '../pipeline/local-recourse.ts';
import { listen } from './listen.ts';
import { countedMetrics } from './metrics.ts';
import { buildServer, type ServerOptions } from './server.ts';

interface ServeOptions {
  readonly deps: Deps;
  readonly version: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Names by which others know this server, besides `localhost`. */
  readonly hosts?: readonly string[];
  /** Changes that are worked at a time. */
  readonly concurrency: number;
  /** Takes the lines of the log. */
  readonly log: DestinationStream;
  /** This user, whose command line reaches the socket. */
  readonly actor: Actor;
  readonly socketPath: string | undefined;
  readonly webRoot: string;
}

export interface Serving {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serve(options: ServeOptions): Promise<Serving> {
  const { deps, version, actor, socketPath, webRoot, log } = options;
  const { store, ambient } = deps;
  const recourse = (by: Actor) => localRecourse(deps, by);
  const common = {
    recourse,
    ambient,
    version,
    tokens: { use: store.useToken },
    metrics: countedMetrics({ version, changesByStatus: store.countByStatus }),
    health: async () => ({
      store: await store.ping().then(
        () => true,
        () => false,
      ),
    }),
    log,
  };
  const servers: Awaited<ReturnType<typeof buildServer>>[] = [];
  const built = async (more: Partial<ServerOptions>) => {
    const server = await buildServer({ ...common, ...more });
    servers.push(server);
    return server;
  };
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    if (socketPath !== undefined) await rm(socketPath, { force: true });
  };
  try {
    const atPort = await built({ webRoot, ...(options.hosts && { hosts: options.hosts }) });
    const url = await listen(atPort, { host: options.host, port: options.port }); // it answers while the rest is made
    if (socketPath !== undefined) {
      const atSocket = await built({ trustSocket: actor });
      await rm(socketPath, { force: true }); // left by a process that died; the lock says that we are alone
      await listen(atSocket, { socketPath });
      await chmod(socketPath, 0o600);
    }
    const worker = await store.work((change, signal) => workOn(deps, change, signal), options);
    return { url, stop: async () => void (await Promise.all([close(), worker.stop()])) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where nobody has a token yet there is one to begin with; it is shown once, to a person at a terminal. */
export async function firstToken({ store, ...deps }: Deps, actor: Actor): Promise<string | undefined> {
  if ((await store.tokens()).length > 0) return undefined;
  const { token } = await localRecourse({ store, ...deps }, actor).createToken({
    name: 'first',
    scopes: TokenScope.options,
  });
  return token;
}

/** What a person at the terminal is told. */
export const greeting = (version: string, url: string, token: string | undefined): string =>
  `recourse ${version} serves ${url}
${token === undefined ? 'Make a token with `recourse token create NAME`.' : `Its first token, shown once: ${token}`}
Ctrl-C ends it.
`;
