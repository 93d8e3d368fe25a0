import type { OperationName } from '#src/model/ids.ts';
import type { Invocation } from '#src/model/invocation.ts';
import type { Json } from '#src/model/json.ts';
import type { Applied, Observation } from '#src/model/observation.ts';
import type { AnyOperation } from '#src/model/operation.ts';
import type { Reach } from '#src/model/system.ts';

import { inTurn } from './in-turn.ts';
import { reachOf, vault } from './reach.ts';
import type { MakeWorld, World } from './world.ts';

export type Reading = Observation<Json>;
export type AppliedStep = Applied<Json, Json, Json>;

interface Made {
  readonly operation: AnyOperation;
  readonly step: AppliedStep;
}

/** Thrown where a law cannot be tried in this world. */
export class CannotBeTried extends Error {}

/** One operation in one fresh world. What it is handed is frozen: an operation that writes into it breaks its law. */
export interface Stage {
  readonly operation: AnyOperation;
  readonly world: World<Json, unknown>;
  readonly params: Json;
  readonly reach: Reach<unknown>;
  readonly observe: (reach?: Reach<unknown>) => Promise<Reading>;
  readonly apply: (before: Reading, reach?: Reach<unknown>) => Promise<Json>;
  /** Observes, applies, observes. */
  readonly run: () => Promise<AppliedStep>;
  /** Runs the way back of a step, call by call, and answers the steps that it made. */
  readonly goBack: (step: AppliedStep, of?: AnyOperation) => Promise<readonly Made[]>;
  readonly known: (name: OperationName) => AnyOperation;
}

export interface Subject {
  readonly operation: AnyOperation;
  readonly knows: readonly AnyOperation[];
  readonly makeWorld: MakeWorld<Json, unknown>;
}

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

/** The calls of a way back; none where the class has no inverse. */
export function wayBack(operation: AnyOperation, step: AppliedStep): readonly Invocation[] {
  const promised = operation.reversibility(step.params, step.before.state);
  return promised.inverse ? promised.inverse(step) : [];
}

export async function onStage<T>(subject: Subject, use: (stage: Stage) => Promise<T>): Promise<T> {
  const keys = vault();
  const world = await subject.makeWorld(keys);
  try {
    return await use(stageIn(world, subject, reachOf(world.client, keys)));
  } finally {
    await world.close();
  }
}

function stageIn(world: World<Json, unknown>, { operation, knows }: Subject, reach: Reach<unknown>): Stage {
  const runOf = async (op: AnyOperation, params: Json): Promise<AppliedStep> => {
    const before = frozen(await op.observe(params, reach));
    const result = frozen(await op.apply(params, reach, before));
    return frozen({ params, before, result, after: await op.observe(params, reach) });
  };
  const params = frozen(operation.params.parse(world.params));
  const known = (name: OperationName): AnyOperation => {
    const found = [operation, ...knows].find((each) => each.name === name);
    if (!found) throw new Error(`${name} is not a known operation`);
    return found;
  };
  return {
    operation,
    world,
    params,
    reach,
    known,
    observe: async (by = reach) => frozen(await operation.observe(params, by)),
    apply: async (before, by = reach) => frozen(await operation.apply(params, by, before)),
    run: () => runOf(operation, params),
    goBack: (step, of = operation) =>
      inTurn(wayBack(of, step), async (call) => {
        const op = known(call.operation);
        return { operation: op, step: await runOf(op, frozen(op.params.parse(call.params))) };
      }),
  };
}
