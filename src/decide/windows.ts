/**
 * A rollback window says until when the way back is safe: by the clock, by an event, by a condition. Of several the
 * earliest closes it, so the windows of all steps are laid over each other.
 */
import type { Asked } from '../model/decision.ts';
import type { Instant } from '../model/ids.ts';
import type { RollbackWindow } from '../model/reversibility.ts';
import type { State } from '../model/state.ts';

/** The window of a whole change, its steps' and its author's, or `null` when nothing closes it. */
export function changeWindow({ change, steps, verification }: State): RollbackWindow | null {
  const windows = [change.declared?.window, ...steps.map((step) => step.plan?.window)];
  return narrowestWindow(windows.map((window) => window && since(window, verification?.at)));
}

/** A duration becomes a moment once the change is in place. */
function since(window: RollbackWindow, applied: Instant | undefined): RollbackWindow {
  const { lasts, ...others } = window;
  if (lasts === undefined || applied === undefined) return window;
  const end = new Date(Date.parse(applied) + lasts * 1000).toISOString() as Instant;
  return { ...others, until: others.until && others.until < end ? others.until : end };
}

/** The earliest of several closes. */
export function narrowestWindow(windows: readonly (RollbackWindow | undefined)[]): RollbackWindow | null {
  const known = windows.filter((window) => window !== undefined);
  if (known.length === 0) return null;
  const until = known.flatMap((window) => window.until ?? []).toSorted()[0];
  const lasts = known.flatMap((window) => window.lasts ?? []).toSorted((a, b) => a - b)[0];
  const words = (pick: (window: RollbackWindow) => string | undefined) =>
    [...new Set(known.flatMap((window) => pick(window) ?? []))].join(', or ');
  const [before, unless] = [words((window) => window.before), words((window) => window.unless)];
  const given = words((window) => window.given);
  const watch = [...new Set(known.flatMap((window) => window.watch ?? []))];
  return {
    ...(until && { until }),
    ...(before && { before }),
    ...(unless && { unless }),
    ...(lasts !== undefined && { lasts }),
    ...(given && { given }),
    ...(watch.length > 0 && { watch }),
  };
}

/**
 * Is the window still open? Its clock decides alone; an event or a condition is open only when its checks say so, and
 * what no check watches is unknown.
 */
export function windowAnswer(window: RollbackWindow | null, now: Instant, watched: readonly Asked[]): Asked {
  if (!window) return { answer: 'yes', seen: 'nothing closes it' };
  if (window.until && window.until <= now) return { answer: 'no', seen: `it closed at ${window.until}` };
  const closed = watched.find((asked) => asked.answer === 'no');
  if (closed) return closed;
  const event = [window.before && `before ${window.before}`, window.unless && `unless ${window.unless}`]
    .filter(Boolean)
    .join(', ');
  const isWatched = watched.length > 0 && watched.every((asked) => asked.answer === 'yes');
  if (event && !isWatched) return { answer: 'unknown', seen: `it is open ${event}, which nothing has confirmed` };
  return { answer: 'yes', seen: window.until ? `it is open until ${window.until}` : `it is open ${event}` };
}
