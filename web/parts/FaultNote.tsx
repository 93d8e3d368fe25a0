import type { FaultReport } from '../../src/model/fault-report.ts';
import { Mark } from './Mark.tsx';
import { Prose } from './Prose.tsx';

/** What is not possible, on which resource, why, and what to do next. */
export function FaultNote({ fault, isQuiet = false }: { readonly fault: FaultReport; readonly isQuiet?: boolean }) {
  const names = fault.at && !fault.message.includes(fault.at);
  return (
    <div className="fault" data-tone="brick" role={isQuiet ? undefined : 'alert'}>
      <Mark name="answer-no" />
      <div>
        <p className="strong">
          <Prose text={fault.message} />
        </p>
        {names && <p className="mono">{fault.at}</p>}
        <p className="second">
          <Prose text={fault.advice} />
          {fault.retry === 'later' && ' It can be tried again.'}
        </p>
      </div>
    </div>
  );
}
