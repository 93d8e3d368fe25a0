import type { ChangeView } from '../src/model/view.ts';

/** When the first step was applied, from which the window counts. */
export const appliedAtOf = (change: ChangeView): string | undefined =>
  change.steps.find((step) => step.status === 'applied' && step.endedAt)?.endedAt;
