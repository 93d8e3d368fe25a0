import { Fault } from '../model/fault.ts';
import type { Observation } from '../model/observation.ts';
import type { PostgresCall } from './postgres-faults.ts';
import { otherRole, type RoleIdentity } from './postgres-identity.ts';
import { transact, type Ask } from './postgres-session.ts';
import type { PostgresServer } from './postgres-settings.ts';

export interface PostgresRole {
  readonly identity: RoleIdentity;
  readonly canLogin: boolean;
  /** When its password expires; null for never. */
  readonly validUntil: string | null;
  /** What is wrong with it already, in words: nobody can log in with a password that has expired. */
  readonly failing: string | null;
  readonly openSessions: number;
}
export interface RoleWithVerifier extends PostgresRole {
  /** Of its password, as the server keeps it; null for a role without a password. Handle it like a secret. */
  readonly verifier: string | null;
}
interface Row extends RoleWithVerifier {
  readonly isOwn: boolean;
  readonly scramIterations: number;
}
/** Which role is meant: its name, and what it was when it was read. */
interface PinnedRole {
  readonly role: string;
  readonly identity: Observation<unknown>['identity'];
  readonly signal: AbortSignal;
}

/** Everybody may read `pg_roles`; only a superuser reads the verifiers in `pg_authid`. */
type Catalog = 'pg_roles' | 'pg_authid';

export async function readRole(server: PostgresServer, role: string, signal: AbortSignal): Promise<PostgresRole> {
  const call = callOn(role, 'read', signal);
  return transact(server, call, 'read only', (ask) => rowOf(ask, server, call, role, 'pg_roles'));
}

export async function readVerifier(
  server: PostgresServer,
  role: string,
  signal: AbortSignal,
): Promise<RoleWithVerifier> {
  const call = callOn(role, 'read the password verifier of', signal);
  return transact(server, call, 'read only', (ask) => rowOf(ask, server, call, role, 'pg_authid'));
}

export interface VerifierChange extends PinnedRole {
  readonly from: string | null;
  /** Answers the verifier to set, given the number of iterations that the server asks for. */
  readonly made: (scramIterations: number) => Promise<string | null>;
}

export async function setVerifier(server: PostgresServer, change: VerifierChange): Promise<void> {
  const { escapeIdentifier, escapeLiteral } = await import('pg');
  const call = callOn(change.role, 'set the password of', change.signal);
  await transact(server, call, 'read write', async (ask) => {
    const row = await sameRow(ask, server, call, change, 'pg_authid', 'for update of r');
    const to = await change.made(row.scramIterations);
    if (row.verifier === to) return;
    if (row.verifier !== change.from) throw drifted(server, call, 'its password was changed after it was read');
    // The server's log shows who altered which role. It must not show the verifier: not as a parameter, not in a
    // statement, not in the context of an error.
    await ask('set local log_parameter_max_length = 0');
    await ask(`select set_config('recourse.verifier', $1, true)`, [to ?? '']);
    const alter = escapeLiteral(`alter role ${escapeIdentifier(change.role)} password `);
    const quietly = `begin execute ${alter} || quote_nullable(nullif(current_setting('recourse.verifier'), ''));
      exception when others then raise exception using errcode = sqlstate, message = sqlerrm; end`;
    await ask(`do ${escapeLiteral(quietly)}`);
    const kept = await rowOf(ask, server, call, change.role, 'pg_authid');
    if (kept.verifier !== to)
      throw new Fault(
        'verification-failed',
        `cannot set the password of role ${change.role} on ${server.name}: it kept something else`,
        {
          at: call.resource,
          advice: 'Nothing was changed. Look for an extension on the server that handles passwords.',
        },
      );
  });
}

export interface LoginChange extends PinnedRole {
  readonly from: boolean;
  readonly to: boolean;
}

export async function setLogin(server: PostgresServer, change: LoginChange): Promise<void> {
  const { escapeIdentifier } = await import('pg');
  const attribute = change.to ? 'LOGIN' : 'NOLOGIN';
  const call = callOn(change.role, `set ${attribute} on`, change.signal);
  await transact(server, call, 'read write', async (ask) => {
    const row = await sameRow(ask, server, call, change, 'pg_roles');
    if (row.canLogin === change.to) return;
    if (row.canLogin !== change.from) throw drifted(server, call, 'it was changed after it was read');
    await ask(`alter role ${escapeIdentifier(change.role)} ${attribute}`);
  });
}

const callOn = (role: string, action: string, signal: AbortSignal): PostgresCall => ({
  action,
  resource: `role ${role}`,
  signal,
});

async function rowOf(
  ask: Ask,
  server: PostgresServer,
  { action, resource }: PostgresCall,
  role: string,
  catalog: Catalog,
  lock = '',
): Promise<Row> {
  const verifier = catalog === 'pg_authid' ? 'r.rolpassword' : 'null';
  const [row] = await ask<Row>(
    `select json_build_object('server', (select system_identifier::text from pg_control_system()), 'role', r.oid::text) as identity,
       r.rolcanlogin as "canLogin",
       case when isfinite(r.rolvaliduntil)
         then to_char(r.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end as "validUntil",
       case when r.rolvaliduntil < now() then 'its password has expired: nobody can log in with it' end as failing,
       (select count(*)::int from pg_stat_activity a where a.usesysid = r.oid) as "openSessions",
       ${verifier} as verifier,
       r.rolname = session_user as "isOwn",
       coalesce(current_setting('scram_iterations', true), '4096')::int as "scramIterations"
     from ${catalog} r where r.rolname = $1 ${lock}`,
    [role],
  );
  if (!row)
    throw new Fault('not-found', `cannot ${action} ${resource}: there is no such role on ${server.name}`, {
      at: resource,
    });
  if (row.isOwn)
    throw new Fault(
      'not-allowed',
      `will not ${action} ${resource} on ${server.name}: it is the role of this connection`,
      {
        at: resource,
        advice: 'Use a connection with another role: this one could lock itself out, and the way back with it.',
      },
    );
  return row;
}

async function sameRow(
  ask: Ask,
  server: PostgresServer,
  call: PostgresCall,
  { role, identity }: PinnedRole,
  catalog: Catalog,
  lock = '',
): Promise<Row> {
  const row = await rowOf(ask, server, call, role, catalog, lock);
  const other = otherRole(identity, row.identity);
  if (other) throw drifted(server, call, other);
  return row;
}

const drifted = (server: PostgresServer, { action, resource }: PostgresCall, because: string): Fault =>
  new Fault('drifted', `did not ${action} ${resource} on ${server.name}: ${because}`, { at: resource });
