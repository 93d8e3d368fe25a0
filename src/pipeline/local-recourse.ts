/**
 * Recourse on a store of its own: what the CLI speaks to without a server, and what the API speaks to inside one. Each
 * act is in its own file; here they are put together, for one person.
 */
import { exportFile } from '../evidence/export.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId, ResourceId } from '../model/ids.ts';
import type { Recourse, RunOptions } from '../model/recourse.ts';
import { ChangeQuery } from '../model/view.ts';
import { approve, reject } from './approve.ts';
import { resolve, retry, skip } from './by-hand.ts';
import { cancel } from './cancel.ts';
import { close } from './close.ts';
import { compareSteps, stepComparison } from './comparison.ts';
import { addConnection, connections, probeConnection, removeConnection } from './connections.ts';
import type { Deps } from './deps.ts';
import { goOn } from './go-on.ts';
import { operationViews } from './operation-views.ts';
import { issueWords } from './params.ts';
import { previewOf, propose, revise } from './propose.ts';
import { recoverWith } from './recover-with.ts';
import { decideOn } from './recover.ts';
import { show } from './show.ts';
import { takeOver } from './take-over.ts';
import { createToken, removeToken } from './tokens.ts';
import { watch } from './watch.ts';
import { standing, write } from './write.ts';

export function localRecourse(deps: Deps, by: Actor): Recourse {
  const { store, ambient } = deps;
  const on = async (id: ChangeId, options: RunOptions) => show(deps, await goOn(deps, by, id, options));
  return {
    preview: (proposal) => previewOf(deps, proposal, ambient.now()),
    propose: async (proposal, request) => show(deps, await propose(deps, by, proposal, request)),
    revise: async (id, proposal) => show(deps, await revise(deps, by, id, proposal)),

    find: (ending) => store.find(ending),
    list: async (query) => store.list(checkedQuery(query)),
    show: (id) => show(deps, id),
    async compare(id) {
      const chain = await standing(store, id);
      const steps = await compareSteps(deps, chain);
      return { change: id, at: ambient.now(), steps: steps.map((step) => stepComparison(step, chain)) };
    },

    approve: async (id, options) => show(deps, await approve(deps, by, id, options)),
    reject: async (id, note) => show(deps, await reject(deps, by, id, note)),
    run: on,
    async cancel(id, because) {
      await cancel(deps, by, id, because);
      return show(deps, await finishCancelling(deps, by, id));
    },

    decide: (id) => decideOn(deps, by, id),
    recover: (id, options) => recoverWith(deps, by, id, options),
    async retry(id, step, options) {
      const { id: target } = await retry(deps, by, id, step);
      return on(target, options);
    },
    async skip(id, step, options) {
      const { id: target } = await skip(deps, by, id, step, options.because);
      return on(target, options);
    },
    async resolve(id, step, options) {
      const { id: target } = await resolve(deps, by, id, step, options);
      return on(target, options);
    },
    note: async (id, text) => {
      if (!text.trim()) throw new Fault('invalid-input', 'A note needs words.', { at: 'text' });
      return show(deps, await write(store, id, by, () => [{ v: 1, fact: 'noted', text }]));
    },
    takeOver: async (id, resource, because) =>
      show(deps, await takeOver(deps, by, id, resource as ResourceId, because)),
    close: async (id) => show(deps, await close(deps, by, id)),

    facts: async (id, seq = 0) => (await standing(store, id)).evidence.filter((record) => record.seq > seq),
    watch: (options) => watch(store, { ...options, now: ambient.now() }),
    async exportEvidence(id) {
      await standing(store, id);
      return exportFile(await store.texts(id), deps.keyring.signer);
    },

    operations: () => Promise.resolve(operationViews(deps)),
    connections: () => connections(deps),
    addConnection: (connection) => addConnection(deps, connection),
    probeConnection: (id) => probeConnection(deps, id),
    removeConnection: (id) => removeConnection(deps, id),

    tokens: () => store.tokens(),
    createToken: (token) => createToken(deps, by, token),
    removeToken: (name) => removeToken(deps, name),
  };
}

/** Faults: `invalid-input`, naming the filter. */
function checkedQuery(query: ChangeQuery): ChangeQuery {
  const parsed = ChangeQuery.safeParse(query);
  if (!parsed.success) throw new Fault('invalid-input', `The list cannot be filtered so: ${issueWords(parsed.error)}.`);
  return parsed.data;
}

/** Where nobody is at a change that was asked to stop, it is brought to its stop here. */
async function finishCancelling(deps: Deps, by: Actor, id: ChangeId) {
  const chain = await standing(deps.store, id);
  const isUnderWay = chain.state.cancelAsked && ['running', 'waiting'].includes(chain.state.status);
  const isIdle = isUnderWay && !(await deps.store.running()).has(id);
  return isIdle ? goOn(deps, by, id, {}) : chain;
}
