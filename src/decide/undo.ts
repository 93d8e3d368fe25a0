/**
 * The way back, as data: the applied steps, last first, each turned into the invocations of its inverse with the
 * values that were recorded. What was never applied is never undone.
 */
import type { ConnectionId, StepId } from '../model/ids.ts';
import type { Invocation } from '../model/invocation.ts';
import type { Json } from '../model/json.ts';
import type { Applied, Observation } from '../model/observation.ts';
import type { AnyOperation } from '../model/operation.ts';
import type { Reversibility } from '../model/reversibility.ts';
import type { State, StepState } from '../model/state.ts';
import type { OnFailure, Step } from '../model/step.ts';

type AppliedStep = Applied<Json, Json, Json>;

/** Steps whose effect stands and can be asked for its inverse, last first. */
export const undoable = (state: State): readonly StepState[] =>
  state.steps.filter((step) => 'does' in step.step && step.status === 'applied').toReversed();

/** What was recorded of an applied step; `undefined` while any of it is missing. */
function appliedOf({ params, before, after, result }: StepState): AppliedStep | undefined {
  return params !== undefined && before && after ? { params, before, after, result: result ?? {} } : undefined;
}

/**
 * The invocations that undo a step.
 * @param before what is to be put back, when that is not simply what was there before (see `restorable`)
 * @returns none when the class has no inverse; the plan says what to do instead
 */
export function inverseOf(step: StepState, operation: AnyOperation, before?: Observation<Json>): readonly Invocation[] {
  const applied = appliedOf(step);
  if (!applied || !('does' in step.step)) return [];
  const promised = operation.reversibility(applied.params, applied.before.state);
  const connection = step.step.does.connection;
  return inverses(promised, before ? { ...applied, before } : applied).map((invocation) =>
    connection ? { connection, ...invocation } : invocation,
  );
}

const inverses = (promised: Reversibility<AppliedStep>, applied: AppliedStep): readonly Invocation[] =>
  promised.inverse ? promised.inverse(applied) : [];

/** Before it is applied: the inverse as far as it is known, with a placeholder for what only the run will know. */
export function expectedInverse(step: Step, params: Json, operation: AnyOperation): readonly Invocation[] {
  const promised = operation.reversibility(params);
  const named = 'undoneBy' in promised ? promised.undoneBy : [];
  const unknown: AppliedStep = { params, before: unknownReading, after: unknownReading, result: afterApply };
  const connection: { connection?: ConnectionId } =
    'does' in step && step.does.connection ? { connection: step.does.connection } : {};
  try {
    return inverses(promised, unknown).map((invocation) => ({
      ...connection,
      ...invocation,
      params: shown(invocation.params),
    }));
  } catch {
    // An inverse may look into what it was promised to be given; then only its operations can be named.
    return named.map((operationName) => ({ ...connection, operation: operationName, params: afterApplyWords }));
  }
}

const afterApplyWords = 'known after apply';
const afterApply = new Proxy(Object.freeze({}), {
  get: (_, key) => (key === 'toJSON' ? () => afterApplyWords : typeof key === 'symbol' ? undefined : afterApplyWords),
  has: () => true,
}) as Json;
const unknownReading = { state: afterApply, identity: {} };
const shown = (params: Json): Json => JSON.parse(JSON.stringify(params)) as Json;

/**
 * The steps of the recovery that undoes `steps`. Each keeps the id of what it undoes (`1`), or `1.1`, `1.2` where the
 * way back has several calls.
 */
export function recoverySteps(
  steps: readonly { readonly step: StepState; readonly inverse: readonly Invocation[] }[],
  onFailure: OnFailure,
): readonly Step[] {
  return steps.flatMap(({ step, inverse }) =>
    inverse.map((does, i) => ({
      id: (inverse.length === 1 ? step.step.id : `${step.step.id}.${i + 1}`) as StepId,
      undoes: step.step.id,
      onFailure,
      deadline: step.step.deadline,
      does,
    })),
  );
}
