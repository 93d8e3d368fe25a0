/** The words, tones and marks of everything that has a name. A new status or class does not compile until it is here. */
import type { Transition } from '../src/model/change.ts';
import type { Decision } from '../src/model/decision.ts';
import type { FailedAs } from '../src/model/fact.ts';
import type { Answer } from '../src/model/ids.ts';
import type { Drift } from '../src/model/observation.ts';
import type { Known, ReversibilityClass } from '../src/model/reversibility.ts';
import type { Status } from '../src/model/status.ts';
import type { StepStatus } from '../src/model/step.ts';
import type { ChangeRow, ChangeView } from '../src/model/view.ts';
import type { MarkName } from './markName.ts';

export type Tone = 'green' | 'teal' | 'ochre' | 'violet' | 'magenta' | 'brick' | 'blue' | 'slate';
export interface Word {
  readonly word: string;
  readonly tone: Tone;
  readonly mark: MarkName;
}

export const classes = {
  'fully-reversible': { word: 'Fully reversible', short: 'Full', tone: 'green', mark: 'class-full' },
  'reversible-with-compatibility-window': {
    word: 'Reversible with compatibility window',
    short: 'Window',
    tone: 'teal',
    mark: 'class-window',
  },
  'reversible-with-manual-repair': {
    word: 'Reversible with manual repair',
    short: 'Manual repair',
    tone: 'ochre',
    mark: 'class-manual-repair',
  },
  'forward-only': { word: 'Forward only', short: 'Forward only', tone: 'violet', mark: 'class-forward-only' },
  compensatable: { word: 'Compensatable', short: 'Compensatable', tone: 'magenta', mark: 'class-compensatable' },
  'non-recoverable-without-restore': {
    word: 'Non-recoverable without restore',
    short: 'Restore only',
    tone: 'brick',
    mark: 'class-restore-only',
  },
} satisfies Record<ReversibilityClass, Word & { short: string }>;

export type StatusGroup = 'preparing' | 'moving' | 'needs-a-person' | 'in-place' | 'taken-back' | 'failed' | 'stopped';
export const statusGroups = {
  preparing: { word: 'Preparing', tone: 'slate', mark: 'status-preparing' },
  moving: { word: 'Moving', tone: 'blue', mark: 'status-moving' },
  'needs-a-person': { word: 'Needs a person', tone: 'ochre', mark: 'status-needs-a-person' },
  'in-place': { word: 'In place', tone: 'green', mark: 'status-in-place' },
  'taken-back': { word: 'Taken back', tone: 'teal', mark: 'status-taken-back' },
  failed: { word: 'Failed', tone: 'brick', mark: 'status-failed' },
  stopped: { word: 'Stopped', tone: 'slate', mark: 'status-stopped' },
} satisfies Record<StatusGroup, Word>;

export const statuses = {
  proposed: { word: 'Proposed', group: 'preparing' },
  approved: { word: 'Approved', group: 'preparing' },
  scheduled: { word: 'Scheduled', group: 'preparing' },
  running: { word: 'Running', group: 'moving' },
  waiting: { word: 'Waiting', group: 'moving' },
  verifying: { word: 'Verifying', group: 'moving' },
  recovering: { word: 'Recovering', group: 'moving' },
  'awaiting-approval': { word: 'Awaiting approval', group: 'needs-a-person' },
  'awaiting-confirmation': { word: 'Awaiting confirmation', group: 'needs-a-person' },
  'partly-applied': { word: 'Partly applied', group: 'needs-a-person' },
  stuck: { word: 'Stuck', group: 'needs-a-person' },
  applied: { word: 'Applied', group: 'in-place' },
  'recovered-forward': { word: 'Recovered forward', group: 'in-place' },
  finished: { word: 'Finished', group: 'in-place' },
  closed: { word: 'Closed', group: 'in-place' },
  'rolled-back': { word: 'Rolled back', group: 'taken-back' },
  'partly-rolled-back': { word: 'Partly rolled back', group: 'taken-back' },
  failed: { word: 'Failed', group: 'failed' },
  denied: { word: 'Denied', group: 'stopped' },
  rejected: { word: 'Rejected', group: 'stopped' },
  cancelled: { word: 'Cancelled', group: 'stopped' },
} satisfies Record<Status, { word: string; group: StatusGroup }>;

/** All statuses of some groups. */
export const statusesIn = (...groups: readonly StatusGroup[]): readonly Status[] =>
  (Object.keys(statuses) as Status[]).filter((status) => groups.includes(statuses[status].group));

