import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Hash } from '../../src/model/ids.ts';
import type { ChangeView } from '../../src/model/view.ts';
import { api } from '../api.ts';
import { actorName } from '../names.ts';
import { meQuery } from '../queries.ts';
import { useAct } from '../useAct.ts';
import { useMayNot } from '../useMayNot.ts';
import { Act } from './Act.tsx';
import { ActBar } from './ActBar.tsx';
import { Alone } from './Alone.tsx';
import { Card } from './Card.tsx';
import { FaultNote } from './FaultNote.tsx';
import { HashText } from './HashText.tsx';
import { ReasonForm } from './ReasonForm.tsx';

/** Approve or reject one plan. The hash that is shown is the hash that is sent. */
export function ApprovalPanel({ change, plan }: { readonly change: ChangeView; readonly plan: Hash }) {
  const { data: me } = useQuery(meQuery);
  const [note, setNote] = useState('');
  const [isRejecting, setRejecting] = useState(false);
  const approve = useAct(
    change.id,
    () => api.approve(change.id, { plan, ...(note.trim() && { note: note.trim() }) }),
    () => 'Approved.',
  );
  const reject = useAct(
    change.id,
    (because: string) => api.reject(change.id, because),
    () => 'Rejected.',
  );
  const isAlone = me !== undefined && change.proposedBy === me.by;
  const mayNot = useMayNot('approve');
  return (
    <Card id="approve" title="Needs an approval">
      {isAlone ? (
        <p className="second">
          You proposed this change. If you approve it too, it is marked <Alone /> wherever it stands.
        </p>
      ) : (
        <p className="second">Proposed by {actorName(change.proposedBy)}. You would be the second person.</p>
      )}
      {mayNot && <p id="may-not-approve">{mayNot}</p>}
      <ActBar>
        {isRejecting ? (
          <ReasonForm
            label="Why it is rejected"
            verb="Reject this plan"
            isAsked={reject.isAsked}
            fault={reject.fault}
            onSend={reject.act}
            onLeave={() => setRejecting(false)}
          />
        ) : (
          <>
            <div className="approve-note">
              <Textarea
                label="Note, if there is something to say"
                rows={1}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            </div>
            <div className="approve-acts">
              <Act size="page" onAct={() => setRejecting(true)} unavailable={mayNot ? 'may-not-approve' : undefined}>
                Reject
              </Act>
              <Act
                id="approve-plan"
                look="filled"
                size="page"
                isAsked={approve.isAsked}
                unavailable={mayNot ? 'may-not-approve' : undefined}
                onAct={() => approve.act(undefined)}
              >
                Approve this plan
              </Act>
            </div>
            <p className="act-note">
              You approve plan <HashText hash={plan} />. An edit voids it.
            </p>
          </>
        )}
        {approve.fault && <FaultNote fault={approve.fault} />}
      </ActBar>
    </Card>
  );
}
