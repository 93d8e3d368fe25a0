/**
 * What a person is shown: the row of a list and the page of a change. The CLI's `--json`, the API's answers and the
 * screens are these same shapes.
 */
import { z } from 'zod';

import { Declared, Transition } from './change.ts';
import { Decision } from './decision.ts';
import { ComparedStep, FailedAs, RecoveryOutcome } from './fact.ts';
import { FaultReport } from './fault-report.ts';
import { Finding } from './finding.ts';
import { Actor, ChangeId, ConnectionId, Hash, Instant, ResourceId, StepId } from './ids.ts';
import { Invocation } from './invocation.ts';
import { Json } from './json.ts';
import { Observation } from './observation.ts';
import { Proposal } from './proposal.ts';
import { Known, ReversibilityClass, RollbackWindow } from './reversibility.ts';
import { Status } from './status.ts';
import { OnFailure, StepStatus, Wait } from './step.ts';

const optional = z.exactOptional;

/** One change in a list. The store keeps it beside the facts and can rebuild it from them byte for byte. */
export const ChangeRow = z
  .object({
    id: ChangeId,
    title: z.string(),
    environment: z.string(),
    status: Status,
    /** Running, and nobody is at it: `recourse run` goes on. */
    interrupted: z.boolean(),
    class: ReversibilityClass.nullable(),
    window: RollbackWindow.nullable(),
    resources: z.array(ResourceId).readonly(),
    steps: z.number().int(),
    proposedBy: Actor,
    proposedAt: Instant,
    updatedAt: Instant,
    alone: z.boolean(),
    recovers: ChangeId.nullable(),
    /** The open recovery of this change, and where that one stands. */
    recovery: z.object({ change: ChangeId, status: Status }).nullable(),
    /** Sequence number of its last fact. */
    facts: z.number().int(),
  })
  .readonly();
export type ChangeRow = z.infer<typeof ChangeRow>;

export const ChangePage = z
  .object({
    changes: z.array(ChangeRow).readonly(),
    /** Pass as `after` for the next page. */ next: z.string().nullable(),
  })
  .readonly();
export type ChangePage = z.infer<typeof ChangePage>;

/** Which changes a list holds; newest first. */
export const ChangeQuery = z
  .object({
    status: optional(z.array(Status).readonly()),
    environment: optional(z.string()),
    class: optional(z.array(ReversibilityClass).readonly()),
    /** Changes that touch this resource. */
    resource: optional(z.string()),
    /** Words in title or id. */
    text: optional(z.string()),
    after: optional(z.string()),
    limit: optional(z.number().int().min(1).max(500)),
  })
  .readonly();
export type ChangeQuery = z.infer<typeof ChangeQuery>;

export const StepView = z
  .object({
    id: StepId,
    undoes: optional(StepId),
    /** `linux.set-file-mode`, or `wait`. */
    operation: z.string(),
    title: z.string(),
    params: Json,
    connection: optional(ConnectionId),
    resource: optional(ResourceId),
    wait: optional(Wait),
    onFailure: OnFailure,
    status: StepStatus,
    attempt: z.number().int(),
    class: optional(ReversibilityClass),
    because: optional(z.string()),
    known: optional(Known),
    window: optional(RollbackWindow),
    instead: optional(z.string()),
    /** What undoing this step would run, once it is applied; before that, what is known of it. */
    inverse: z.array(Invocation).readonly(),
    before: optional(Observation),
    after: optional(Observation),
    result: optional(Json),
    findings: z.array(Finding).readonly(),
    failed: optional(z.object({ as: FailedAs, fault: FaultReport, seen: Observation.nullable() }).readonly()),
    waits: optional(z.object({ askAgainAt: Instant, until: optional(Instant), seen: z.string() }).readonly()),
    skipped: optional(z.object({ because: z.string(), by: Actor, restored: z.boolean() }).readonly()),
    resolved: optional(z.object({ note: z.string(), by: Actor, alone: z.boolean(), differs: z.boolean() }).readonly()),
    startedAt: optional(Instant),
    endedAt: optional(Instant),
  })
  .readonly();
export type StepView = z.infer<typeof StepView>;

