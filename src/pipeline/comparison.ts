/**
 * Every applied step held against now: each resource is read through its own operation, changing nothing. What could
 * not be read is *unknown*, and never taken for unchanged.
 */
import { comparedFields } from '../decide/compare.ts';
import { driftOf, restorable } from '../decide/drift.ts';
import { bridgeOf } from '../decide/forward.ts';
import { undoable } from '../decide/undo.ts';
import type { StepComparison } from '../model/comparison.ts';
import type { ComparedStep } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { Finding } from '../model/finding.ts';
import type { ConnectionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Drift, Observation } from '../model/observation.ts';
import type { AnyOperation } from '../model/operation.ts';
import { isObject, isSame, isSealed } from '../model/same.ts';
import type { Sealed } from '../model/sealed.ts';
import type { StepState } from '../model/state.ts';
import { withinDeadline } from './deadline.ts';
import type { Deps } from './deps.ts';
import { type Clients, openClients, reachOf } from './reach.ts';
import type { Standing } from './write.ts';

type Reading = Observation<Json>;
export interface Compared {
  readonly step: StepState;
  readonly operation: AnyOperation;
  readonly before: Reading;
  readonly after: Reading;
  /** `null`: it is not there; `undefined`: it could not be read. */
  readonly now: Reading | null | undefined;
  readonly drift: Drift | undefined;
  readonly because: string;
}

/** The applied steps, last first, each compared with now. Faults: `credential-invalid` under another master key. */
export async function compareSteps(deps: Deps, chain: Standing): Promise<readonly Compared[]> {
  const clients = openClients(deps);
  try {
    const compared: Compared[] = [];
    const seen = new Set<string>();
    for (const step of undoable(chain.state)) {
      // Only the last step on a resource left what is there now; those before it are undone through it.
      const resource = step.plan?.resource ?? step.step.id;
      const one = await compareStep(deps, clients, chain, step, seen.has(resource));
      seen.add(resource);
      if (one) compared.push(one);
    }
    return compared;
  } finally {
    await clients.close();
  }
}

async function compareStep(
  deps: Deps,
  clients: Clients,
  { id, state }: Standing,
  step: StepState,
  isCovered: boolean,
): Promise<Compared | undefined> {
  const { before, after, params } = step;
  if (!('does' in step.step) || !before || !after || params === undefined) return undefined;
  const { operation: name, connection } = step.step.does;
  const operation = deps.operations[name];
  if (!operation) throw new Fault('not-found', `This Recourse has no operation ${name}.`, { at: name });
  const known = { step, operation, before, after };
  if (isCovered)
    return { ...known, now: after, drift: 'clean', because: 'a later step of the same change stands on it' };
  for (const secret of sealedIn(after.state)) deps.keyring.unseal(secret);
  try {
    const client = await clients.client(connection ?? (operation.system.name as ConnectionId), operation.system);
    const about = { change: state.change.id ?? id, step: step.step.id };
    const now = await withinDeadline(step.step.deadline, undefined, (signal) =>
      operation.observe(params, reachOf(deps, about, client, signal)),
    );
    return { ...known, now, ...driftOf(before, after, now, operation.recreates ?? false) };
  } catch (error) {
    const fault = Fault.from(error);
    if (fault.code === 'not-found')
      return { ...known, now: null, ...driftOf(before, after, null, operation.recreates ?? false) };
    return { ...known, now: undefined, drift: undefined, because: fault.message.replace(/\.$/, '') };
  }
}

/** Under another master key every secret reads as changed: that is no drift, and is said before anything is compared. */
function sealedIn(value: Json): readonly Sealed[] {
  if (isSealed(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sealedIn) : [];
}

/** For the record: what was compared. What could not be read is left out. */
export const comparedFact = (compared: readonly Compared[]): readonly ComparedStep[] =>
  compared.flatMap(({ step, drift, now, because }) =>
    drift && now !== undefined ? { step: step.step.id, drift, now, because } : [],
  );

/** What a rollback puts back: what was there before, and of a compatible edit everything that we never set. */
export const toPutBack = ({ before, after, now, drift }: Compared): Reading =>
  drift === 'compatible' && now ? restorable(before, after, now) : before;

/** For a person: every field before, after and now. */
export function stepComparison(compared: Compared, chain: Standing): StepComparison {
  const { step, operation, before, after, now, drift, because } = compared;
  const wouldRun = drift === 'clean' || drift === 'compatible' || drift === 'gone-re-creatable';
  const isBack = now ? isSame(now.state, before.state) : false;
  return {
    step: step.step.id,
    operation: operation.name,
    ...(step.plan?.resource && { resource: step.plan.resource }),
    drift: drift ?? 'conflicting',
    because: drift ? because : `it could not be read: ${because}`,
    fields: comparedFields(before, after, now ?? null, wouldRun ? toPutBack(compared).state : null),
    failingBefore: failingBefore(compared),
    bridge: isBack ? null : bridgeOf(chain.state, step),
  };
}

/** What an observation said was already wrong before the change: `failing` in its context. */
function failingBefore({ operation, before }: Compared): readonly Finding[] {
  const failing = isObject(before.context) ? before.context['failing'] : undefined;
  return typeof failing === 'string'
    ? [{ rule: `${operation.system.name}/failing-before`, message: failing, known: 'observed' }]
    : [];
}
