import { Fault } from '../model/fault.ts';
import type { Recourse } from '../model/recourse.ts';
import type { Status } from '../model/status.ts';
import type { ChangeView } from '../model/view.ts';

/** Whether a change that was left to a worker goes on by itself from here; a recovery moves for the change it recovers. */
const moves = {
  proposed: false,
  denied: false,
  'awaiting-approval': false,
  approved: true, // a worker is about to take it
  scheduled: true,
  rejected: false,
  cancelled: false,
  running: true,
  waiting: true,
  verifying: true,
  'awaiting-confirmation': false,
  applied: false,
  'partly-applied': false,
  failed: false,
  stuck: false,
  recovering: false,
  'rolled-back': false,
  'partly-rolled-back': false,
  'recovered-forward': false,
  finished: false,
  closed: false,
} as const satisfies Record<Status, boolean>;

type Watched = Pick<Recourse, 'show' | 'watch'>;

/**
 * Watches a change that was left to a worker until nothing moves it any more, the recovery included that it may open by
 * itself. Faults: `interrupted` when the signal aborts, which stops the watching and not the change.
 */
export const untilAtRest = async (
  recourse: Watched,
  begun: ChangeView,
  signal: AbortSignal = new AbortController().signal,
): Promise<ChangeView> => {
  const isMoving = (view: ChangeView): boolean => moves[view.status] || willUndoItself(view, begun.decisions.length);
  let view = begun;
  for (;;) {
    const undoing = view.recoveries.find(({ outcome, status }) => outcome === undefined && moves[status]);
    if (isMoving(view)) {
      view = await after(recourse, view, isMoving, signal);
    } else if (undoing) {
      await untilAtRest(recourse, await recourse.show(undoing.change), signal);
      view = await recourse.show(view.id);
    } else {
      return view;
    }
  }
};

/** It failed, its author wanted that undone, and nothing new has been decided about it. */
const willUndoItself = (view: ChangeView, decided: number): boolean => {
  if (view.recoveries.length > 0 || view.cancelAsked || view.decisions.length > decided) return false;
  const toUndo = view.steps.filter((step) => step.onFailure === 'undo');
  if (view.verification) return view.status === 'failed' && toUndo.length > 0;
  return ['failed', 'partly-applied'].includes(view.status) && toUndo.some((step) => step.status === 'failed');
};

/** The change as it stands when it has stopped moving. */
const after = async (
  recourse: Watched,
  from: ChangeView,
  isMoving: (view: ChangeView) => boolean,
  signal: AbortSignal,
): Promise<ChangeView> => {
  let view = from;
  for await (const { seq } of recourse.watch({ id: view.id, seq: view.head.seq, signal })) {
    if (seq <= view.head.seq) continue; // it was in what we have seen already
    view = await recourse.show(view.id);
    if (!isMoving(view)) return view;
  }
  const applied = view.steps.filter((step) => step.status === 'applied').length;
  throw new Fault(
    'interrupted',
    `The change ${view.id} goes on at the server: ${applied} of its ${view.steps.length} steps are applied.`,
    {
      at: view.id,
      advice: `See it with \`recourse show ${view.id}\`, or stop it with \`recourse cancel ${view.id}\`.`,
    },
  );
};