/** Whether the change can be taken back, and what that would do. */
export const WayBack = z
  .object({
    open: z.boolean(),
    /** When it is not open: what is missing, who or what took it, why it cannot return. */
    because: z.string(),
    /** What `recourse recover` would run, first thing first. */
    steps: z
      .array(z.object({ undoes: StepId, does: Invocation, resource: optional(ResourceId) }).readonly())
      .readonly(),
    /** Undoing was approved with the change itself. */
    approvedWithChange: z.boolean(),
  })
  .readonly();
export type WayBack = z.infer<typeof WayBack>;

export const ChangeView = z
  .object({
    id: ChangeId,
    title: z.string(),
    environment: z.string(),
    status: Status,
    interrupted: z.boolean(),
    class: ReversibilityClass.nullable(),
    window: RollbackWindow.nullable(),
    plan: Hash.nullable(),
    declared: optional(Declared),
    proposedBy: Actor,
    proposedAt: Instant,
    recovers: optional(z.object({ change: ChangeId, by: Transition }).readonly()),
    follows: optional(ChangeId),
    findings: z.array(Finding).readonly(),
    approvals: z
      .array(
        z.object({ by: Actor, at: Instant, plan: Hash, alone: z.boolean(), note: optional(z.string()) }).readonly(),
      )
      .readonly(),
    approvedWith: optional(ChangeId),
    refused: optional(z.object({ by: Actor, reasons: z.array(z.string()).readonly() }).readonly()),
    cancelAsked: optional(z.object({ by: Actor, because: z.string() }).readonly()),
    steps: z.array(StepView).readonly(),
    verification: optional(z.object({ at: Instant, findings: z.array(Finding).readonly() }).readonly()),
    wayBack: WayBack,
    /** A proposal, prefilled, that brings back the desired state where no rollback can. */
    wayForward: Proposal.nullable(),
    recoveries: z
      .array(
        z
          .object({
            change: ChangeId,
            transition: Transition,
            at: Instant,
            status: Status,
            outcome: optional(RecoveryOutcome),
          })
          .readonly(),
      )
      .readonly(),
    decisions: z.array(z.object({ at: Instant, decision: Decision }).readonly()).readonly(),
    compared: optional(z.object({ at: Instant, steps: z.array(ComparedStep).readonly() }).readonly()),
    notes: z.array(z.object({ at: Instant, by: Actor, text: z.string() }).readonly()).readonly(),
    owed: z.array(z.string()).readonly(),
    leases: z.array(ResourceId).readonly(),
    /** Sequence number and hash of the last fact. */
    head: z.object({ seq: z.number().int(), hash: Hash }).readonly(),
    updatedAt: Instant,
  })
  .readonly();
export type ChangeView = z.infer<typeof ChangeView>;

/** What `propose --dry-run` answers. */
export const Preview = z
  .object({
    title: z.string(),
    environment: z.string(),
    class: ReversibilityClass,
    findings: z.array(Finding).readonly(),
    steps: z
      .array(
        z
          .object({
            id: StepId,
            operation: z.string(),
            title: z.string(),
            params: Json,
            connection: optional(ConnectionId),
            resource: optional(ResourceId),
            class: optional(ReversibilityClass),
            because: optional(z.string()),
            known: optional(Known),
            window: optional(RollbackWindow),
            instead: optional(z.string()),
            /** The calls of the way back; a value that only the run will know reads `known after apply`. */
            inverse: z.array(Invocation).readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type Preview = z.infer<typeof Preview>;

/** What `recover` did. */
export const Recovered = z
  .object({
    did: z.enum(['nothing', 'opened', 'continued']),
    says: z.string(),
    decision: Decision.nullable(),
    change: ChangeView,
    recovery: ChangeView.nullable(),
  })
  .readonly();
export type Recovered = z.infer<typeof Recovered>;

export const OperationView = z
  .object({
    name: z.string(),
    title: z.string(),
    summary: z.string(),
    system: z.string(),
    permissions: z
      .object({ apply: z.array(z.string()).readonly(), inverse: z.array(z.string()).readonly() })
      .readonly(),
    /** The class before anything is known of the target. */
    class: ReversibilityClass,
    because: z.string(),
    /** JSON Schema of the params. */
    params: Json,
    examples: z.array(Json).readonly(),
  })
  .readonly();
export type OperationView = z.infer<typeof OperationView>;

export const ConnectionView = z
  .object({
    id: ConnectionId,
    system: z.string(),
    builtIn: z.boolean(),
    /** Settings; secrets are sealed. */
    settings: Json,
  })
  .readonly();
export type ConnectionView = z.infer<typeof ConnectionView>;
