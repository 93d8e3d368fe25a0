import type { ChangeView } from '../../src/model/view.ts';
import { api } from '../api.ts';
import { count } from '../names.ts';
import { useAct } from '../useAct.ts';
import { useMayNot } from '../useMayNot.ts';
import { Act } from './Act.tsx';
import { ActBar } from './ActBar.tsx';
import { Card } from './Card.tsx';
import { FaultNote } from './FaultNote.tsx';
import { TakeOver } from './TakeOver.tsx';

/** An approved change can be run; an interrupted one goes on where it stopped. */
export function RunPanel({ change }: { readonly change: ChangeView }) {
  const run = useAct(
    change.id,
    () => api.run(change.id),
    (view) => `The change is ${view.status.replaceAll('-', ' ')}.`,
  );
  const mayNot = useMayNot('run');
  const left = change.steps.filter(({ status }) => status === 'pending').length;
  return (
    <Card id="run" title={change.interrupted ? 'Interrupted' : 'Next'}>
      <p className="second">
        {change.interrupted
          ? 'Nobody is at it. It looks at the world first, settles what is in doubt, then goes on.'
          : 'Each step is read before and after. What was there is stored before anything is touched.'}
      </p>
      <ActBar>
        <Act
          id="run-steps"
          look="filled"
          size="page"
          isAsked={run.isAsked}
          unavailable={mayNot && 'may-not-run'}
          onAct={() => run.act(undefined)}
        >
          {change.interrupted ? 'Go on' : `Run ${count(left, 'step')}`}
        </Act>
        {mayNot && (
          <p id="may-not-run" className="act-note">
            {mayNot}
          </p>
        )}
      </ActBar>
      {run.fault && <FaultNote fault={run.fault} />}
      {run.fault?.code === 'in-use' && run.fault.at && <TakeOver change={change.id} resource={run.fault.at} />}
    </Card>
  );
}
