/**
 * Reaching a system: a connection is looked up, its secrets are opened, and one client serves all steps of a run.
 * Faults of a connection name it.
 */
import { Fault } from '../model/fault.ts';
import type { ChangeId, ConnectionId, Hash, StepId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { StoredConnection } from '../model/store.ts';
import type { Reach, System } from '../model/system.ts';
import type { Catalogue, Deps } from './deps.ts';

const mebibyte = 1024 * 1024;
const largestKept = 16 * mebibyte;

/** The connections of a catalogue that need not be added. */
export const builtInConnections = ({ systems }: Catalogue): readonly StoredConnection[] =>
  Object.values(systems).flatMap(({ name, builtIn }) =>
    builtIn ? [{ id: builtIn.id, system: name, settings: builtIn.settings as Json }] : [],
  );

export const allConnections = async (deps: Deps): Promise<readonly StoredConnection[]> => [
  ...builtInConnections(deps),
  ...(await deps.store.connections()),
];

/** Clients of one run, by connection; `close` gives them all back. */
export interface Clients {
  client(connection: ConnectionId, system: System<unknown>): Promise<unknown>;
  close(): Promise<void>;
}

export function openClients(deps: Deps): Clients {
  const open = new Map<ConnectionId, { system: System<unknown>; client: Promise<unknown> }>();
  return {
    client(connection, system) {
      const known = open.get(connection);
      if (known) return known.client;
      const client = connect(deps, connection, system);
      open.set(connection, { system, client });
      // A connection that failed once is tried anew the next time.
      client.catch(() => open.delete(connection));
      return client;
    },
    async close() {
      const closing = [...open.values()].map(async ({ system, client }) => system.close?.(await client));
      open.clear();
      await Promise.allSettled(closing);
    },
  };
}

async function connect(deps: Deps, id: ConnectionId, system: System<unknown>): Promise<unknown> {
  const connection = (await allConnections(deps)).find((one) => one.id === id);
  if (!connection)
    throw new Fault('not-found', `There is no connection ${id}.`, {
      at: id,
      advice: `Add it with \`recourse connections add ${id} --system ${system.name}\`.`,
    });
  if (connection.system !== system.name)
    throw new Fault('invalid-input', `Connection ${id} is of system ${connection.system}, not ${system.name}.`, {
      at: id,
    });
  const settings = system.connection.safeParse(connection.settings);
  if (!settings.success)
    throw new Fault(
      'invalid-input',
      `The settings of connection ${id} do not fit: ${settings.error.issues[0]?.message ?? ''}.`,
      { at: id },
    );
  return system.connect(settings.data, (sealed) => Promise.resolve(deps.keyring.unseal(sealed)));
}

export function reachOf(
  deps: Deps,
  about: { readonly change: ChangeId; readonly step: StepId },
  client: unknown,
  signal: AbortSignal,
): Reach<unknown> {
  const { keyring, store } = deps;
  return {
    client,
    key: `${about.change}/${about.step}`,
    signal,
    seal: (secret, field) => Promise.resolve(keyring.seal(secret, { ...about, field })),
    unseal: (sealed) => Promise.resolve(keyring.unseal(sealed)),
    async keep(bytes) {
      if (bytes.length > largestKept)
        throw new Fault('invalid-input', `${bytes.length} bytes are too much to keep; ${largestKept} is the most.`);
      const hash: Hash = keyring.digest(bytes);
      await store.keep(hash, keyring.sealBytes(bytes, hash));
      return hash;
    },
    async kept(hash) {
      const sealed = await store.kept(hash);
      if (!sealed) throw new Fault('not-found', `The material kept under ${hash} is not in the store.`, { at: hash });
      return keyring.openBytes(sealed, hash);
    },
  };
}
