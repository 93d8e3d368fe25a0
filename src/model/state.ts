/**
 * What the facts of a change add up to: its status, and every step with what was read before and after it. It is made
 * by `decide/fold.ts` and by nothing else.
 */
import type { Change, Transition } from './change.ts';
import type { Decision } from './decision.ts';
import type { ComparedStep, Evidence, FailedAs, PlannedStep, RecoveryOutcome } from './fact.ts';
import type { FaultReport } from './fault-report.ts';
import type { Finding } from './finding.ts';
import type { Actor, ChangeId, Hash, Instant } from './ids.ts';
import type { Json } from './json.ts';
import type { Observation } from './observation.ts';
import type { ReversibilityClass } from './reversibility.ts';
import type { Status } from './status.ts';
import type { Step, StepStatus } from './step.ts';

export interface StepState {
  readonly step: Step;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly plan?: PlannedStep;
  readonly params?: Json;
  readonly before?: Observation<Json>;
  readonly after?: Observation<Json>;
  readonly result?: Json;
  readonly findings?: readonly Finding[];
  readonly deadline?: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** How it failed, with what was seen then. */
  readonly failed?: { readonly as: FailedAs; readonly fault: FaultReport; readonly seen: Observation<Json> | null };
  /** A wait, or a system that is still at it: when it is asked again, and until when. */
  readonly waits?: { readonly askAgainAt: Instant; readonly until?: Instant; readonly seen: string };
  readonly skipped?: { readonly because: string; readonly by: Actor; readonly restored: boolean };
  readonly resolved?: { readonly note: string; readonly by: Actor; readonly alone: boolean; readonly differs: boolean };
}

export interface State {
  readonly status: Status;
  readonly change: Change;
  readonly proposedBy: Actor;
  readonly proposedAt: Instant;
  readonly plan?: Hash;
  readonly class?: ReversibilityClass;
  readonly findings: readonly Finding[];
  readonly steps: readonly StepState[];
  readonly approvals: readonly {
    readonly by: Actor;
    readonly at: Instant;
    readonly plan: Hash;
    readonly alone: boolean;
    readonly note?: string;
  }[];
  /** A recovery that was approved with the plan of the change it recovers. */
  readonly approvedWith?: ChangeId;
  readonly refused?: { readonly by: Actor; readonly reasons: readonly string[] };
  readonly runAt?: Instant;
  readonly cancelAsked?: { readonly by: Actor; readonly because: string };
  readonly verification?: { readonly at: Instant; readonly findings: readonly Finding[] };
  /** The status that an abandoned recovery gives back. */
  readonly beforeRecovery?: Status;
  readonly recoveries: readonly {
    readonly change: ChangeId;
    readonly transition: Transition;
    readonly at: Instant;
    readonly outcome?: RecoveryOutcome;
  }[];
  readonly compared?: { readonly at: Instant; readonly steps: readonly ComparedStep[] };
  readonly decisions: readonly { readonly at: Instant; readonly decision: Decision }[];
  readonly notes: readonly { readonly at: Instant; readonly by: Actor; readonly text: string }[];
  readonly owed: readonly string[];
  readonly finishedBy?: ChangeId;
}

/** The facts of one change as read from the store, and what they add up to. */
export interface Chain {
  readonly id: ChangeId;
  readonly evidence: readonly Evidence[];
  /** `null` before `proposed`. */
  readonly state: State | null;
}
