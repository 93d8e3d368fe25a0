/**
 * A system is a kind of thing that can be changed (this machine's files, a PostgreSQL server, a Git repository); a
 * connection is one configured, credentialed instance of it. Only `systems/` knows the SDKs and protocols behind a client.
 */
import type { ZodType } from 'zod';

import type { ConnectionId, Hash } from './ids.ts';
import type { Sealed } from './sealed.ts';

export interface System<Client> {
  readonly name: string;
  readonly title: string;
  /** The settings of a connection. A field that holds a secret is a `Sealed`. */
  readonly connection: ZodType;
  /** A connection that is there without being added, for example `local`. */
  readonly builtIn?: { readonly id: ConnectionId; readonly settings: unknown };
  /** An operation on this system starts child processes, which outlive a kill of their parent. */
  readonly hasChildProcesses?: boolean;
  /**
   * Opens a client. Faults: `invalid-input` (bad settings), `unreachable`, `credential-invalid`, `permission-denied`.
   */
  connect(settings: unknown, unseal: (sealed: Sealed) => Promise<string>): Promise<Client>;
  /** What a look at the system says of it, for `connections probe`: principal, version, identity. Changes nothing. */
  probe(client: Client): Promise<Readonly<Record<string, string>>>;
  /** Releases what `connect` took. */
  close?(client: Client): Promise<void>;
}

/** What an operation is given to reach its system: the client, and the ways to keep a secret or big material. */
export interface Reach<Client> {
  readonly client: Client;
  /** The same for every attempt at this step: `<change>/<step>`. */
  readonly key: string;
  /** Aborted at the step's deadline, at cancellation, and when ownership is lost. */
  readonly signal: AbortSignal;
  seal(secret: string, field: string): Promise<Sealed>;
  unseal(sealed: Sealed): Promise<string>;
  /** Keeps big pre-change material by its digest, encrypted at rest. Faults: `invalid-input` above 16 MiB. */
  keep(bytes: Uint8Array): Promise<Hash>;
  kept(hash: Hash): Promise<Uint8Array>;
}
