import { Fault } from '../model/fault.ts';
import type { ConnectionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
/** Connections and tokens: what is configured beside the facts. Secrets in settings are sealed on sight. */
import { isObject } from '../model/same.ts';
import type { StoredConnection } from '../model/store.ts';
import type { ConnectionView } from '../model/view.ts';
import type { Deps } from './deps.ts';
import { nearest } from './nearest.ts';
import { issueWords } from './params.ts';
import { allConnections, builtInConnections, openClients } from './reach.ts';

const viewOf = (deps: Deps, { id, system, settings }: StoredConnection): ConnectionView => ({
  id,
  system,
  builtIn: builtInConnections(deps).some((one) => one.id === id),
  settings,
});

export const connections = async (deps: Deps): Promise<readonly ConnectionView[]> =>
  (await allConnections(deps)).map((connection) => viewOf(deps, connection));

/** Faults: `invalid-input`. A connection of the same name is replaced: new credentials for the same thing. */
export async function addConnection(deps: Deps, connection: StoredConnection): Promise<ConnectionView> {
  const { id, system: name } = connection;
  const system = deps.systems[name];
  if (!system)
    throw new Fault('invalid-input', `There is no system ${name}${nearest(name, Object.keys(deps.systems))}.`, {
      at: 'system',
    });
  if (builtInConnections(deps).some((one) => one.id === id))
    throw new Fault('invalid-input', `${id} is built in and cannot be replaced.`, { at: 'id' });
  const settings = sealPlain(deps, id, connection.settings, '');
  const parsed = system.connection.safeParse(settings);
  if (!parsed.success)
    throw new Fault('invalid-input', `Settings of ${id}: ${issueWords(parsed.error)}.`, { at: 'settings' });
  const stored = { id, system: name, settings: parsed.data as Json };
  await deps.store.putConnection(stored);
  return viewOf(deps, stored);
}

/** Connects and looks, changing nothing. Faults: those of the system. */
export async function probeConnection(deps: Deps, id: ConnectionId): Promise<Readonly<Record<string, string>>> {
  const connection = (await allConnections(deps)).find((one) => one.id === id);
  const system = connection && deps.systems[connection.system];
  if (!connection || !system) throw new Fault('not-found', `There is no connection ${id}.`, { at: id });
  const clients = openClients(deps);
  try {
    return await system.probe(await clients.client(id, system));
  } finally {
    await clients.close();
  }
}

/** Faults: `not-found`. */
export async function removeConnection(deps: Deps, id: ConnectionId): Promise<void> {
  if (await deps.store.removeConnection(id)) return;
  throw new Fault('not-found', `There is no connection ${id} that could be removed.`, { at: id });
}

/** A sealed value in the place of every `{ $plain: … }`. */
function sealPlain(deps: Deps, id: ConnectionId, value: Json, field: string): Json {
  if (Array.isArray(value)) return value.map((item) => sealPlain(deps, id, item as Json, field));
  if (!isObject(value)) return value;
  if (typeof value['$plain'] === 'string')
    return { ...deps.keyring.seal(value['$plain'], { change: 'connection', step: id, field }) };
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, sealPlain(deps, id, item, field ? `${field}.${key}` : key)]),
  );
}
