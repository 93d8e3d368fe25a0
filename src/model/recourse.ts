import type { Comparison } from './comparison.ts';
/**
 * Everything a person or a program can ask of Recourse, once. The pipeline does it on the store, the API offers it, its
 * client asks a server for it, and the CLI speaks it to either: same words, same answers. Who asks is fixed when the
 * interface is made. Every method may throw faults; those named are the ones to expect.
 */
import type { Decision } from './decision.ts';
import type { Evidence } from './fact.ts';
import type { ChangeId, ConnectionId, StepId } from './ids.ts';
import type { Json, JsonText } from './json.ts';
import type { Proposal } from './proposal.ts';
import type { TokenScope, TokenView } from './token.ts';
import type { ChangePage, ChangeQuery, ChangeView, ConnectionView, OperationView, Preview, Recovered } from './view.ts';

export interface RunOptions {
  /** Leave it to a worker, and answer at once. */
  readonly detach?: boolean;
  /** Aborting stops it between two steps. */
  readonly signal?: AbortSignal;
}

export interface Recourse {
  /** What a proposal would be: class, calls, inverse. Opens no store and asks no system. Faults: `invalid-input`. */
  preview(proposal: Proposal): Promise<Preview>;
  /** Proposes, analyses and passes the gate. The same `request` key answers the same change. */
  propose(proposal: Proposal, request?: string): Promise<ChangeView>;
  /** Replaces what is proposed; an approval is void after it. Faults: `out-of-order` once it has run. */
  revise(id: ChangeId, proposal: Proposal): Promise<ChangeView>;

  /** The change whose id ends so. Faults: `not-found`, `invalid-input` when several do. */
  find(ending: string): Promise<ChangeId>;
  list(query: ChangeQuery): Promise<JsonText<ChangePage>>;
  show(id: ChangeId): Promise<ChangeView>;
  /** Before, after and now of every applied step; reads the systems, changes nothing. */
  compare(id: ChangeId): Promise<Comparison>;

  /** Approves the plan. `plan`, when given, must be the current one. Faults: `out-of-order`. */
  approve(id: ChangeId, options: { readonly note?: string; readonly plan?: string }): Promise<ChangeView>;
  reject(id: ChangeId, note: string): Promise<ChangeView>;
  /**
   * Runs or goes on. Faults: `needs-a-person` (awaiting approval, stuck), `in-use`
   * (a lease held by another change), `out-of-order`.
   */
  run(id: ChangeId, options: RunOptions): Promise<ChangeView>;
  /** Before a run: cancels. During one: it stops after the step that is under way. */
  cancel(id: ChangeId, because: string): Promise<ChangeView>;

  /** What should be done about it now, and why. Changes nothing but the record. */
  decide(id: ChangeId): Promise<Decision>;
  /**
   * Decides, and takes the way back. Faults: `drifted`, `irreversible`, `window-closed`, `needs-a-person`.
   * `partly`: undo the clean steps and leave the others failed. `withLater`: first undo the changes built on it.
   */
  recover(
    id: ChangeId,
    options: RunOptions & { readonly partly?: boolean; readonly withLater?: boolean },
  ): Promise<Recovered>;
  /**
   * The three answers to a failed step; on a change whose recovery is open they mean the recovery's steps. What is left
   * to do goes on after each.
   */
  retry(id: ChangeId, step: StepId, options: RunOptions): Promise<ChangeView>;
  skip(id: ChangeId, step: StepId, options: RunOptions & { readonly because: string }): Promise<ChangeView>;
  /** Faults: `invalid-input` without a note; `needs-a-person` when a second one must confirm. */
  resolve(
    id: ChangeId,
    step: StepId,
    options: RunOptions & { readonly note: string; readonly alone?: string },
  ): Promise<ChangeView>;
  note(id: ChangeId, text: string): Promise<ChangeView>;
  /** Moves the lease on a resource from the change that holds it to this one. */
  takeOver(id: ChangeId, resource: string, because: string): Promise<ChangeView>;
  close(id: ChangeId): Promise<ChangeView>;

  /** The facts of a change after `seq`. */
  facts(id: ChangeId, seq?: number): Promise<readonly Evidence[]>;
  /** Facts as they come: of one change after `seq`, or of all from now on. Ends when the signal aborts. */
  watch(options: {
    readonly id?: ChangeId;
    readonly seq?: number;
    readonly signal: AbortSignal;
  }): AsyncIterable<Evidence>;
  /** The evidence file: JSON Lines of canonical records, the last line a seal. */
  exportEvidence(id: ChangeId): Promise<string>;

  operations(): Promise<readonly OperationView[]>;
  connections(): Promise<readonly ConnectionView[]>;
  addConnection(connection: {
    readonly id: ConnectionId;
    readonly system: string;
    readonly settings: Json;
  }): Promise<ConnectionView>;
  probeConnection(id: ConnectionId): Promise<Readonly<Record<string, string>>>;
  removeConnection(id: ConnectionId): Promise<void>;

  tokens(): Promise<readonly TokenView[]>;
  /** The token is in the answer and nowhere else. */
  createToken(token: {
    readonly name: string;
    readonly scopes: readonly TokenScope[];
  }): Promise<TokenView & { readonly token: string }>;
  removeToken(name: string): Promise<void>;
}
