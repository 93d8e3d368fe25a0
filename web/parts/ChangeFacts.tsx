import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { ChangeView } from '../../src/model/view.ts';
import { appliedAtOf } from '../appliedAtOf.ts';
import { actorName, shortId } from '../names.ts';
import { recoveryNouns } from '../words.ts';
import { Alone } from './Alone.tsx';
import { Moment } from './Moment.tsx';

/** One line: where, by whom, when, and what it belongs to. */
export function ChangeFacts({ change }: { readonly change: ChangeView }) {
  const connections = [...new Set(change.steps.flatMap((step) => step.connection ?? []))];
  const approval = change.approvals.at(-1);
  const appliedAt = appliedAtOf(change);
  const recovery = change.recoveries.at(-1);
  return (
    <dl className="change-facts">
      <Pair name="Environment">{change.environment}</Pair>
      {connections.length > 0 && (
        <Pair name={connections.length === 1 ? 'Connection' : 'Connections'}>{connections.join(', ')}</Pair>
      )}
      <Pair name="Proposed">
        {actorName(change.proposedBy)}, <Moment at={change.proposedAt} />
      </Pair>
      {approval && (
        <Pair name="Approved">
          {actorName(approval.by)}, <Moment at={approval.at} /> {approval.alone && <Alone />}
        </Pair>
      )}
      {change.approvedWith && <Pair name="Approved">with the change it recovers</Pair>}
      {appliedAt && (
        <Pair name={change.recovers ? 'Undone' : 'Applied'}>
          <Moment at={appliedAt} />
        </Pair>
      )}
      {change.recovers && (
        <Pair name={`${recoveryNouns[change.recovers.by]} of`}>
          <ChangeLink id={change.recovers.change} />
        </Pair>
      )}
      {change.follows && (
        <Pair name="Follows">
          <ChangeLink id={change.follows} />
        </Pair>
      )}
      {recovery && (
        <Pair name={recoveryNouns[recovery.transition]}>
          <ChangeLink id={recovery.change} />, <Moment at={recovery.at} />
        </Pair>
      )}
    </dl>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ChangeLink({ id }: { readonly id: string }) {
  return (
    <Link to="/changes/$id" params={{ id }} className="mono">
      {shortId(id)}
    </Link>
  );
}
