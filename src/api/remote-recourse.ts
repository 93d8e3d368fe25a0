import type { ChangeId } from '../model/ids.ts';
import type { Recourse, RunOptions } from '../model/recourse.ts';
import type { ChangeQuery, ChangeView, Recovered } from '../model/view.ts';
import { whatCame } from '../pipeline/what-came.ts';
import { transportTo, type ServerAddress } from './client-transport.ts';
import { watchFrom } from './client-watch.ts';
import { untilAtRest } from './until-at-rest.ts';

/**
 * Recourse at a server. It answers what Recourse on a store of its own does, with the same faults; and `unreachable`,
 * which names the address, when the server does not answer. Aborting the signal of a run ends the waiting for it: the
 * change goes on at the server.
 */
export const remoteRecourse = (address: ServerAddress, token?: string): Recourse => {
  const transport = transportTo(address, token);
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> =>
    JSON.parse(await transport.ask(method, path, { ...(body !== undefined && { body }) })) as Answer;
  const get = <Answer>(path: string): Promise<Answer> => ask('GET', path);
  const act = <Answer = ChangeView>(id: ChangeId, name: string, body: object = {}): Promise<Answer> =>
    ask('POST', `/changes/${id}/${name}`, body);

  const show = (id: ChangeId): Promise<ChangeView> => get(`/changes/${id}`);
  const watch: Recourse['watch'] = (options) => watchFrom(transport, options);
  const rested = (view: ChangeView, { detach, signal }: RunOptions): ChangeView | Promise<ChangeView> =>
    detach ? view : untilAtRest({ show, watch }, view, signal);

  return {
    preview: (proposal) => ask('POST', '/changes/preview', proposal),
    propose: async (proposal, request) => {
      const headers = request === undefined ? {} : { 'idempotency-key': request };
      return JSON.parse(await transport.ask('POST', '/changes', { body: proposal, headers })) as ChangeView;
    },
    revise: (id, proposal) => ask('PUT', `/changes/${id}`, proposal),

    find: async (ending) => (await get<{ id: ChangeId }>(`/changes/find/${encodeURIComponent(ending)}`)).id,
    list: (query) => transport.ask('GET', `/changes?${searchOf(query).toString()}`),
    show,
    compare: (id) => get(`/changes/${id}/compare`),

    approve: (id, { note, plan }) => act(id, 'approve', { note, plan }),
    reject: (id, note) => act(id, 'reject', { note }),
    run: async (id, options) => rested(await act(id, 'run'), options),
    cancel: (id, because) => act(id, 'cancel', { because }),

    decide: (id) => act(id, 'decide'),
    recover: async (id, { partly, withLater, ...options }) => {
      const begun = await act<Recovered>(id, 'recover', { partly, withLater });
      if (options.detach || !begun.recovery) return begun;
      const recovery = await rested(begun.recovery, options);
      const change = await show(id);
      return { ...begun, says: whatCame(change, recovery), change, recovery };
    },
    retry: async (id, step, options) => rested(await act(id, 'retry', { step }), options),
    skip: async (id, step, { because, ...options }) => rested(await act(id, 'skip', { step, because }), options),
    resolve: async (id, step, { note, alone, ...options }) =>
      rested(await act(id, 'resolve', { step, note, alone }), options),
    note: (id, text) => act(id, 'note', { text }),
    takeOver: (id, resource, because) => act(id, 'take-over', { resource, because }),
    close: (id) => act(id, 'close'),

    facts: (id, seq = 0) => get(`/changes/${id}/facts?after=${seq}`),
    watch,
    exportEvidence: (id) => transport.ask('GET', `/changes/${id}/evidence`),

    operations: () => get('/operations'),
    connections: () => get('/connections'),
    addConnection: (connection) => ask('POST', '/connections', connection),
    probeConnection: (id) => ask('POST', `/connections/${id}/probe`, {}),
    removeConnection: async (id) => void (await transport.ask('DELETE', `/connections/${id}`)),

    tokens: () => get('/tokens'),
    createToken: (made) => ask('POST', '/tokens', made),
    removeToken: async (name) => void (await transport.ask('DELETE', `/tokens/${encodeURIComponent(name)}`)),
  };
};

const searchOf = (query: ChangeQuery): URLSearchParams =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, String(one)] as [string, string]),
    ),
  );
