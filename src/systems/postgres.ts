import type { Hash } from '../model/ids.ts';
import type { System } from '../model/system.ts';
import {
  type MigrationPair,
  type MigrationReading,
  type MigrationRun,
  readMigration,
  runMigration,
} from './postgres-migration.ts';
import { readRole, readVerifier, setLogin, setVerifier } from './postgres-role.ts';
import type { LoginChange, PostgresRole, RoleWithVerifier, VerifierChange } from './postgres-role.ts';
import { transact } from './postgres-session.ts';
import { PostgresSettings, postgresServer, type PostgresServer } from './postgres-settings.ts';

/**
 * The roles and the schemas of one PostgreSQL server, version 13 or newer. Every call is a transaction over a connection of its own and
 * may throw `unreachable`, `credential-invalid`, `permission-denied`, `rate-limited`, `timed-out`, `in-use` (a lock),
 * `not-found` (no such role) and `not-allowed` (the role of this connection). A change may also throw `drifted`, when
 * the role or its value is not what was read, and `outcome-unknown`, when the answer to COMMIT got lost.
 */
export interface Postgres {
  readonly server: PostgresServer;
  readRole(role: string, signal: AbortSignal): Promise<PostgresRole>;
  /** As a superuser. */
  readVerifier(role: string, signal: AbortSignal): Promise<RoleWithVerifier>;
  /** As a superuser. Compares and sets in one transaction. */
  setVerifier(change: VerifierChange): Promise<void>;
  setLogin(change: LoginChange): Promise<void>;
  /** The schema of a database, and what was run last of a pair of up and down. */
  readMigration(pair: MigrationPair): Promise<MigrationReading>;
  /** Runs one of them in one transaction; answers the fingerprint of the schema it leaves. Also `invalid-input`. */
  runMigration(run: MigrationRun): Promise<Hash>;
}

export const postgres: System<Postgres> = {
  name: 'postgres',
  title: 'PostgreSQL',
  connection: PostgresSettings,
  connect: async (settings, unseal) => {
    const server = postgresServer(settings, unseal);
    return {
      server,
      readRole: (role, signal) => readRole(server, role, signal),
      readVerifier: (role, signal) => readVerifier(server, role, signal),
      setVerifier: (change) => setVerifier(server, change),
      setLogin: (change) => setLogin(server, change),
      readMigration: (pair) => readMigration(server, pair),
      runMigration: (run) => runMigration(server, run),
    };
  },
  probe: async ({ server }) => {
    const call = { action: 'look at', resource: 'the server', signal: AbortSignal.timeout(15_000) };
    const [seen] = await transact(server, call, 'read only', (ask) =>
      ask<Record<string, string>>(`select session_user as user, current_setting('is_superuser') as superuser,
        current_setting('server_version') as version, (select system_identifier::text from pg_control_system()) as server`),
    );
    return { ...seen };
  },
};