const ofGroup = (word: string, group: StatusGroup): Word & { group: StatusGroup } => ({
  ...statusGroups[group],
  word,
  group,
});

/** How the status of a change is said: a stuck recovery and an interrupted run need a person, whatever the status. */
export function statusWord(change: ChangeRow | ChangeView): Word & { readonly group: StatusGroup } {
  const { word, group } = statuses[change.status];
  const recovery = 'recovery' in change ? change.recovery?.status : change.recoveries.at(-1)?.status;
  if (change.status === 'recovering' && recovery && recovery !== 'recovering') {
    const needs = statuses[recovery].group === 'needs-a-person';
    if (needs) return ofGroup(`${word}, ${statuses[recovery].word.toLowerCase()}`, 'needs-a-person');
  }
  return change.interrupted ? ofGroup(`${word}, interrupted`, 'needs-a-person') : ofGroup(word, group);
}

export const stepStatuses = {
  pending: { word: 'Not reached', tone: 'slate', mark: 'status-preparing' },
  started: { word: 'Under way', tone: 'blue', mark: 'status-moving' },
  waiting: { word: 'Waiting', tone: 'blue', mark: 'status-moving' },
  applied: { word: 'Applied', tone: 'green', mark: 'status-in-place' },
  failed: { word: 'Failed', tone: 'brick', mark: 'status-failed' },
  'half-resolved': { word: 'Needs a second person', tone: 'ochre', mark: 'status-needs-a-person' },
  resolved: { word: 'By hand', tone: 'teal', mark: 'hand' },
  skipped: { word: 'Skipped', tone: 'slate', mark: 'skipped' },
} satisfies Record<StepStatus, Word>;

/** The same, of a step that undoes another one. */
export const undoStatuses = {
  ...stepStatuses,
  applied: { word: 'Undone', tone: 'teal', mark: 'status-taken-back' },
} satisfies Record<StepStatus, Word>;

export const drifts = {
  clean: { word: 'Clean', tone: 'green', mark: 'drift-clean' },
  'already-restored': { word: 'Already restored', tone: 'teal', mark: 'drift-already-restored' },
  compatible: { word: 'Compatible', tone: 'blue', mark: 'drift-compatible' },
  conflicting: { word: 'Conflicting', tone: 'brick', mark: 'drift-conflicting' },
  'gone-re-creatable': { word: 'Gone, re-creatable', tone: 'ochre', mark: 'drift-gone-re-creatable' },
  gone: { word: 'Gone', tone: 'slate', mark: 'drift-gone' },
} satisfies Record<Drift, Word>;

export const answers = {
  yes: { word: 'Yes', tone: 'green', mark: 'answer-yes' },
  no: { word: 'No', tone: 'brick', mark: 'answer-no' },
  unknown: { word: 'Unknown', tone: 'ochre', mark: 'answer-unknown' },
} satisfies Record<Answer, Word>;

export const transitions = {
  rollback: { word: 'Roll back', tone: 'teal', mark: 'status-taken-back' },
  rollforward: { word: 'Roll forward', tone: 'violet', mark: 'class-forward-only' },
  pause: { word: 'Pause', tone: 'slate', mark: 'pause' },
  repair: { word: 'Repair', tone: 'ochre', mark: 'class-manual-repair' },
  import: { word: 'Import', tone: 'blue', mark: 'import' },
  compensate: { word: 'Compensate', tone: 'magenta', mark: 'class-compensatable' },
  contain: { word: 'Contain', tone: 'ochre', mark: 'pause' },
  'nothing-to-do': { word: 'Nothing to do', tone: 'green', mark: 'status-in-place' },
} satisfies Record<Decision['transition'], Word>;

/** A recovery as a noun: `Rollback H2W6XN`. */
export const recoveryNouns = {
  rollback: 'Rollback',
  rollforward: 'Rollforward',
  pause: 'Pause',
  repair: 'Repair',
  import: 'Import',
  compensate: 'Compensation',
  contain: 'Containment',
} satisfies Record<Transition, string>;

export const knownBy = {
  declared: 'declared',
  rule: 'rule',
  plan: 'plan',
  'dry-run': 'dry run',
  rehearsal: 'rehearsal',
  observed: 'observation',
} satisfies Record<Known, string>;

export const failedAs = {
  untouched: 'Nothing was changed.',
  partial: 'It was changed in part.',
  foreign: 'Somebody else changed it meanwhile.',
  unknown: 'Whether it was changed is unknown.',
} satisfies Record<FailedAs, string>;
