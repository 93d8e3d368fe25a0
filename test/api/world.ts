import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';

import { listen } from '#src/api/listen.ts';
import { countedMetrics } from '#src/api/metrics.ts';
import { buildServer, type ServerOptions } from '#src/api/server.ts';
import { makeKeyring } from '#src/evidence/keyring.ts';
import type { Ambient } from '#src/model/ambient.ts';
import type { Actor } from '#src/model/ids.ts';
import type { Proposal } from '#src/model/proposal.ts';
import type { Recourse } from '#src/model/recourse.ts';
import type { Store } from '#src/model/store.ts';
import { TokenScope } from '#src/model/token.ts';
import type { Deps } from '#src/pipeline/deps.ts';
import { workOn } from '#src/pipeline/go-on.ts';
import { localRecourse } from '#src/pipeline/local-recourse.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

import { catalogue } from '../catalogue.ts';

/** Everything as `main.ts` puts it together, in a folder of its own: the embedded store, a worker, and what is asked for. */
export interface World {
  readonly folder: string;
  readonly store: Store;
  readonly ambient: Ambient;
  readonly log: string[];
  as(by: Actor): Recourse;
  /** Of the servers. */
  readonly options: ServerOptions;
  /** A server on a free port of this machine, or on a socket in the folder when it trusts one. */
  serve(
    options?: Partial<ServerOptions>,
    port?: number,
  ): Promise<{ readonly server: FastifyInstance; readonly at: string }>;
  token(...scopes: readonly TokenScope[]): Promise<string>;
  file(name: string, mode?: number): Promise<string>;
  modeOf(path: string): Promise<string>;
  end(): Promise<void>;
}

export const world = async (): Promise<World> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'recourse-api-')));
  const store = await openStore({ url: join(folder, 'data'), ambient });
  const keyring = makeKeyring(randomBytes(32), randomBytes);
  const deps: Deps = {
    ...catalogue,
    store,
    keyring,
    ambient,
    stopAfter: () => undefined,
  };
  const as = (by: Actor): Recourse => localRecourse(deps, by);
  const worker = await store.work((change, signal) => workOn(deps, change, signal), { concurrency: 2 });
  const servers: FastifyInstance[] = [];
  const log: string[] = [];
  const options: ServerOptions = {
    recourse: as,
    tokens: { use: (hash, at) => store.useToken(hash, at) },
    ambient,
    metrics: countedMetrics({ version: '0.0.0' }),
    version: '0.0.0',
    log: { write: (line) => void log.push(line) },
    health: async () => ({
      store: await store.ping().then(
        () => true,
        () => false,
      ),
    }),
  };
  let made = 0;
  return {
    folder,
    store,
    ambient,
    log,
    as,
    options,
    async serve(more = {}, port = 0) {
      const server = await buildServer({ ...options, ...more });
      servers.push(server);
      if (more.trustSocket === undefined) return { server, at: await listen(server, { port }) };
      const socketPath = join(folder, `socket-${servers.length}`);
      await listen(server, { socketPath });
      return { server, at: socketPath };
    },
    async token(...scopes) {
      made += 1;
      const asked = scopes.length > 0 ? scopes : TokenScope.options;
      return (await as('local:tester').createToken({ name: `t${made}`, scopes: asked })).token;
    },
    async file(name, mode = 0o644) {
      const path = join(folder, name);
      await writeFile(path, name);
      await chmod(path, mode);
      return path;
    },
    modeOf: async (path) => ((await stat(path)).mode & 0o7777).toString(8).padStart(4, '0'),
    async end() {
      await Promise.all(servers.map((server) => server.close()));
      await worker.stop();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
};

/** A change that sets the mode of files. */
export const modes = (title: string, ...steps: readonly (readonly [path: string, mode: string])[]): Proposal => ({
  title,
  environment: 'test',
  steps: steps.map(([path, mode]) => ({ 'linux.set-file-mode': { path, mode } })),
});
