import { useQuery } from '@tanstack/react-query';

import type { Json } from '../../src/model/json.ts';
import { Card } from '../parts/Card.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { SkeletonRows } from '../parts/SkeletonRows.tsx';
import { Value } from '../parts/Value.tsx';
import { connectionsQuery } from '../queries.ts';
import { Refused } from '../Refused.ts';

/** Where changes can be made, and as whom. Secrets show their lock and fingerprint only. */
export function ConnectionsPage() {
  const { data, error } = useQuery(connectionsQuery);
  return (
    <>
      <header className="page-head">
        <h1 tabIndex={-1}>Connections</h1>
        <p className="page-note">
          Where changes can be made. More are added with <code className="mono">recourse connections add</code>.
        </p>
      </header>
      <div className="connections">
        {error && <FaultNote fault={Refused.from(error).fault} />}
        {!data && !error && (
          <div className="card">
            <SkeletonRows rows={3} height={44} />
          </div>
        )}
        {data?.map(({ id, system, builtIn, settings }) => (
          <Card key={id} title={id} note={system} aside={builtIn && <span className="meta">always there</span>}>
            <dl className="pairs">
              {pairsOf(settings).map(([name, value]) => (
                <div key={name} className="pair">
                  <dt>{name}</dt>
                  <dd>
                    <Value value={value} />
                  </dd>
                </div>
              ))}
            </dl>
            {pairsOf(settings).length === 0 && <p className="second">Nothing to set.</p>}
          </Card>
        ))}
        {data?.length === 0 && <p className="nothing card">No connection yet. Add one in the terminal.</p>}
      </div>
    </>
  );
}

const pairsOf = (settings: Json): readonly (readonly [string, Json])[] =>
  typeof settings === 'object' && settings !== null && !Array.isArray(settings)
    ? Object.entries(settings as Record<string, Json>)
    : [];
