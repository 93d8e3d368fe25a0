import type { ChangeView } from '../../src/model/view.ts';
import { count, resourceParts } from '../names.ts';

interface HeldProps {
  readonly change: ChangeView;
  /** Its open recovery, to which the leases have moved. */
  readonly recovery: ChangeView | undefined;
}

/** What the change still holds, and the work that it owes. */
export function Held({ change, recovery }: HeldProps) {
  const leases = [...change.leases, ...(recovery?.leases ?? [])];
  if (leases.length === 0 && change.owed.length === 0) return null;
  return (
    <dl className="pairs part">
      {leases.length > 0 && (
        <>
          <dt>Held</dt>
          <dd>
            {leases.length > 3
              ? `${count(leases.length, 'resource')}, until it is at rest`
              : leases.map((lease) => (
                  <span key={lease} className="mono held-resource">
                    {resourceParts(lease).connection} {resourceParts(lease).what}
                  </span>
                ))}
          </dd>
        </>
      )}
      {change.owed.length > 0 && (
        <>
          <dt>Owed</dt>
          <dd>
            {change.owed.map((what) => (
              <span key={what} className="held-resource">
                {what}
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
