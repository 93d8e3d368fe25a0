/**
 * An operation is one typed way to change one system, and it carries its own inverse. Five methods are all it has:
 * `observe` reads (before, after and now are the same reading), `apply` acts, `settle` says what a reading means for a
 * call whose outcome nobody recorded, `verify` judges what was read back, and `reversibility` promises the way back.
 * Prefer *set* operations: they are idempotent by nature and their own inverse with the value that was there before.
 */
import type { ZodType } from 'zod';

import type { Finding } from './finding.ts';
import type { ConnectionId, OperationName } from './ids.ts';
import type { Invocation } from './invocation.ts';
import type { Json } from './json.ts';
import type { Applied, Observation, Settlement } from './observation.ts';
import type { Reversibility } from './reversibility.ts';
import type { Reach, System } from './system.ts';

export interface Operation<Params, State, Result, Client> {
  readonly name: OperationName;
  readonly title: string;
  readonly summary: string;
  readonly system: System<Client>;
  readonly params: ZodType<Params>;
  readonly state: ZodType<State>;
  readonly result: ZodType<Result>;
  readonly examples: readonly [Params, ...Params[]];
  readonly permissions: { readonly apply: readonly string[]; readonly inverse: readonly string[] };
  /** The inverse can make the resource again when somebody removed it. */
  readonly recreates?: boolean;
  /** What is changed, named uniquely within its connection: `file:/etc/app.conf`. Leased, watched, pinned. */
  resource(params: Params): string;
  /** Pure; asked when proposed, and again with the pre-change state just before apply. */
  reversibility(params: Params, before?: State): Reversibility<Applied<Params, State, Result>>;
  /** Reads and changes nothing. Faults: `not-found` when the resource does not exist, and those of the system. */
  observe(params: Params, reach: Reach<Client>): Promise<Observation<State>>;
  apply(params: Params, reach: Reach<Client>, before: Observation<State>): Promise<Result>;
  settle(params: Params, before: Observation<State>, now: Observation<State>): Settlement<Result>;
  /** Pure: what was read back. Empty is healthy. */
  verify(applied: Applied<Params, State, Result>): readonly Finding[];
  /** Tries the result for real: a login, a request. */
  probe?(applied: Applied<Params, State, Result>, reach: Reach<Client>): Promise<readonly Finding[]>;
  with(params: Params, connection?: ConnectionId): Invocation;
}

/** An operation whose types only it knows: its params, state and result are JSON that its own schemas have checked. */
export type AnyOperation = Operation<Json, Json, Json, unknown>;

/** All operations by name. */
export type OperationRegistry = Readonly<Record<OperationName, AnyOperation>>;

/** Declares an operation; `with` makes its invocations. */
export function operation<Params, State, Result, Client>(
  declared: Omit<Operation<Params, State, Result, Client>, 'with'>,
): Operation<Params, State, Result, Client> {
  return {
    ...declared,
    with: (params, connection) => ({
      operation: declared.name,
      params: params as Json,
      ...(connection && { connection }),
    }),
  };
}
