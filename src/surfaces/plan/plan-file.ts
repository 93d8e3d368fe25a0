import type { Position } from './planned-change.ts';

/** What holds for a plan as a whole. */
export interface PlanFile {
  readonly kind: 'plan';
  readonly isErrored: boolean;
  /** Nothing was left out: no `-target`, nothing deferred. */
  readonly isComplete: boolean;
  readonly at: Position;
}

/** A resource that was changed outside of Terraform since the last apply, and which of these attributes are set back. */
export interface Drift {
  readonly kind: 'drift';
  /** As the artifact is called. */
  readonly name: string;
  readonly address: string;
  readonly isDeleted: boolean;
  readonly attributes: readonly string[];
  readonly at: Position;
}

/** An object that a plan destroys, and one of the same type that it creates and that looks like it. */
export interface LikelyMove {
  readonly kind: 'likely-move';
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly at: Position;
}
