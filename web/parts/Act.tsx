import type { ReactNode } from 'react';

import { Mark } from './Mark.tsx';

interface ActProps {
  /** A verb, its object and a count. */
  readonly children: ReactNode;
  readonly onAct?: (() => void) | undefined;
  /** `filled` is the one act of a view. */
  readonly look?: 'filled' | 'plain' | 'quiet';
  readonly size?: 'row' | 'usual' | 'page';
  readonly icon?: ReactNode;
  /** The key that does the same. */
  readonly keys?: string;
  /** Sent, and its fact not stored yet. */
  readonly isAsked?: boolean;
  /** Id of the text that says why this is not possible; the button stays in reach, and does nothing. */
  readonly unavailable?: string | undefined;
  readonly submits?: boolean;
  readonly isOpen?: boolean;
  readonly id?: string;
}

export function Act(props: ActProps) {
  const { children, onAct, look = 'plain', size = 'usual', icon, keys, isAsked = false, unavailable, submits } = props;
  const isOff = unavailable !== undefined;
  return (
    <button
      type={submits ? 'submit' : 'button'}
      id={props.id}
      className={`act act-${look} act-${size}`}
      aria-disabled={isOff || isAsked || undefined}
      aria-describedby={unavailable}
      aria-expanded={props.isOpen}
      aria-keyshortcuts={keys && keys.length === 1 ? keys : undefined}
      data-off={isOff || undefined}
      onClick={(event) => {
        if (isOff || isAsked) event.preventDefault();
        else onAct?.();
      }}
    >
      {isAsked ? <Mark name="status-preparing" /> : icon}
      <span>{isAsked ? 'Asked' : children}</span>
      {keys && !isAsked && <kbd aria-hidden="true">{keys}</kbd>}
    </button>
  );
}
