import '../styles/mantine-form.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';

import type { ChangeId } from '../../src/model/ids.ts';
import { api } from '../api.ts';
import { type Draft, draftOf, emptyDraft } from '../draft.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import { ProposeForm } from '../parts/ProposeForm.tsx';
import { SkeletonRows } from '../parts/SkeletonRows.tsx';
import type { ProposeSearch } from '../proposeSearch.ts';
import { connectionsQuery, operationsQuery } from '../queries.ts';
import { Refused } from '../Refused.ts';

const route = getRouteApi('/changes/new');

/** A new change, empty or prefilled: from an operation, as the way forward of a change, or as a bridge after it. */
export function ProposePage() {
  const search = route.useSearch();
  const operations = useQuery(operationsQuery);
  const connections = useQuery(connectionsQuery);
  const start = useQuery({
    queryKey: ['draft', search],
    queryFn: () => startingDraft(search),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const error = operations.error ?? connections.error ?? start.error;
  if (error)
    return (
      <div className="stack">
        <h1 tabIndex={-1}>Propose a change</h1>
        <FaultNote fault={Refused.from(error).fault} />
      </div>
    );
  if (!operations.data || !connections.data || !start.data)
    return (
      <div className="stack">
        <h1 tabIndex={-1}>Propose a change</h1>
        <div className="card">
          <SkeletonRows rows={8} height={48} />
        </div>
      </div>
    );
  return (
    <ProposeForm
      key={JSON.stringify(search)}
      start={start.data}
      operations={operations.data}
      connections={connections.data}
    />
  );
}

async function startingDraft({ operation, forward, bridge, step }: ProposeSearch): Promise<Draft> {
  if (forward) {
    const { id, status, wayForward } = await api.change(forward as ChangeId);
    if (wayForward && status === 'closed') {
      // What is closed takes no recovery any more; a change that follows it is linked to it all the same.
      const { recovers: _, ...unlinked } = wayForward;
      return draftOf({ ...unlinked, follows: id });
    }
    if (wayForward) return draftOf(wayForward);
  }
  if (bridge) {
    const { steps } = await api.compare(bridge as ChangeId);
    const proposal = steps.find((one) => one.step === step)?.bridge;
    if (proposal) return draftOf(proposal);
  }
  return emptyDraft(operation);
}
