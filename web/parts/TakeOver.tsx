import { useState } from 'react';

import type { ChangeId } from '../../src/model/ids.ts';
import { api } from '../api.ts';
import { useAct } from '../useAct.ts';
import { Act } from './Act.tsx';
import { ReasonForm } from './ReasonForm.tsx';

/** Moves a lease that another change holds to this one, with a reason. */
export function TakeOver({ change, resource }: { readonly change: ChangeId; readonly resource: string }) {
  const [isOpen, setOpen] = useState(false);
  const take = useAct(
    change,
    (because: string) => api.takeOver(change, resource, because),
    () => `Taken over: ${resource}.`,
  );
  if (!isOpen)
    return (
      <Act size="row" onAct={() => setOpen(true)}>
        Take over {resource}
      </Act>
    );
  return (
    <ReasonForm
      label={`Why ${resource} is taken over`}
      verb="Take it over"
      isAsked={take.isAsked}
      fault={take.fault}
      onSend={take.act}
      onLeave={() => setOpen(false)}
    />
  );
}
