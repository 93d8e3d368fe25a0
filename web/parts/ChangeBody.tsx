import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import type { FaultReport } from '../../src/model/fault-report.ts';
import type { ChangeId } from '../../src/model/ids.ts';
import type { ChangeView } from '../../src/model/view.ts';
import { announceNow } from '../announcement.ts';
import { api } from '../api.ts';
import { focusOn, moveFocus } from '../focusOn.ts';
import { changeQuery, compareQuery } from '../queries.ts';
import { Refused } from '../Refused.ts';
import { useAct } from '../useAct.ts';
import { useKeys } from '../useKeys.ts';
import { useNow } from '../useNow.ts';
import { statuses, statusWord } from '../words.ts';
import { type Anchor, Anchors } from './Anchors.tsx';
import { ApprovalPanel } from './ApprovalPanel.tsx';
import { ApprovalsCard } from './ApprovalsCard.tsx';
import { Card } from './Card.tsx';
import { ChangeHead } from './ChangeHead.tsx';
import { copyId } from './CopyId.tsx';
import { DecisionCard } from './DecisionCard.tsx';
import { EvidenceCard } from './EvidenceCard.tsx';
import { FaultNote } from './FaultNote.tsx';
import { FindingList } from './FindingList.tsx';
import { NotesCard } from './NotesCard.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { RollbackDetails } from './RollbackDetails.tsx';
import { RunPanel } from './RunPanel.tsx';
import { StepsCard } from './StepsCard.tsx';
import { VerificationCard } from './VerificationCard.tsx';
import { WayBack } from './WayBack.tsx';
import { WayForward } from './WayForward.tsx';
import { WindowBar } from './WindowBar.tsx';

/** The page of a change: head, window, the way back on the right, and every part of its record. */
export function ChangeBody({
  change,
  fault,
}: {
  readonly change: ChangeView;
  readonly fault: FaultReport | undefined;
}) {
  const [isWriting, setWriting] = useState(false);
  const [isCancelling, setCancelling] = useState(false);
  const navigate = useNavigate();
  const compare = useQuery(compareQuery(change));
  const recovery = useRelated(change.recoveries.at(-1)?.change);
  const recovered = useRelated(change.recovers?.change);
  const recoveredComparison = useQuery(compareQuery(recovered));
  const cancel = useAct(
    change.id,
    (because: string) => api.cancel(change.id, because),
    () => 'Cancellation is recorded.',
    () => setCancelling(false),
  );
  const close = useAct(
    change.id,
    () => api.close(change.id),
    () => 'Closed.',
  );
  const act = actOf(change);
  const write = () => {
    setWriting(true);
    document.getElementById('notes')?.scrollIntoView({ block: 'center' });
  };
  useStuckAloud(change);
  useClosingAloud(change);
  useKeys({
    n: write,
    r: () => focusOn('#roll-back') || focusOn('#way-back'),
    a: () => focusOn('#approve-plan') || focusOn('#approval'),
    y: () => copyId(change.id),
    d: () => moveFocus('[data-differs]', 1),
    Escape: () => void navigate({ to: '/changes' }),
  });
  const details = change.recovers ? change : recovery;
  return (
    <>
      <ChangeHead
        change={change}
        onNote={write}
        onCancel={canCancel(change) ? () => setCancelling(true) : undefined}
        onClose={canClose(change) ? () => close.act(undefined) : undefined}
      />
      {fault && <FaultNote fault={fault} />}
      {close.fault && <FaultNote fault={close.fault} />}
      {isCancelling && (
        <div className="in-place">
          <ReasonForm
            label="Why it is cancelled"
            verb="Cancel this change"
            note="During a run it stops after the step that is under way."
            isAsked={cancel.isAsked}
            fault={cancel.fault}
            onSend={cancel.act}
            onLeave={() => setCancelling(false)}
          />
        </div>
      )}
      {!change.recovers && <WindowBar change={change} />}
      <Anchors anchors={anchorsOf(change, details)} />
      <div className="columns">
        <div className="column-aside">
          {act === 'approve' && change.plan && <ApprovalPanel change={change} plan={change.plan} />}
          {act === 'run' && <RunPanel change={change} />}
          <WayBack change={change} comparison={compare.data} recovery={recovery} isAside={act !== undefined} />
          {act === undefined && !change.wayBack.open && change.status !== 'recovering' && (
            <WayForward change={change} />
          )}
        </div>
        <div className="column-main">
          {details && (
            <RollbackDetails
              recovery={details}
              of={change.recovers ? recovered : change}
              comparison={change.recovers ? recoveredComparison.data : compare.data}
            />
          )}
          {!change.recovers && (
            <StepsCard
              change={change}
              comparison={compare.data}
              isLooking={compare.isFetching}
              fault={compare.error ? Refused.from(compare.error).fault : undefined}
              onLook={() => void compare.refetch()}
              startsOpen={!details}
            />
          )}
          {change.findings.length > 0 && (
            <Card id="findings" title="What was found" note="before the run, in what it carries">
              <FindingList findings={change.findings} />
            </Card>
          )}
          {change.decisions.length > 0 && <DecisionCard change={change} />}
          <VerificationCard change={change} />
          {change.decisions.length === 0 && canBeDecided(change) && <DecisionCard change={change} />}
          <div className="card-pair">
            <ApprovalsCard change={change} />
            <NotesCard change={change} isWriting={isWriting} onWrite={setWriting} />
          </div>
          <EvidenceCard change={change} />
        </div>
      </div>
    </>
  );
}

