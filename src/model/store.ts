import type { Fact } from './fact.ts';
import type { Actor, ChangeId, ConnectionId, Hash, Instant, ResourceId } from './ids.ts';
import type { Json, JsonText } from './json.ts';
/**
 * The store, as the pipeline sees it: chains of facts, and beside them only ownership, leases, connections, tokens and
 * kept bytes. The same port stands before the embedded database and before a customer's PostgreSQL.
 */
import type { Chain } from './state.ts';
import type { Status } from './status.ts';
import type { TokenView } from './token.ts';
import type { ChangePage, ChangeQuery } from './view.ts';

/** A run's proof that it is still the one: the fencing epoch, raised by every claim. */
export interface Ownership {
  readonly change: ChangeId;
  readonly epoch: number;
}

/** Facts that follow the end of one chain. */
export interface Write {
  readonly chain: Chain;
  readonly facts: readonly [Fact, ...Fact[]];
  readonly by: Actor;
}

export interface AppendOptions {
  /** The facts are refused ('fenced') when somebody else has claimed the change since. */
  readonly owner?: Ownership;
  /** A job for a worker, in the same transaction; `at` for later. Nothing is sent while no queue is open. */
  readonly enqueue?: { readonly change: ChangeId; readonly at?: Instant };
}

export interface StoredConnection {
  readonly id: ConnectionId;
  readonly system: string;
  readonly settings: Json;
}

export interface StoredToken extends TokenView {
  /** SHA-256 of the token; the token itself is kept nowhere. */
  readonly hash: Hash;
}

/** Every method may throw `store-failed`. */
export interface Store {
  readonly kind: 'embedded' | 'postgres';

  /** The chain of a change; empty (`state: null`) when there is none. */
  read(id: ChangeId): Promise<Chain>;
  /** The records of a chain as they are kept, first one first: the canonical texts that are sealed and verified. */
  texts(id: ChangeId): Promise<readonly string[]>;
  /** The change whose id ends so (4 characters or more, any case). Faults: `not-found`; `invalid-input` when several do. */
  find(ending: string): Promise<ChangeId>;
  /** The change that was proposed with this idempotency key. */
  findRequest(request: string): Promise<ChangeId | undefined>;
  list(query: ChangeQuery): Promise<JsonText<ChangePage>>;
  /** How many changes there are in each status. */
  countByStatus(): Promise<Readonly<Partial<Record<Status, number>>>>;

  /**
   * Appends to one or several chains in one transaction, durable when it resolves. `raced`: a chain has grown since it
   * was read; read it and think again. `fenced`: `owner` is no longer the owner.
   * A change that comes to rest gives up its leases in the same transaction.
   * Faults: `out-of-order` when a fact may not follow.
   */
  append(
    writes: readonly [Write, ...Write[]],
    options?: AppendOptions,
  ): Promise<readonly [Chain, ...Chain[]] | 'raced' | 'fenced'>;

  /** A job for a worker, outside any append: to go on with what was left. */
  enqueue(change: ChangeId, at?: Instant): Promise<void>;
  claim(change: ChangeId): Promise<Ownership>;
  /** This run is over; whether the change is at rest or was interrupted, nobody is at it any more. */
  release(owner: Ownership): Promise<void>;
  /** The changes that some live worker is at. */
  running(): Promise<ReadonlySet<ChangeId>>;

  /** Takes all of them or none; those that `inheritsFrom` holds move over. */
  lease(
    change: ChangeId,
    resources: readonly ResourceId[],
    inheritsFrom?: ChangeId,
  ): Promise<'held' | { readonly resource: ResourceId; readonly by: ChangeId }>;
  leases(change: ChangeId): Promise<readonly ResourceId[]>;
  holder(resource: ResourceId): Promise<ChangeId | undefined>;
  /** Moves one lease; answers who had it. */
  takeOver(resource: ResourceId, to: ChangeId): Promise<ChangeId | undefined>;
  /** Changes that have applied steps on one of these resources after `change` had, and still stand; newest first. */
  builtOn(change: ChangeId, resources: readonly ResourceId[]): Promise<readonly ChangeId[]>;

  /** Says that a change has new facts, from whichever process they come. Answers how to stop. */
  listen(heard: (change: ChangeId) => void): Promise<() => Promise<void>>;

  /** Opens the queue: runs `handle` for every job, and picks up what dead workers and restarts left. */
  work(
    handle: (change: ChangeId, signal: AbortSignal) => Promise<void>,
    options: { readonly concurrency: number },
  ): Promise<{ stop(): Promise<void> }>;

  connections(): Promise<readonly StoredConnection[]>;
  putConnection(connection: StoredConnection): Promise<void>;
  removeConnection(id: ConnectionId): Promise<boolean>;

  tokens(): Promise<readonly TokenView[]>;
  putToken(token: StoredToken): Promise<void>;
  /** The token with this hash; notes that it was used. */
  useToken(hash: Hash, at: Instant): Promise<TokenView | undefined>;
  removeToken(name: string): Promise<boolean>;

  /** Sealed bytes by the digest of what is in them. */
  keep(hash: Hash, sealed: Uint8Array): Promise<void>;
  kept(hash: Hash): Promise<Uint8Array | undefined>;

  /** Makes every projection row anew from the facts; answers how many. */
  rebuild(): Promise<number>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
