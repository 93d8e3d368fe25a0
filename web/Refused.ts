import type { FaultReport } from '../src/model/fault-report.ts';

/** An answer that is a fault: what is not possible, on which resource, why, what next. */
export class Refused extends Error {
  readonly fault: FaultReport;
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;

  constructor(fault: FaultReport, status: number) {
    super(fault.message);
    this.name = 'Refused';
    this.fault = fault;
    this.status = status;
  }

  /** Any thrown thing, as what a person can be shown. */
  static from(thrown: unknown): Refused {
    if (thrown instanceof Refused) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new Refused(
      { code: 'bug', message, advice: 'Load the page again and report this line.', retry: 'never' },
      0,
    );
  }
}