function useRelated(id: ChangeId | undefined): ChangeView | undefined {
  const { data } = useQuery({ ...changeQuery(id ?? ('' as ChangeId)), enabled: id !== undefined });
  return data;
}

/** Stuck is said at once, and once. */
function useStuckAloud(change: ChangeView): void {
  const { word, group } = statusWord(change);
  const isStuck = group === 'needs-a-person' && word.toLowerCase().includes('stuck');
  useEffect(() => {
    if (isStuck) announceNow(`${word}: this change needs a person.`);
  }, [isStuck, word]);
}

const closingMs = 600_000;

/** That the way back is about to close is said at once, and once. */
function useClosingAloud({ wayBack, window: closes }: ChangeView): void {
  const end = closes?.until ? Date.parse(closes.until) : Infinity;
  const left = end - useNow(end);
  const isClosing = wayBack.open && left > 0 && left < closingMs;
  useEffect(() => {
    if (isClosing) announceNow('The way back of this change closes in less than 10 minutes.');
  }, [isClosing]);
}

/** What a person would do next here, besides taking it back. */
function actOf(change: ChangeView): 'approve' | 'run' | undefined {
  if (change.status === 'awaiting-approval' && change.plan) return 'approve';
  return change.status === 'approved' || change.interrupted ? 'run' : undefined;
}

const canBeDecided = (change: ChangeView): boolean =>
  !change.recovers && change.steps.some((step) => step.status !== 'pending');
const canCancel = (change: ChangeView): boolean =>
  !change.cancelAsked && ['preparing', 'moving', 'needs-a-person'].includes(statuses[change.status].group);
const canClose = (change: ChangeView): boolean =>
  ['in-place', 'taken-back', 'failed'].includes(statuses[change.status].group) && change.status !== 'closed';

function anchorsOf(change: ChangeView, details: ChangeView | undefined): readonly Anchor[] {
  return [
    ...(details ? [{ id: 'rollback-details', word: 'Rollback details', count: details.steps.length }] : []),
    ...(change.recovers ? [] : [{ id: 'steps', word: 'Steps', count: change.steps.length }]),
    ...(change.decisions.length > 0 && !change.recovers
      ? [{ id: 'decision', word: 'Decision', count: change.decisions.length }]
      : []),
    { id: 'verification', word: 'Verification' },
    { id: 'approval', word: 'Approval', count: change.approvals.length || undefined },
    { id: 'notes', word: 'Notes', count: change.notes.length },
    { id: 'evidence', word: 'Evidence', count: change.head.seq },
  ];
}
