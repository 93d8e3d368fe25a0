/** Short ways to a change whose facts a test appends. */
import type { Fact } from '#src/model/fact.ts';
import type { ChangeId, Hash, Instant, ResourceId, StepId } from '#src/model/ids.ts';
import type { Chain } from '#src/model/state.ts';
import type { AppendOptions, Store } from '#src/model/store.ts';
import { ambient } from '#src/systems/host.ts';

export const me = 'local:me' as const;
const plan: Hash = `sha256:${'0'.repeat(64)}`;
export const resource = (path: string) => `local/file:${path}` as ResourceId;

const step = (id: string, path: string) => ({
  id: id as StepId,
  onFailure: 'stop' as const,
  deadline: 30 as never,
  does: { operation: 'linux.set-file-mode' as const, params: { path, mode: '0600' } },
});

interface Wanted {
  readonly id?: ChangeId;
  readonly title?: string;
  readonly environment?: string;
  readonly paths?: readonly string[];
  readonly request?: string;
  readonly recovers?: ChangeId;
}

export const proposed = (wanted: Wanted = {}): Fact => {
  const { title = 'Tighten the file', environment = 'test', paths = ['/f'], request, recovers } = wanted;
  const [first = '/f', ...others] = paths;
  return {
    v: 1,
    fact: 'proposed',
    change: {
      id: wanted.id ?? ambient.newChangeId(),
      title,
      environment,
      steps: [step('1', first), ...others.map((path, i) => step(String(i + 2), path))],
      ...(recovers && { recovers: { change: recovers, by: 'rollback' } }),
    },
    ...(request !== undefined && { request }),
  };
};

export const analysed = (paths: readonly string[] = ['/f'], until?: string): Fact => ({
  v: 1,
  fact: 'analysed',
  plan,
  class: 'fully-reversible',
  findings: [],
  steps: paths.map((path, i) => ({
    step: String(i + 1) as StepId,
    resource: resource(path),
    class: 'fully-reversible',
    because: 'the old mode is set again',
    known: 'rule',
    undoneBy: ['linux.set-file-mode'],
    // written in another order than the canonical one
    ...(until !== undefined && { window: { until: until as Instant, before: 'the key is deleted' } }),
  })),
});

const admitted: Fact = { v: 1, fact: 'admitted' };
const approved: Fact = { v: 1, fact: 'approved', plan, alone: true };
export const noted = (text: string): Fact => ({ v: 1, fact: 'noted', text });

const reading = (mode: string) => ({ state: { mode }, identity: { inode: '1:1' } });
export const started = (id = '1', attempt = 1): Fact => ({
  v: 1,
  fact: 'started',
  step: id as StepId,
  attempt,
  params: { path: '/f', mode: '0600' },
  before: reading('0644'),
  deadline: '2030-01-01T00:00:00.000Z' as Instant,
});
export const applied = (id = '1'): Fact => ({
  v: 1,
  fact: 'applied',
  step: id as StepId,
  result: null,
  after: reading('0600'),
  findings: [],
});
export const verified: Fact = { v: 1, fact: 'verified', findings: [] };

/** Reads, appends, and wants it to happen. */
export async function told(
  store: Store,
  id: ChangeId,
  facts: readonly Fact[],
  options?: AppendOptions,
): Promise<Chain> {
  const chain = await store.read(id);
  const chains = await store.append([{ chain, facts: facts as [Fact, ...Fact[]], by: me }], options);
  if (typeof chains === 'string') throw new Error(chains);
  return chains[0];
}

/** A change with these facts behind its proposal. */
export async function aChange(store: Store, wanted: Wanted = {}, ...facts: readonly Fact[]): Promise<Chain> {
  const id = wanted.id ?? ambient.newChangeId();
  return told(store, id, [proposed({ ...wanted, id }), ...facts]);
}

export const anApprovedChange = (store: Store, wanted: Wanted = {}): Promise<Chain> =>
  aChange(store, wanted, analysed(wanted.paths), admitted, approved);
