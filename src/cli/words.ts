import type { Decision } from '../model/decision.ts';
import type { Invocation } from '../model/invocation.ts';
import type { Json } from '../model/json.ts';
import type { ReversibilityClass } from '../model/reversibility.ts';
/** The words of the terminal: how statuses, classes and values read, and what an answer makes of the exit code. */
import { isObject, isSealed } from '../model/same.ts';
import type { Status } from '../model/status.ts';
import type { StepStatus } from '../model/step.ts';
import type { ChangeView } from '../model/view.ts';
import { harmless, type painter } from './terminal.ts';

type Tone = Parameters<ReturnType<typeof painter>>[0];

export const statusTone = {
  proposed: 'quiet',
  denied: 'quiet',
  'awaiting-approval': 'person',
  approved: 'quiet',
  scheduled: 'quiet',
  rejected: 'quiet',
  cancelled: 'quiet',
  running: 'moving',
  waiting: 'moving',
  verifying: 'moving',
  'awaiting-confirmation': 'person',
  applied: 'good',
  'partly-applied': 'person',
  failed: 'bad',
  stuck: 'person',
  recovering: 'moving',
  'rolled-back': 'way-back',
  'partly-rolled-back': 'way-back',
  'recovered-forward': 'good',
  finished: 'good',
  closed: 'quiet',
} as const satisfies Record<Status, Tone>;

/** What a change that stands so makes of the exit code of the command that brought it there. */
const statusExit = {
  proposed: 0,
  denied: 3,
  'awaiting-approval': 4,
  approved: 0,
  scheduled: 0,
  rejected: 3,
  cancelled: 0,
  running: 0,
  waiting: 0,
  verifying: 0,
  'awaiting-confirmation': 4,
  applied: 0,
  'partly-applied': 5,
  failed: 5,
  stuck: 4,
  recovering: 0,
  'rolled-back': 0,
  'partly-rolled-back': 0,
  'recovered-forward': 0,
  finished: 0,
  closed: 0,
} as const satisfies Record<Status, number>;

export const classTone = {
  'fully-reversible': 'good',
  'reversible-with-compatibility-window': 'way-back',
  'reversible-with-manual-repair': 'person',
  'forward-only': 'moving',
  compensatable: 'moving',
  'non-recoverable-without-restore': 'bad',
} as const satisfies Record<ReversibilityClass, Tone>;

export const stepMark = {
  pending: '·',
  started: '▸',
  waiting: '…',
  applied: '✓',
  failed: '✗',
  'half-resolved': '◆',
  resolved: '✓',
  skipped: '–',
} as const satisfies Record<StepStatus, string>;

export const stepTone = {
  pending: 'quiet',
  started: 'moving',
  waiting: 'moving',
  applied: 'good',
  failed: 'bad',
  'half-resolved': 'person',
  resolved: 'person',
  skipped: 'quiet',
} as const satisfies Record<StepStatus, Tone>;

export const answerMark = { yes: '✓', no: '✗', unknown: '?' } as const;
export const answerTone = { yes: 'good', no: 'bad', unknown: 'person' } as const satisfies Record<string, Tone>;

/** A change that ended as far as it could, verified, is done: what was left out or put right by hand is on its record. */
export const exitFor = ({ status, verification }: Pick<ChangeView, 'status' | 'verification'>): number =>
  status === 'partly-applied' && verification?.findings.length === 0 ? 0 : statusExit[status];

/** What a decision asks for, in words. */
export const transitionWords = {
  'nothing-to-do': 'there is nothing to take back',
  rollback: 'undo the applied steps, last first, with `recourse recover`',
  rollforward: 'there is no safe way back; bring the wanted state with a new change',
  pause: 'stop what applies it again, then decide again',
  repair: 'put right what the last question found, then decide again',
  import: 'record what is really there, then decide again',
  compensate: 'counter its effect with a change of its own',
  contain: 'stop the harm first',
} as const satisfies Record<Decision['transition'], string>;

const longest = 60;

const isHash = /^sha256:[0-9a-f]{64}$/;

/** A value as a person reads it; a secret is a lock and the first of its fingerprint. */
export function valueWords(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  if (isSealed(value)) return `•••••• ${value.fingerprint.slice(0, 4)}`;
  if (typeof value === 'string')
    return isHash.test(value)
      ? `${value.slice(0, 15)}…${value.slice(-4)}`
      : shortened(harmless(value).replaceAll('\n', '⏎'));
  if (isObject(value)) return fieldWords(value);
  if (Array.isArray(value)) return `[${value.map((item) => valueWords(item as Json)).join(', ')}]`;
  return JSON.stringify(value);
}

/** `path /etc/app.conf, mode 0600` */
export const fieldWords = (value: Json): string =>
  isObject(value)
    ? Object.entries(value)
        .map(([name, field]) => `${name} ${valueWords(field)}`)
        .join(', ') || 'nothing'
    : valueWords(value);

/** Cut in the middle: the end of a path or an id says the most. */
export const shortened = (text: string, most = longest): string =>
  text.length <= most ? text : `${text.slice(0, most / 2 - 1)}…${text.slice(-most / 2)}`;

export const invocationWords = ({ operation, params }: Invocation): string => `${operation}  ${fieldWords(params)}`;
