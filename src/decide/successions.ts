/**
 * Which fact may follow. This one table is the law of every change: a fact is appended only when the change is in one
 * of the statuses under `when` and, for a fact about a step, when that step is in one of the statuses under `step`.
 * The store refuses everything else, also when two processes try at once.
 */
import type { FactName } from '../model/fact.ts';
import { Status } from '../model/status.ts';
import type { StepStatus } from '../model/step.ts';

interface Succession {
  /** `none`: there is no change yet. */
  readonly when: readonly (Status | 'none')[];
  readonly step?: readonly StepStatus[];
}

const proposedOnly = ['proposed'] as const;
const beforeRun = ['proposed', 'denied', 'awaiting-approval', 'approved', 'scheduled', 'rejected'] as const;
const ready = ['approved', 'scheduled', 'running'] as const;
const needsHand = ['failed', 'partly-applied', 'stuck'] as const;
const ended = [
  'applied',
  'partly-applied',
  'failed',
  'rolled-back',
  'partly-rolled-back',
  'recovered-forward',
  'finished',
  'cancelled',
  'rejected',
  'denied',
] as const;
const any = Status.options;
const open = any.filter((status) => status !== 'closed');

export const successions = {
  proposed: { when: ['none'] },
  revised: { when: beforeRun },
  analysed: { when: proposedOnly },
  rehearsed: { when: beforeRun },
  admitted: { when: proposedOnly },
  denied: { when: proposedOnly },
  approved: { when: ['awaiting-approval'] },
  rejected: { when: ['awaiting-approval', 'approved', 'scheduled'] },
  scheduled: { when: ['approved'] },

  started: { when: ready, step: ['pending'] },
  waiting: { when: [...ready, 'waiting'], step: ['pending', 'waiting'] },
  came: { when: [...ready, 'waiting'], step: ['pending', 'waiting'] },
  applied: { when: ['running'], step: ['started'] },
  failed: { when: [...ready, 'waiting'], step: ['pending', 'started', 'waiting'] },
  settled: { when: ['running', 'waiting'], step: ['pending', 'started', 'waiting'] },
  retried: { when: needsHand, step: ['failed', 'half-resolved'] },
  skipped: { when: [...ready, ...needsHand], step: ['pending', 'failed', 'half-resolved'] },
  resolved: { when: needsHand, step: ['failed', 'half-resolved'] },
  verified: { when: ['verifying', 'failed'] }, // failed: only where a verification had failed, and it is made again
  confirmed: { when: ['awaiting-confirmation'] },
  'cancel-asked': { when: ['scheduled', 'running', 'waiting'] },
  cancelled: { when: ['proposed', 'awaiting-approval', 'approved', 'scheduled', 'running', 'waiting'] },

  checked: { when: open },
  compared: { when: open },
  decided: { when: open },
  'recovery-opened': { when: ['applied', 'partly-applied', 'failed', 'stuck', 'partly-rolled-back'] },
  'recovery-ended': { when: ['recovering'] },
  paused: { when: open },
  resumed: { when: open },
  'taken-over': { when: open },
  'broke-glass': { when: open },
  delivered: { when: open },
  noted: { when: any }, // a postmortem is written after the end
  finished: { when: ['applied'] },
  owed: { when: open },
  'no-longer-owed': { when: any },
  reconciled: { when: open },
  closed: { when: ended },
} as const satisfies Record<FactName, Succession>;
