/**
 * A process that is there to be killed: it works the jobs of a store and does what people ask, as `recourse serve` and
 * `recourse worker` do, without a server around it. It has everything loaded before it is told to begin, so that the
 * next one is warm when its predecessor dies. What the store has confirmed is noted outside, before anybody can die.
 */
import { appendFileSync } from 'node:fs';

import { checks } from '#src/checks/registry.ts';
import { makeKeyring } from '#src/evidence/keyring.ts';
import { parseMasterKey } from '#src/evidence/master-key.ts';
import { Fault } from '#src/model/fault.ts';
import type { ChangeId } from '#src/model/ids.ts';
import type { AnyOperation, OperationRegistry } from '#src/model/operation.ts';
import type { Proposal } from '#src/model/proposal.ts';
import type { Recourse } from '#src/model/recourse.ts';
import type { Store } from '#src/model/store.ts';
import type { ChangePage, ChangeRow } from '#src/model/view.ts';
import { operations } from '#src/operations/registry.ts';
import type { Deps } from '#src/pipeline/deps.ts';
import { workOn } from '#src/pipeline/go-on.ts';
import { localRecourse } from '#src/pipeline/local-recourse.ts';
import { openStore } from '#src/store/open.ts';
import { surfaces } from '#src/surfaces/registry.ts';
import { ambient } from '#src/systems/host.ts';
import { systems } from '#src/systems/registry.ts';

export interface Begin {
  readonly url: string;
  readonly concurrency: number;
  /** Dies at a point (`<point>` or `<point>:<step>`) when it comes there for this time, 1 for the first. */
  readonly stopAfter: { readonly point: string; readonly time: number } | undefined;
  /** Takes every call whose outcome is not known for one that never was: what a campaign must notice. */
  readonly isBlind: boolean;
}

export type Ask =
  | { readonly act: 'propose'; readonly name: string; readonly proposal: Proposal }
  | { readonly act: 'approve'; readonly id: ChangeId }
  | { readonly act: 'run'; readonly id: ChangeId }
  | { readonly act: 'recover'; readonly id: ChangeId }
  | { readonly act: 'look'; readonly ids: readonly ChangeId[] }
  | { readonly act: 'end' };
export interface Asked {
  readonly number: number;
  readonly ask: Ask;
}
export type Said =
  | { readonly says: 'ready' }
  | { readonly says: 'done'; readonly number: number; readonly id?: ChangeId; readonly rows?: readonly ChangeRow[] }
  | { readonly says: 'refused'; readonly number: number; readonly code: string; readonly message: string };

const tell = (said: Said): void => void process.send?.(said);
const die = (): void => void process.kill(process.pid, 'SIGKILL');

process.once('disconnect', die); // whoever started it is gone
process.once('message', (begin: Begin) => {
  live(begin).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

async function live({ url, concurrency, stopAfter, isBlind }: Begin): Promise<void> {
  const store = noting(await openStore({ url, ambient, by: { pid: process.pid, command: 'crash', host: '' } }));
  let times = 0;
  const deps: Deps = {
    operations: isBlind ? blind(operations) : operations,
    checks,
    systems,
    surfaces: () => Promise.resolve(surfaces),
    store,
    keyring: makeKeyring(parseMasterKey(process.env['RECOURSE_KEY'] ?? ''), ambient.random),
    ambient,
    stopAfter(point, step) {
      if (stopAfter?.point !== point && stopAfter?.point !== `${point}:${step}`) return;
      times += 1;
      if (times === stopAfter.time) die();
    },
  };
  const recourse = localRecourse(deps, 'local:crash');
  const worker = await store.work((change, signal) => workOn(deps, change, signal).catch(noted), { concurrency });
  process.on('message', ({ number, ask }: Asked) => {
    const act = acts[ask.act] as (recourse: Recourse, ask: Ask) => Promise<Done>;
    act(recourse, ask).then(
      async (done) => {
        tell({ says: 'done', number, ...done });
        if (ask.act !== 'end') return;
        await worker.stop();
        await store.close();
        process.exit(0);
      },
      (error: unknown) => {
        const { code, message } = Fault.from(error);
        tell({ says: 'refused', number, code, message });
      },
    );
  });
  tell({ says: 'ready' });
}

interface Done {
  readonly id?: ChangeId;
  readonly rows?: readonly ChangeRow[];
}
type Acts = { readonly [Act in Ask['act']]: (recourse: Recourse, ask: Extract<Ask, { act: Act }>) => Promise<Done> };

const acts: Acts = {
  propose: async (recourse, { proposal, name }) => ({ id: (await recourse.propose(proposal, name)).id }),
  approve: async (recourse, { id }) => ({ id: (await recourse.approve(id, {})).id }),
  run: async (recourse, { id }) => ({ id: (await recourse.run(id, { detach: true })).id }),
  recover: async (recourse, { id }) => ({ id: (await recourse.recover(id, { detach: true })).change.id }),
  look: async (recourse, { ids }) => ({ rows: await rowsOf(recourse, ids) }),
  end: async () => ({}),
};

async function rowsOf(recourse: Recourse, ids: readonly ChangeId[]): Promise<readonly ChangeRow[]> {
  const wanted = new Set(ids);
  const found: ChangeRow[] = [];
  for (let after: string | undefined; wanted.size > 0;) {
    const page = JSON.parse(await recourse.list({ limit: 100, ...(after && { after }) })) as ChangePage;
    found.push(...page.changes.filter(({ id }) => wanted.delete(id)));
    if (page.next === null) break;
    after = page.next;
  }
  return found;
}

/** The store, with a note of every record that it has confirmed: `<change> <seq> <hash>`. */
function noting(store: Store): Store {
  const file = process.env['RECOURSE_CRASH_CONFIRMED'] ?? '';
  return {
    ...store,
    append: async (writes, options) => {
      const chains = await store.append(writes, options);
      if (typeof chains === 'string') return chains;
      const last = chains.flatMap(({ evidence }) => evidence.at(-1) ?? []);
      appendFileSync(file, last.map(({ change, seq, hash }) => `${change} ${seq} ${hash}\n`).join(''));
      return chains;
    },
  };
}

/** A job that another worker took over, or that was stopped, is as it should be; all else is worth knowing. */
function noted(error: unknown): never {
  const fault = Fault.from(error);
  if (fault.code !== 'in-use' && fault.code !== 'interrupted')
    console.error(`complaint: ${fault.code}: ${fault.message}`);
  throw error;
}

/** Only where this process has made the call itself does a look count; after a crash it is never believed. */
const blind = (all: OperationRegistry): OperationRegistry =>
  Object.fromEntries(Object.entries(all).map(([name, operation]) => [name, blinded(operation)]));

function blinded(operation: AnyOperation): AnyOperation {
  const called = new WeakSet<object>();
  return {
    ...operation,
    apply: (params, reach, before) => {
      called.add(params as object);
      return operation.apply(params, reach, before);
    },
    settle: (params, before, now) =>
      called.has(params as object) ? operation.settle(params, before, now) : { as: 'untouched' },
  };
}
