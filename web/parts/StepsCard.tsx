import type { Comparison } from '../../src/model/comparison.ts';
import type { FaultReport } from '../../src/model/fault-report.ts';
import type { ChangeView } from '../../src/model/view.ts';
import { count } from '../names.ts';
import { statuses } from '../words.ts';
import { Act } from './Act.tsx';
import { Card } from './Card.tsx';
import { FaultNote } from './FaultNote.tsx';
import { Moment } from './Moment.tsx';
import { RepairPanel } from './RepairPanel.tsx';
import { StepRow } from './StepRow.tsx';

interface StepsCardProps {
  readonly change: ChangeView;
  readonly comparison: Comparison | undefined;
  readonly isLooking: boolean;
  readonly fault: FaultReport | undefined;
  readonly onLook: () => void;
  /** The first step is open, as long as nothing else shows the same. */
  readonly startsOpen: boolean;
}

/** Every step of a change, with what was read before, after and now. */
export function StepsCard({ change, comparison, isLooking, fault, onLook, startsOpen }: StepsCardProps) {
  const hasOpenRecovery = change.status === 'recovering';
  const isTakenBack = statuses[change.status].group === 'taken-back';
  return (
    <Card
      id="steps"
      title="Steps"
      note={<LookNote comparison={comparison} isLooking={isLooking} isTakenBack={isTakenBack} />}
      aside={
        (comparison ?? fault) && (
          <Act look="plain" size="row" isAsked={isLooking} onAct={onLook}>
            Look again
          </Act>
        )
      }
      isFlush
    >
      {fault && (
        <div className="card-pad">
          <FaultNote fault={fault} isQuiet />
        </div>
      )}
      <ol>
        {change.steps.map((step, i) => (
          <StepRow
            key={step.id}
            change={change.id}
            step={step}
            compared={comparison?.steps.find((one) => one.step === step.id)}
            at={comparison?.at}
            startsOpen={startsOpen && i === 0}
            isQuiet={!startsOpen}
            isTakenBack={isTakenBack}
          >
            {!hasOpenRecovery && !change.recovers && <RepairPanel change={change.id} step={step} />}
          </StepRow>
        ))}
      </ol>
    </Card>
  );
}

interface LookNoteProps {
  readonly comparison: Comparison | undefined;
  readonly isLooking: boolean;
  readonly isTakenBack: boolean;
}

function LookNote({ comparison, isLooking, isTakenBack }: LookNoteProps) {
  if (isLooking) return 'asked what is there now';
  if (!comparison) return undefined;
  const wanted = isTakenBack ? 'already-restored' : 'clean';
  const others = comparison.steps.filter(({ drift }) => drift !== wanted).length;
  const as = isTakenBack ? 'as it was before the change' : 'as the change left it';
  return (
    <>
      looked at again <Moment at={comparison.at} />,{' '}
      {others === 0 ? `everything is ${as}` : `${count(others, 'step')} not ${as}`}
    </>
  );
}
