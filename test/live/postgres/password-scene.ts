import { expect } from 'vitest';

import type { Applied, Observation } from '#src/model/observation.ts';
import { resetPassword } from '#src/operations/postgres/reset-password.ts';
import type { Postgres } from '#src/systems/postgres.ts';

import { reachOf, vault, type Vault } from '../../laws/reach.ts';
import { clientOf, fresh, type Database } from './database.ts';

export type Params = Parameters<typeof resetPassword.resource>[0];
type State = Parameters<typeof resetPassword.reversibility>[1] & object;
type Step = Applied<Params, State, Awaited<ReturnType<typeof resetPassword.apply>>>;

export const oldPassword = 'CANARY-old';
export const newPassword = "CANARY-new 'quoted' \\ and $$";

/** One role with its old password, and the ways to change it and to come back. */
export async function passwordScene(database: Database, password = `'${oldPassword}'`) {
  const role = fresh('app');
  await database.ask(`create role ${role} login password ${password}`);
  const keys = vault();
  const client = await clientOf(database.url);
  const params: Params = { role, password: await keys.seal(newPassword, 'password') };
  return { role, params, keys, client, ...stepsWith(client, keys) };
}

export function stepsWith(client: Postgres, keys: Vault) {
  const reach = reachOf(client, keys);
  const observe = (params: Params): Promise<Observation<State>> => resetPassword.observe(params, reach);
  const run = async (params: Params): Promise<Step> => {
    const before = await observe(params);
    const result = await resetPassword.apply(params, reach, before);
    const after = await observe(params);
    expect(resetPassword.verify({ params, before, after, result })).toEqual([]);
    return { params, before, after, result };
  };
  return { reach, observe, run };
}

/** What undoes the step. */
export function inverse(step: Step): Params {
  const promised = resetPassword.reversibility(step.params, step.before.state);
  const [call] = promised.inverse?.(step) ?? [];
  return resetPassword.params.parse(call?.params);
}
