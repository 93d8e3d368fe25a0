/**
 * The named moments at which `RECOURSE_STOP_AFTER=<point>` ends the process by SIGKILL, for tests and for people who
 * want to see what a crash does. `<point>:<step>` waits for that step. They stand in the order in which a life of a
 * change meets them.
 */
import { Fault } from '../model/fault.ts';
import type { StepId } from '../model/ids.ts';

export const stopPoints = {
  propose: 'the change and its verdict are written',
  approve: 'the approval is written',
  claim: 'the run is claimed: its epoch is raised',
  lease: 'the leases are taken',
  observe: 'the state before the step is read, and nothing is written yet',
  start: 'the intent of the step and the state before it are written, and nothing is changed yet',
  apply: 'the system is changed, and the outcome is not written yet',
  outcome: 'the outcome of the step is written',
  settle: 'an outcome that nobody had recorded is settled',
  verify: 'the change is verified, and its end is written',
  compare: 'a recovery has compared all steps with now, and nothing is written yet',
  open: 'a recovery is opened and decided, and none of its steps has begun',
} as const;

export type StopPoint = keyof typeof stopPoints;

/** Called when a point is reached; the one from `main.ts` may not return. */
export type StopAfter = (point: StopPoint, step?: StepId) => void;

/**
 * Ends the process at a named point, as a crash would.
 * Faults: `invalid-input` for a point that there is not.
 * @param wanted `<point>`, or `<point>:<step>`
 */
export function stopAfterPoint(wanted: string | undefined, end: () => void): StopAfter {
  if (wanted === undefined) return () => {};
  const [point = '', step] = wanted.split(':', 2);
  if (!Object.hasOwn(stopPoints, point))
    throw new Fault('invalid-input', `RECOURSE_STOP_AFTER names no point: ${point}.`, {
      at: 'RECOURSE_STOP_AFTER',
      advice: '`recourse doctor --stop-points` lists them.',
    });
  return (reached, of) => {
    if (reached === point && (step === undefined || step === of)) end();
  };
}
