import type { StepView } from '../../src/model/view.ts';
import { sentence } from '../names.ts';
import { classes, knownBy } from '../words.ts';
import { InvocationText } from './InvocationText.tsx';
import { Mark } from './Mark.tsx';
import { Said } from './Said.tsx';

type Planned = Pick<StepView, 'operation' | 'params' | 'class' | 'because' | 'known' | 'inverse' | 'instead' | 'wait'>;

/** Before a step has run: what it does, what would undo it, and how that is known. */
export function StepPlan({ step }: { readonly step: Planned }) {
  if (step.wait) return null;
  return (
    <div className="step-said">
      <InvocationText operation={step.operation} params={step.params} />
      {step.inverse.map((does, i) => (
        <p key={i} className="undone-by" data-tone="teal">
          <Mark name="status-taken-back" />
          <span className="hidden">Undone by</span>
          <InvocationText operation={does.operation} params={does.params} />
        </p>
      ))}
      {step.class && (
        <p>
          <Said word={classes[step.class]} />
          {step.because && `: ${sentence(step.because)}`}
          {step.known && ` Known by ${knownBy[step.known]}.`}
        </p>
      )}
      {step.instead && <p>Instead: {sentence(step.instead)}</p>}
    </div>
  );
}
