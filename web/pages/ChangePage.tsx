import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';

import type { ChangeId } from '../../src/model/ids.ts';
import { api } from '../api.ts';
import { ChangeBody } from '../parts/ChangeBody.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { SkeletonRows } from '../parts/SkeletonRows.tsx';
import { changeQuery } from '../queries.ts';
import { Refused } from '../Refused.ts';

const route = getRouteApi('/changes/$id');

/** All of one change on one page. The address takes the whole id, or any ending of it that is clear. */
export function ChangePage() {
  const { id } = route.useParams();
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id) ? <WholeId key={id} id={id as ChangeId} /> : <Ending ending={id} />;
}

function WholeId({ id }: { readonly id: ChangeId }) {
  const { data: change, error } = useQuery(changeQuery(id));
  if (change) return <ChangeBody change={change} fault={error ? Refused.from(error).fault : undefined} />;
  return error ? <Missing thrown={error} /> : <Loading />;
}

function Ending({ ending }: { readonly ending: string }) {
  const { data, error } = useQuery({ queryKey: ['find', ending], queryFn: () => api.find(ending), retry: false });
  if (data) return <Navigate to="/changes/$id" params={{ id: data.id }} replace />;
  return error ? <Missing thrown={error} /> : <Loading />;
}

function Missing({ thrown }: { readonly thrown: unknown }) {
  return (
    <div className="stack">
      <h1 tabIndex={-1}>This change cannot be shown</h1>
      <FaultNote fault={Refused.from(thrown).fault} />
    </div>
  );
}

function Loading() {
  return (
    <>
      <h1 tabIndex={-1} className="hidden">
        Change
      </h1>
      <div className="change-head-space">
        <SkeletonRows rows={3} height={32} />
      </div>
      <div className="columns">
        <div className="column-aside card">
          <SkeletonRows rows={6} height={44} />
        </div>
        <div className="column-main card">
          <SkeletonRows rows={9} height={44} />
        </div>
      </div>
    </>
  );
}
