import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { StepComparison } from '../../src/model/comparison.ts';
import type { ChangeId } from '../../src/model/ids.ts';
import type { ChangeView, StepView } from '../../src/model/view.ts';
import { api } from '../api.ts';
import { isSame } from '../fieldRows.ts';
import { actorName } from '../names.ts';
import { meQuery } from '../queries.ts';
import { useAct } from '../useAct.ts';
import { Act } from './Act.tsx';
import { FaultNote } from './FaultNote.tsx';
import { Mark } from './Mark.tsx';
import { ReasonForm } from './ReasonForm.tsx';

interface RepairPanelProps {
  /** The change that is asked; its open recovery answers with the same step ids. */
  readonly change: ChangeId;
  readonly step: StepView;
  readonly compared?: StepComparison | undefined;
}
type Way = 'retry' | 'skip' | 'resolve';

/** The three answers to a failed step: again, skipped with a reason, or repaired by hand with a note. */
export function RepairPanel({ change, step, compared }: RepairPanelProps) {
  if (step.status === 'half-resolved') return <SecondPerson change={change} step={step} />;
  return step.status === 'failed' ? <ThreeWays change={change} step={step} compared={compared} /> : null;
}

function ThreeWays({ change, step, compared }: RepairPanelProps) {
  const [way, setWay] = useState<Way>('retry');
  const says = (view: ChangeView) => stepSays(view, step);
  const retry = useAct(change, () => api.retry(change, step.id), says);
  const skip = useAct(change, (because: string) => api.skip(change, step.id, because), says);
  const resolve = useAct(change, (note: string) => api.resolve(change, { step: step.id, note }), says);
  const differs = compared?.fields.some((one) => one.part === 'state' && !isSame(one.now, one.before));
  return (
    <div className="repair">
      <SegmentedControl
        value={way}
        onChange={(next) => setWay(next)}
        aria-label={`What to do with step ${step.id}`}
        data={[
          { value: 'retry', label: 'Retry' },
          { value: 'skip', label: 'Skip with a reason' },
          { value: 'resolve', label: 'Mark as resolved' },
        ]}
      />
      {way === 'retry' && (
        <div className="repair-line">
          <span className="second">Compares again first, then runs the step and goes on.</span>
          <Act onAct={() => retry.act(undefined)} isAsked={retry.isAsked}>
            Retry step {step.id}
          </Act>
          {retry.fault && <FaultNote fault={retry.fault} />}
        </div>
      )}
      {way === 'skip' && (
        <ReasonForm
          key="skip"
          label="Why it is left as it is"
          verb={`Skip step ${step.id}`}
          note="It stays as it is now, and the change says so."
          isAsked={skip.isAsked}
          fault={skip.fault}
          onSend={skip.act}
        />
      )}
      {way === 'resolve' && (
        <ReasonForm
          key="resolve"
          label="What you did by hand"
          verb={differs ? 'Record and ask a second person' : 'Record as resolved'}
          note={
            differs ? (
              <>
                <Mark name="hand" /> Now differs from before: a second person has to agree.
              </>
            ) : (
              'Looks at it once more, then records what is there.'
            )
          }
          look="filled"
          isAsked={resolve.isAsked}
          fault={resolve.fault}
          onSend={resolve.act}
        />
      )}
    </div>
  );
}

/** One person has said it is repaired, and what is there differs from before. */
function SecondPerson({ change, step }: RepairPanelProps) {
  const { data: me } = useQuery(meQuery);
  const says = (view: ChangeView) => stepSays(view, step);
  const confirm = useAct(change, (note: string) => api.resolve(change, { step: step.id, note }), says);
  const alone = useAct(
    change,
    (reason: string) => api.resolve(change, { step: step.id, note: reason, alone: reason }),
    says,
  );
  const first = step.resolved?.by;
  const isMine = me !== undefined && first === me.by;
  return (
    <div className="repair">
      <p className="second">
        {first ? actorName(first) : 'Somebody'} recorded it as repaired. What is there differs from before, so a second
        person has to agree.
      </p>
      {isMine ? (
        <ReasonForm
          label="Why you agree with yourself"
          verb="Agree alone"
          note="It is marked alone wherever it stands."
          isAsked={alone.isAsked}
          fault={alone.fault}
          onSend={alone.act}
        />
      ) : (
        <ReasonForm
          label="What you saw"
          verb={`Agree with ${first ? actorName(first) : 'it'}`}
          note="Looks at it once more, then records what is there."
          look="filled"
          isAsked={confirm.isAsked}
          fault={confirm.fault}
          onSend={confirm.act}
        />
      )}
    </div>
  );
}

const stepSays = (view: ChangeView, step: StepView): string =>
  `Step ${step.id} is recorded. The change is ${view.status.replaceAll('-', ' ')}.`;
