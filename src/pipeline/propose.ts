import { worstClass } from '../decide/plan.ts';
/** A proposal is written down, analysed and judged in one append; a dry run does the same thinking and writes nothing. */
import { expectedInverse } from '../decide/undo.ts';
import type { ProposedArtifact } from '../model/artifact.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Change } from '../model/change.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, ChangeId, Hash, Instant, StepId } from '../model/ids.ts';
import { Proposal } from '../model/proposal.ts';
import { isSame } from '../model/same.ts';
import type { Sealed } from '../model/sealed.ts';
import type { State } from '../model/state.ts';
import type { Preview } from '../model/view.ts';
import { judged, plannedSteps } from './analyse.ts';
import { assess } from './assess.ts';
import type { Catalogue, Deps } from './deps.ts';
import { endRecovery } from './end-recovery.ts';
import { generatedSecret } from './generated-secret.ts';
import { allConnections } from './reach.ts';
import { readProposal } from './read-proposal.ts';
import { append, type Standing, standing } from './write.ts';

/** Faults: `invalid-input`. The same `request` key answers the change that it made the first time. */
export async function propose(deps: Deps, by: Actor, proposal: unknown, request?: string): Promise<Standing> {
  const { store, ambient } = deps;
  const earlier = request && (await store.findRequest(request));
  if (earlier) return standing(store, earlier);
  const id = ambient.newChangeId();
  const { change, assessment } = await changeFrom(deps, id, proposal);
  const verdict = judged(change, deps, assessment && { assessment });
  const proposed = { v: 1, fact: 'proposed', change, ...(request && { request }) } as const;
  const recovered = change.recovers;
  const begun = { chain: { id, evidence: [], state: null }, facts: [proposed, ...verdict], by } as const;
  if (!recovered) {
    const appended = await append(store, [begun]);
    if (appended === 'raced') return propose(deps, by, proposal, request);
    deps.stopAfter('propose');
    return appended[0];
  }
  const original = await standing(store, recovered.change);
  const opened = { v: 1, fact: 'recovery-opened', by: id, transition: recovered.by } as const;
  const isDenied = verdict.some(({ fact }) => fact === 'denied');
  const ended = { v: 1, fact: 'recovery-ended', by: id, outcome: 'abandoned' } as const;
  const told = isDenied ? ([opened, ended] as const) : ([opened] as const);
  const appended = await append(store, [begun, { chain: original, facts: told, by }]);
  if (appended === 'raced') return propose(deps, by, proposal, request);
  deps.stopAfter('propose');
  return appended[0];
}

/** Faults: `invalid-input`, `out-of-order` once it has run, or when its recovery was abandoned. */
export const revise = async (deps: Deps, by: Actor, id: ChangeId, proposal: unknown): Promise<Standing> => {
  const { change, assessment } = await changeFrom(deps, id, proposal);
  return endRecovery(deps, by, id, async ({ state }) => {
    await mayBecome(deps, change, state);
    return [{ v: 1, fact: 'revised', change }, ...judged(change, deps, assessment && { assessment })];
  });
};

/** What a change recovers is not edited: the change that it recovers was told of it when it was proposed. */
async function mayBecome({ store }: Deps, change: Change, { change: was }: State): Promise<void> {
  if (!isSame(change.recovers, was.recovers))
    throw new Fault('invalid-input', `What change ${was.id} recovers cannot be edited.`, {
      at: 'recovers',
      advice: 'Propose another change instead.',
    });
  if (!was.recovers) return;
  const { state } = await standing(store, was.recovers.change);
  if (!state.recoveries.some((recovery) => recovery.change === was.id && recovery.outcome === undefined))
    throw new Fault('out-of-order', `The recovery ${was.id} has been abandoned.`, {
      at: was.id,
      advice: `Recover ${was.recovers.change} again.`,
    });
}

interface Read {
  readonly change: Change;
  readonly assessment: Assessment | undefined;
}

/** Reads a proposal, keeps what it carries, and assesses it. */
async function changeFrom(deps: Deps, id: ChangeId, proposal: unknown): Promise<Read> {
  const { keyring, store } = deps;
  const seal = (plain: string | undefined, step: StepId, field: string): Sealed =>
    keyring.seal(plain ?? generatedSecret(deps.ambient), { change: id, step, field });
  const digest = (text: string): Hash => keyring.digest(Buffer.from(text));
  const change = readProposal(proposal, { ...deps, id, connections: await allConnections(deps), seal, digest });
  const carried = artifactsOf(proposal);
  for (const text of carried.flatMap(({ before, after }) => [before ?? [], after ?? []].flat())) {
    const bytes = Buffer.from(text);
    await store.keep(keyring.digest(bytes), keyring.sealBytes(bytes, keyring.digest(bytes)));
  }
  return { change, assessment: await assessed(deps, carried, deps.ambient.now()) };
}

/** Of a proposal that was read: it is one. */
const artifactsOf = (proposal: unknown): readonly ProposedArtifact[] => Proposal.parse(proposal).artifacts ?? [];

const assessed = async (
  catalogue: Pick<Catalogue, 'surfaces'>,
  artifacts: readonly ProposedArtifact[],
  now: Instant,
): Promise<Assessment | undefined> =>
  artifacts.length === 0 ? undefined : assess(await catalogue.surfaces(), artifacts, now);

const neverRun = '00000000000000000000000000' as ChangeId;

/** What a proposal would be. Opens nothing, seals nothing, asks no system. Faults: `invalid-input`. */
export async function previewOf(catalogue: Catalogue, proposal: unknown, now: Instant): Promise<Preview> {
  const hidden = (): Sealed => ({ sealed: 'sealed when proposed', fingerprint: '' });
  const digest = (): Hash => `sha256:${'0'.repeat(64)}`; // nothing is kept
  const change = readProposal(proposal, { ...catalogue, id: neverRun, connections: undefined, seal: hidden, digest });
  const assessment = await assessed(catalogue, artifactsOf(proposal), now);
  const planned = plannedSteps(change, catalogue.operations);
  return {
    title: change.title,
    environment: change.environment,
    class: worstClass([...planned.map((step) => step.class), ...(assessment ? [assessment.class] : [])]),
    findings: (assessment?.artifacts ?? []).flatMap((artifact) => artifact.findings),
    steps: change.steps.map((step, i) => {
      const plan = planned[i];
      if (!plan) throw new Fault('bug', `Step ${step.id} was not planned.`);
      const { step: id, undoneBy: _, ...promised } = plan;
      if ('waits' in step)
        return { ...promised, id, operation: 'wait', title: 'Wait', params: step.waits.until.subject, inverse: [] };
      const { operation: name, params, connection } = step.does;
      const operation = catalogue.operations[name];
      return {
        ...promised,
        id,
        operation: name,
        title: operation?.title ?? name,
        params,
        ...(connection && { connection }),
        inverse: operation ? expectedInverse(step, params, operation) : [],
      };
    }),
  };
}
