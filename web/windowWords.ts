/**
 * What can be said of a rollback window now: how much of it is used up, what is left, what closes it. The list, the
 * page and the phone read the same words and draw the same bar.
 */
import type { RollbackWindow } from '../src/model/reversibility.ts';
import type { ChangeRow } from '../src/model/view.ts';
import { sentence } from './names.ts';
import { durationWords, momentWords } from './time.ts';
import { statuses, type StatusGroup } from './words.ts';

export interface WindowWords {
  /** Share that is used up, from applied to the end; a fading bar has no fixed end. */
  readonly bar?: { readonly used: number; readonly isFading: boolean };
  readonly says: string;
  readonly closes?: string;
}

type Windowed = Pick<ChangeRow, 'status' | 'class' | 'window'>;

const withoutBar: Partial<Record<StatusGroup, string>> = { preparing: 'Opens when applied', stopped: 'Not applied' };
const closedWords: Partial<Record<ChangeRow['status'], string>> = {
  'awaiting-approval': 'Opens when applied',
  'rolled-back': 'Taken back',
  'partly-rolled-back': 'Taken back in part',
  'recovered-forward': 'Closed',
  finished: 'Closed',
  closed: 'Closed',
  failed: 'Not applied',
};
const hasNoInverse = new Set<ChangeRow['class']>(['forward-only', 'non-recoverable-without-restore']);

/** @param appliedAt from when the window counts */
export function windowWords(change: Windowed, appliedAt: string, now: number, zone?: string): WindowWords {
  const shut = closedWords[change.status] ?? withoutBar[statuses[change.status].group];
  const opens = shut === 'Opens when applied';
  if (hasNoInverse.has(change.class) && (opens || !shut)) return { says: 'No way back' };
  if (shut) return { says: shut };
  const { window } = change;
  if (!window) return { says: 'Until the next change there' };
  const event = eventWords(window);
  if (!window.until) return { bar: { used: 0, isFading: true }, says: 'No fixed end', closes: event };
  const left = Date.parse(window.until) - now;
  if (left <= 0) return { says: 'Closed', closes: `${momentWords(window.until, now, zone)}, clock` };
  const whole = Math.max(1, Date.parse(window.until) - Date.parse(appliedAt));
  return {
    bar: { used: Math.min(1, Math.max(0, 1 - left / whole)), isFading: false },
    says: durationWords(left),
    closes: event ? `or ${event.replace(/^until/, 'when')}` : `${momentWords(window.until, now, zone)}, clock`,
  };
}

/** `until the old key is deleted, unless it leaks`. */
function eventWords({ before, unless }: RollbackWindow): string {
  return [before && `until ${before}`, unless && `unless ${unless}`].filter(Boolean).join(', ');
}

/** The whole of it, for a sentence of its own. */
export function windowSentence(window: RollbackWindow, now: number, zone?: string): string {
  const clock = window.until && `until ${momentWords(window.until, now, zone)}`;
  const event = eventWords(window);
  return sentence([clock, clock ? event.replace(/^until/, 'earlier when') : event].filter(Boolean).join(', '));
}
