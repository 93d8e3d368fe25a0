import type { StepView } from '../../src/model/view.ts';
import { actorName, sentence } from '../names.ts';
import { Alone } from './Alone.tsx';

/** What somebody repaired by hand, and whether it is as it was. */
export function ResolvedLine({ resolved }: { readonly resolved: NonNullable<StepView['resolved']> }) {
  return (
    <p className="step-said">
      By hand, <span className="strong">{actorName(resolved.by)}</span> {resolved.alone && <Alone />}:{' '}
      {sentence(resolved.note)} {resolved.differs && 'What is there differs from before.'}
    </p>
  );
}
