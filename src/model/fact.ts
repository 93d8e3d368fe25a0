/**
 * A fact is something that happened to a change. Facts are the only journal: status is a fold over them, a crashed run
 * resumes from them, and an auditor verifies them. A fact, once written, is never altered; a newer version of its shape
 * is read from the older one (`v`).
 */
import { z } from 'zod';

import { Change, Transition } from './change.ts';
import { Decision } from './decision.ts';
import { FaultReport } from './fault-report.ts';
import { Finding } from './finding.ts';
import { Actor, Answer, ChangeId, CheckId, Hash, Instant, OperationName, ResourceId, StepId } from './ids.ts';
import { Json } from './json.ts';
import { Drift, Observation } from './observation.ts';
import { Known, ReversibilityClass, RollbackWindow } from './reversibility.ts';
import { Sealed } from './sealed.ts';

/** What an approval binds, per step. */
export const PlannedStep = z
  .object({
    step: StepId,
    resource: z.exactOptional(ResourceId),
    class: ReversibilityClass,
    because: z.string(),
    known: Known,
    undoneBy: z.array(OperationName).readonly(),
    window: z.exactOptional(RollbackWindow),
    /** For a class without an inverse: what to do instead, or what to restore from. */
    instead: z.exactOptional(z.string()),
  })
  .readonly();
export type PlannedStep = z.infer<typeof PlannedStep>;

/** How a call ended that did not end well. */
export const FailedAs = z.enum(['untouched', 'partial', 'foreign', 'unknown']);
export type FailedAs = z.infer<typeof FailedAs>;

/** `abandoned`: it ended before it changed anything, and the status before it comes back. */
export const RecoveryOutcome = z.enum(['rolled-back', 'partly-rolled-back', 'recovered-forward', 'stuck', 'abandoned']);
export type RecoveryOutcome = z.infer<typeof RecoveryOutcome>;

export const ComparedStep = z
  .object({ step: StepId, drift: Drift, now: Observation.nullable(), because: z.exactOptional(z.string()) })
  .readonly();
export type ComparedStep = z.infer<typeof ComparedStep>;

const fact = <const Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.object({ v: z.literal(1), fact: z.literal(name), ...shape }).readonly();
const yes = z.exactOptional(z.literal(true));
const seen = Observation.nullable();

export const Fact = z.discriminatedUnion('fact', [
  // proposed and judged
  fact('proposed', { change: Change, request: z.exactOptional(z.string()) }), // request: the caller's idempotency key
  fact('revised', { change: Change }),
  fact('analysed', {
    plan: Hash,
    class: ReversibilityClass,
    steps: z.array(PlannedStep).readonly(),
    findings: z.array(Finding).readonly(),
  }),
  fact('rehearsed', { outcome: z.enum(['restored', 'lossy', 'not-restored']), difference: Json }),
  fact('admitted', { approvedWith: z.exactOptional(ChangeId) }), // a recovery, approved with the plan of what it recovers
  fact('denied', { reasons: z.array(z.string()).readonly() }),
  fact('approved', { plan: Hash, note: z.exactOptional(z.string()), alone: yes }), // alone: proposer and approver are one
  fact('rejected', { plan: Hash, note: z.exactOptional(z.string()) }),
  fact('scheduled', { at: Instant }),
  // run
  fact('started', { step: StepId, attempt: z.number(), params: Json, before: Observation, deadline: Instant }),
  fact('waiting', { step: StepId, askAgainAt: Instant, until: Instant, seen: z.string() }),
  fact('came', { step: StepId, seen: z.string() }), // a wait that ended well
  fact('applied', { step: StepId, result: Json, after: Observation, findings: z.array(Finding).readonly() }),
  fact('failed', { step: StepId, fault: FaultReport, as: FailedAs, seen }),
  fact('settled', {
    // what a look at the world said about a step whose outcome nobody recorded; as 'applied' it counts as applied
    step: StepId,
    as: z.enum(['applied', 'untouched', 'pending', 'partial', 'foreign', 'unknown']),
    seen,
    result: z.exactOptional(Json),
    because: z.exactOptional(z.string()),
    askAgainAt: z.exactOptional(Instant),
  }),
  fact('retried', { step: StepId }),
  fact('skipped', { step: StepId, because: z.string(), restored: yes }), // restored: somebody else had put it back
  fact('resolved', {
    // repaired by hand; differs: what is seen is not what it was before, so a second person confirms
    step: StepId,
    note: z.string(),
    seen,
    differs: yes,
    alone: yes,
  }),
  fact('verified', { findings: z.array(Finding).readonly() }),
  fact('confirmed', {}),
  fact('cancel-asked', { because: z.string() }),
  fact('cancelled', {}),
  // recovery
  fact('checked', { check: CheckId, answer: Answer, seen: z.string() }),
  fact('compared', { steps: z.array(ComparedStep).readonly() }),
  fact('decided', { decision: Decision }),
  fact('recovery-opened', { by: ChangeId, transition: Transition }),
  fact('recovery-ended', { by: ChangeId, outcome: RecoveryOutcome }), // in the transaction that ends the recovery
  fact('paused', { loop: ResourceId, until: z.exactOptional(Instant) }),
  fact('resumed', { loop: ResourceId }),
  fact('taken-over', { resource: ResourceId, from: ChangeId, because: z.string() }),
  fact('broke-glass', { because: z.enum(['containment-required', 'normal-path-unavailable']), reason: z.string() }),
  // around it
  fact('delivered', { secret: Sealed, to: ResourceId }),
  fact('noted', { text: z.string() }),
  fact('finished', { by: ChangeId }),
  fact('owed', { what: z.string() }),
  fact('no-longer-owed', { what: z.string() }),
  fact('reconciled', {}),
  fact('closed', {}),
]);
export type Fact = z.infer<typeof Fact>;
export type FactName = Fact['fact'];
export type FactOf<Name extends FactName> = Extract<Fact, { readonly fact: Name }>;

/** One record of the chain. `hash` is SHA-256 over the RFC 8785 canonical JSON of everything else in the record. */
export const Evidence = z
  .object({
    change: ChangeId,
    seq: z.number().int().positive(),
    at: Instant,
    by: Actor,
    fact: Fact,
    previous: Hash.nullable(),
    hash: Hash,
  })
  .readonly();
export type Evidence = z.infer<typeof Evidence>;
