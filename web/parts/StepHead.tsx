import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import type { ReactNode } from 'react';

import type { StepView } from '../../src/model/view.ts';
import { resourceParts } from '../names.ts';

interface StepHeadProps {
  readonly step: StepView;
  /** The number or name in the box: the id of the step, or of what it undoes. */
  readonly id: string;
  readonly isOpen?: boolean;
  readonly onToggle?: (() => void) | undefined;
  readonly children?: ReactNode;
}

/** The first line of a step: which, what, where; at the far end where it stands. */
export function StepHead({ step, id, isOpen = false, onToggle, children }: StepHeadProps) {
  const what = step.resource ? resourceParts(step.resource).what : step.wait ? step.wait.until.check : '';
  const names = (
    <>
      <span className="step-title">{step.wait ? `Wait until ${step.wait.until.check}` : step.title}</span>
      {what && !step.wait && <span className="step-what mono">{what}</span>}
    </>
  );
  return (
    <div className="step-head">
      <span className="step-id" aria-label={`Step ${id}`}>
        {id}
      </span>
      {onToggle ? (
        <button type="button" className="step-names" aria-expanded={isOpen} onClick={onToggle}>
          {names}
          <IconChevronDown className="step-chevron" size={16} aria-hidden="true" />
        </button>
      ) : (
        <span className="step-names">{names}</span>
      )}
      <span className="step-aside">{children}</span>
    </div>
  );
}
