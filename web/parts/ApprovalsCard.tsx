import { Link } from '@tanstack/react-router';

import type { ChangeView } from '../../src/model/view.ts';
import { actorName, sentence, shortId } from '../names.ts';
import { Alone } from './Alone.tsx';
import { Card } from './Card.tsx';
import { HashText } from './HashText.tsx';
import { Moment } from './Moment.tsx';

/** Who agreed to which plan, when; who refused, and why. */
export function ApprovalsCard({ change }: { readonly change: ChangeView }) {
  return (
    <Card id="approval" title="Approval">
      {change.approvals.map((approval) => (
        <div key={approval.at}>
          <p>
            <span className="strong">{actorName(approval.by)}</span>
            {approval.alone && (
              <>
                {' '}
                <Alone />
              </>
            )}
            , <Moment at={approval.at} />, for plan <HashText hash={approval.plan} />
            {approval.plan === change.plan ? '.' : '. An edit has voided it.'}
          </p>
          {approval.note && <p className="quote">{approval.note}</p>}
        </div>
      ))}
      {change.approvedWith && (
        <p>
          Approved with the plan of{' '}
          <Link to="/changes/$id" params={{ id: change.approvedWith }}>
            {shortId(change.approvedWith)}
          </Link>
          , which names what undoes it.
        </p>
      )}
      {change.refused && (
        <p>
          <span className="strong">{actorName(change.refused.by)}</span> refused it:{' '}
          {change.refused.reasons.map((reason) => sentence(reason)).join(' ')}
        </p>
      )}
      {change.cancelAsked && (
        <p>
          <span className="strong">{actorName(change.cancelAsked.by)}</span> asked to cancel it:{' '}
          {sentence(change.cancelAsked.because)}
        </p>
      )}
      {change.approvals.length === 0 && !change.approvedWith && !change.refused && (
        <p className="second">
          Nobody has approved it yet.
          {change.plan && (
            <>
              {' '}
              Its plan is <HashText hash={change.plan} />.
            </>
          )}
        </p>
      )}
    </Card>
  );
}
