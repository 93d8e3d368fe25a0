import { Link } from '@tanstack/react-router';

import type { ChangeId, StepId } from '../../src/model/ids.ts';

/** What is left after a change can be bridged by another one, prefilled. */
export function BridgeLink({ change, step }: { readonly change: ChangeId; readonly step: StepId }) {
  return (
    <p className="step-said step-findings">
      What is there now is not what was there before.{' '}
      <Link to="/changes/new" search={{ bridge: change, step }}>
        Propose a change that bridges it
      </Link>
    </p>
  );
}
