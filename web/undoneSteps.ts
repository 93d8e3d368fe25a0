/** How far a recovery has come, in the order in which it undoes: last applied, first undone. */
import type { StepId } from '../src/model/ids.ts';
import type { ChangeView, StepView } from '../src/model/view.ts';

export interface UndoneStep {
  /** A step of the recovery. */
  readonly step: StepView;
  /** The step of the recovered change that it undoes. */
  readonly undoes: StepView | undefined;
  readonly id: StepId;
}
export interface UndoneCount {
  readonly undone: number;
  readonly byHand: number;
  readonly skipped: number;
  readonly failed: number;
  readonly half: number;
  readonly notReached: number;
  readonly moving: number;
}

export const undoneSteps = (recovery: ChangeView, of: ChangeView | undefined): readonly UndoneStep[] =>
  recovery.steps.map((step) => ({
    step,
    undoes: of?.steps.find((one) => one.id === step.undoes),
    id: step.undoes ?? step.id,
  }));

const counted = {
  pending: 'notReached',
  started: 'moving',
  waiting: 'moving',
  applied: 'undone',
  failed: 'failed',
  'half-resolved': 'half',
  resolved: 'byHand',
  skipped: 'skipped',
} as const satisfies Record<StepView['status'], keyof UndoneCount>;

export function undoneCount(recovery: ChangeView): UndoneCount {
  const total = { undone: 0, byHand: 0, skipped: 0, failed: 0, half: 0, notReached: 0, moving: 0 };
  for (const { status } of recovery.steps) total[counted[status]] += 1;
  return total;
}
