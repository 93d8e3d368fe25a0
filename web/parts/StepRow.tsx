import { type ReactNode, useState } from 'react';

import type { StepComparison } from '../../src/model/comparison.ts';
import type { ChangeId } from '../../src/model/ids.ts';
import type { StepView } from '../../src/model/view.ts';
import { isUnread } from '../fieldRows.ts';
import { actorName, sentence } from '../names.ts';
import { durationWords } from '../time.ts';
import { answers, drifts, failedAs, stepStatuses } from '../words.ts';
import { BridgeLink } from './BridgeLink.tsx';
import { FaultNote } from './FaultNote.tsx';
import { FieldsTable } from './FieldsTable.tsx';
import { FindingList } from './FindingList.tsx';
import { Moment } from './Moment.tsx';
import { ResolvedLine } from './ResolvedLine.tsx';
import { Said } from './Said.tsx';
import { StepHead } from './StepHead.tsx';
import { StepPlan } from './StepPlan.tsx';

interface StepRowProps {
  readonly change: ChangeId;
  readonly step: StepView;
  readonly compared?: StepComparison | undefined;
  readonly at?: string | undefined;
  readonly startsOpen: boolean;
  /** What differs is shown elsewhere on the page. */
  readonly isQuiet: boolean;
  /** The change has been rolled back: what still differs is left over. */
  readonly isTakenBack: boolean;
  /** What a person can do about it. */
  readonly children?: ReactNode;
}

/** One step of a change: what it does, what undoes it, and what was read before, after and now. */
export function StepRow({ change, step, compared, at, startsOpen, isQuiet, isTakenBack, children }: StepRowProps) {
  const isTrouble = step.status === 'failed' || step.status === 'half-resolved';
  const differs = compared !== undefined && compared.drift !== 'clean' && compared.drift !== 'already-restored';
  const unread = compared !== undefined && isUnread(compared);
  const [isToggled, setToggled] = useState<boolean>();
  const isOpen = isToggled ?? (startsOpen || (!isQuiet && (isTrouble || differs)));
  const took = step.startedAt && step.endedAt && Date.parse(step.endedAt) - Date.parse(step.startedAt);
  const isDone = step.status === 'applied';
  const wait = step.wait && isDone ? { ...stepStatuses.applied, word: 'Came' } : undefined;
  return (
    <li className="step" data-tone={isTrouble ? 'ochre' : undefined}>
      <StepHead step={step} id={step.id} isOpen={isOpen} onToggle={() => setToggled(!isOpen)}>
        {typeof took === 'number' && <span>{durationWords(took)}</span>}
        {compared && isDone && !step.wait ? (
          <Said word={unread ? answers.unknown : drifts[compared.drift]} />
        ) : (
          <Said word={wait ?? (step.status === 'pending' ? notBegun : stepStatuses[step.status])} />
        )}
      </StepHead>
      {differs && (
        <p className="step-said">
          {sentence(compared.because)} {!unread && 'Who changed it is unknown.'}
        </p>
      )}
      {step.status === 'waiting' && step.waits && <WaitLine waits={step.waits} every={step.wait?.every} />}
      {step.failed && isTrouble && (
        <div className="step-said">
          <FaultNote fault={step.failed.fault} isQuiet />
          <p>{failedAs[step.failed.as]}</p>
        </div>
      )}
      {step.skipped && (
        <p className="step-said">
          Skipped by {actorName(step.skipped.by)}: {sentence(step.skipped.because)}
        </p>
      )}
      {step.resolved && <ResolvedLine resolved={step.resolved} />}
      <div className="step-fold" data-open={isOpen || undefined}>
        {!step.after && <StepPlan step={step} />}
        <FieldsTable step={step} compared={compared} at={at} isBlocked={differs} />
        {step.findings.length > 0 && (
          <div className="step-said step-findings">
            <FindingList findings={step.findings} />
          </div>
        )}
        {compared && compared.failingBefore.length > 0 && (
          <div className="step-said step-findings">
            <p className="strong">Already so before this change</p>
            <FindingList findings={compared.failingBefore} />
          </div>
        )}
        {compared?.bridge && (differs || isTakenBack) && <BridgeLink change={change} step={step.id} />}
      </div>
      {children}
    </li>
  );
}

const notBegun = { ...stepStatuses.pending, word: 'Not begun' };

function WaitLine({
  waits,
  every,
}: {
  readonly waits: NonNullable<StepView['waits']>;
  readonly every: number | undefined;
}) {
  return (
    <p className="step-said">
      {sentence(waits.seen)} Asked again at <Moment at={waits.askAgainAt} />
      {every !== undefined && `, every ${durationWords(every * 1000)}`}
      {waits.until && (
        <>
          , until <Moment at={waits.until} />
        </>
      )}
      .
    </p>
  );
}
