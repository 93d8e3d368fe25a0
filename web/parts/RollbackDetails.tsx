import { useState } from 'react';

import type { Comparison, StepComparison } from '../../src/model/comparison.ts';
import type { ChangeView } from '../../src/model/view.ts';
import { actorName, sentence } from '../names.ts';
import { undoneCount, type UndoneStep, undoneSteps } from '../undoneSteps.ts';
import { drifts, failedAs, undoStatuses, type Word } from '../words.ts';
import { Card } from './Card.tsx';
import { FaultNote } from './FaultNote.tsx';
import { FieldsTable } from './FieldsTable.tsx';
import { Moment } from './Moment.tsx';
import { RepairPanel } from './RepairPanel.tsx';
import { ResolvedLine } from './ResolvedLine.tsx';
import { Said } from './Said.tsx';
import { StepHead } from './StepHead.tsx';

interface RollbackDetailsProps {
  readonly recovery: ChangeView;
  /** The change that it recovers; absent while it is being read. */
  readonly of: ChangeView | undefined;
  readonly comparison: Comparison | undefined;
}

/** What a rollback did with each step, and why where it could not. */
export function RollbackDetails({ recovery, of, comparison }: RollbackDetailsProps) {
  return (
    <Card
      id="rollback-details"
      title="Rollback details"
      note="last applied, first undone"
      aside={<Counts recovery={recovery} />}
      isFlush
    >
      <ol>
        {undoneSteps(recovery, of).map((undone) => (
          <UndoneRow
            key={undone.step.id}
            undone={undone}
            asked={of ?? recovery}
            recovery={recovery}
            compared={comparison?.steps.find((one) => one.step === undone.id)}
            at={comparison?.at}
          />
        ))}
      </ol>
    </Card>
  );
}

const countWords = {
  undone: { ...undoStatuses.applied, word: 'undone' },
  byHand: { ...undoStatuses.resolved, word: 'by hand' },
  skipped: { ...undoStatuses.skipped, word: 'skipped' },
  failed: { ...undoStatuses.failed, word: 'failed' },
  half: { ...undoStatuses['half-resolved'], word: 'needs a second person' },
  moving: { ...undoStatuses.started, word: 'under way' },
  notReached: { ...undoStatuses.pending, word: 'not reached' },
} satisfies Record<keyof ReturnType<typeof undoneCount>, Word>;

function Counts({ recovery }: { readonly recovery: ChangeView }) {
  const counts = undoneCount(recovery);
  return Object.entries(countWords).map(
    ([name, word]) =>
      counts[name as keyof typeof counts] > 0 && (
        <Said key={name} word={word}>
          {counts[name as keyof typeof counts]} {word.word}
        </Said>
      ),
  );
}

interface UndoneRowProps {
  readonly undone: UndoneStep;
  readonly asked: ChangeView;
  readonly recovery: ChangeView;
  readonly compared: StepComparison | undefined;
  readonly at: string | undefined;
}

function UndoneRow({ undone: { step, undoes }, asked, recovery, compared, at }: UndoneRowProps) {
  const needsSomebody = step.status === 'failed' || step.status === 'half-resolved';
  const [isToggled, setToggled] = useState<boolean>();
  const isOpen = isToggled ?? needsSomebody;
  const shown = undoes ?? step;
  const isMoved = compared && compared.drift !== 'clean';
  const drift = recovery.compared?.steps.find((one) => one.step === step.undoes)?.drift ?? compared?.drift;
  return (
    <li className="step" data-tone={needsSomebody ? 'ochre' : undefined}>
      <StepHead step={shown} id={step.id} isOpen={isOpen} onToggle={() => setToggled(!isOpen)}>
        {step.endedAt && step.status !== 'failed' && <Moment at={step.endedAt} isExact />}
        {drift && drift !== 'clean' && needsSomebody && <Said word={drifts[drift]} />}
        {step.skipped?.restored && <Said word={drifts['already-restored']} />}
        <Said word={undoStatuses[step.status]} />
      </StepHead>
      {step.failed && needsSomebody && (
        <div className="step-said">
          <FaultNote fault={step.failed.fault} isQuiet />
          <p>{failedAs[step.failed.as]}</p>
        </div>
      )}
      {step.skipped && (
        <p className="step-said">
          {step.skipped.restored
            ? sentence(step.skipped.because)
            : `Skipped by ${actorName(step.skipped.by)}: ${sentence(step.skipped.because)}`}
        </p>
      )}
      {step.resolved && <ResolvedLine resolved={step.resolved} />}
      <div className="step-fold" data-open={isOpen || undefined}>
        <FieldsTable step={shown} compared={compared} at={at} isBlocked={needsSomebody && isMoved === true} />
      </div>
      <RepairPanel change={asked.id} step={step} compared={compared} />
    </li>
  );
}
