/**
 * A fault means that no answer could be had. There is one class and one closed table: code → HTTP status, exit code,
 * whether trying again can help, and what to do. Findings, verdicts and decisions are answers and are returned; faults
 * are thrown where the world is touched, caught in one place, and written down.
 */
import type { FaultReport } from './fault-report.ts';
import type { Json } from './json.ts';

interface Row {
  readonly http: number;
  readonly exit: 2 | 3 | 4 | 5 | 6 | 70 | 130;
  /** `observe`: look at the world before anything else. */
  readonly retry: 'never' | 'later' | 'observe';
  readonly advice: string;
}
export const faults = {
  'invalid-input': { http: 422, exit: 2, retry: 'never', advice: 'Correct the input and try again.' },
  'not-found': { http: 404, exit: 2, retry: 'never', advice: 'Check the name; `recourse list` shows what is there.' },
  'out-of-order': { http: 409, exit: 2, retry: 'never', advice: 'See where the change stands with `recourse show`.' },
  'not-allowed': { http: 403, exit: 3, retry: 'never', advice: 'Ask somebody who may, or change the policy.' },
  irreversible: { http: 409, exit: 3, retry: 'never', advice: 'Propose the way forward instead.' },
  'window-closed': { http: 409, exit: 3, retry: 'never', advice: 'Propose the way forward instead.' },
  drifted: { http: 409, exit: 4, retry: 'never', advice: 'Compare before, after and now with `recourse compare`.' },
  'outcome-unknown': { http: 409, exit: 4, retry: 'observe', advice: 'Look at the resource, then resolve the step.' },
  'needs-a-person': { http: 409, exit: 4, retry: 'never', advice: 'A person has to act first.' },
  'credential-invalid': { http: 502, exit: 5, retry: 'never', advice: 'Replace the credentials of the connection.' },
  'permission-denied': { http: 502, exit: 5, retry: 'never', advice: 'Grant the permission, then retry the step.' },
  unreachable: { http: 502, exit: 5, retry: 'later', advice: 'Check that the system answers, then retry.' },
  'rate-limited': { http: 503, exit: 5, retry: 'later', advice: 'Wait, then retry.' },
  'timed-out': { http: 504, exit: 5, retry: 'observe', advice: 'Look at the resource, then retry.' },
  'verification-failed': { http: 409, exit: 5, retry: 'observe', advice: 'Recover the change.' },
  'in-use': { http: 409, exit: 5, retry: 'later', advice: 'Wait until the other one has finished.' },
  'store-failed': { http: 503, exit: 5, retry: 'later', advice: 'Check the store with `recourse doctor`, then retry.' },
  'evidence-broken': { http: 500, exit: 6, retry: 'never', advice: 'Keep the file and compare it with another copy.' },
  interrupted: { http: 499, exit: 130, retry: 'observe', advice: 'Run the same command again to go on.' },
  bug: { http: 500, exit: 70, retry: 'never', advice: 'This is a bug in Recourse. Report it with the lines above.' },
} as const satisfies Record<string, Row>;

export type FaultCode = keyof typeof faults;

export class Fault extends Error {
  readonly code: FaultCode;
  readonly advice: string;
  readonly at: string | undefined;
  readonly details: Json | undefined;

  /** @param message what is not possible, on which resource, and why: one or two sentences without a secret */
  constructor(
    code: FaultCode,
    message: string,
    more: { readonly advice?: string; readonly at?: string; readonly details?: Json; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Fault';
    this.code = code;
    this.advice = more.advice ?? faults[code].advice;
    this.at = more.at;
    this.details = more.details;
  }

  /** Any thrown thing as a fault; what is not one is a `bug`. */
  static from(thrown: unknown): Fault {
    if (thrown instanceof Fault) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new Fault('bug', message, { cause: thrown });
  }

  get report(): FaultReport {
    return {
      code: this.code,
      message: this.message,
      advice: this.advice,
      retry: faults[this.code].retry,
      ...(this.at !== undefined && { at: this.at }),
      ...(this.details !== undefined && { details: this.details }),
    };
  }
}
