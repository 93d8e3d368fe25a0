import type { Observation } from '../model/observation.ts';

/** What pins a role: the name alone does not. */
export type RoleIdentity = {
  /** System identifier of the database server; a standby that took over has the same. */
  readonly server: string;
  /** The role's oid: a role that is made again under its name has another. */
  readonly role: string;
};

/** In words, what else is there now; `undefined` for the same role of the same server. */
export function otherRole(
  was: Observation<unknown>['identity'],
  is: Observation<unknown>['identity'],
): string | undefined {
  if (is['server'] !== was['server'])
    return `another database server answers there now (system identifier ${is['server']}, was ${was['server']})`;
  if (is['role'] !== was['role']) return `another role has this name now (oid ${is['role']}, was ${was['role']})`;
  return undefined;
}
