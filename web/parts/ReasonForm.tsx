import { Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useState } from 'react';

import type { FaultReport } from '../../src/model/fault-report.ts';
import { Act } from './Act.tsx';
import { FaultNote } from './FaultNote.tsx';

interface ReasonFormProps {
  /** What is to be written. */
  readonly label: string;
  /** The words on the button. */
  readonly verb: ReactNode;
  /** What sending does, and who is asked. */
  readonly note?: ReactNode;
  readonly look?: 'filled' | 'plain';
  readonly isAsked: boolean;
  readonly fault?: FaultReport | undefined;
  /** Text may be left out. */
  readonly isOptional?: boolean;
  readonly onSend: (text: string) => void;
  readonly onLeave?: (() => void) | undefined;
}

/** A reason or a note, typed in place. Ctrl Enter sends it, Esc leaves it. */
export function ReasonForm(props: ReasonFormProps) {
  const { label, verb, note, look = 'plain', isAsked, fault, isOptional = false, onSend, onLeave } = props;
  const [text, setText] = useState('');
  const [isShort, setShort] = useState(false);
  const missing = useId();
  const send = () => {
    const written = text.trim();
    if (!written && !isOptional) setShort(true);
    else if (!isAsked) onSend(written);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
    if (event.key === 'Escape' && onLeave) {
      event.stopPropagation();
      onLeave();
    }
  };
  return (
    <form
      className="reason"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        label={label}
        autosize={false}
        rows={2}
        value={text}
        autoFocus={onLeave !== undefined}
        aria-describedby={isShort ? missing : undefined}
        aria-invalid={isShort || undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setShort(false);
        }}
        onKeyDown={onKeyDown}
      />
      {isShort && (
        <p id={missing} className="reason-short" role="alert">
          Write it first: it stays on the change for everybody.
        </p>
      )}
      {fault && <FaultNote fault={fault} />}
      <div className="reason-foot">
        {note !== undefined && <span className="reason-note">{note}</span>}
        {onLeave && (
          <Act look="quiet" onAct={onLeave}>
            Leave it
          </Act>
        )}
        <Act look={look} submits isAsked={isAsked}>
          {verb}
        </Act>
      </div>
    </form>
  );
}
