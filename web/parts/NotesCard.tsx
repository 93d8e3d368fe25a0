import type { ChangeView } from '../../src/model/view.ts';
import { api } from '../api.ts';
import { actorName } from '../names.ts';
import { useAct } from '../useAct.ts';
import { Act } from './Act.tsx';
import { Card } from './Card.tsx';
import { Moment } from './Moment.tsx';
import { ReasonForm } from './ReasonForm.tsx';

interface NotesCardProps {
  readonly change: ChangeView;
  readonly isWriting: boolean;
  readonly onWrite: (isWriting: boolean) => void;
}

/** What people wrote down on this change. */
export function NotesCard({ change, isWriting, onWrite }: NotesCardProps) {
  const note = useAct(
    change.id,
    (text: string) => api.note(change.id, text),
    () => 'The note is stored.',
    () => onWrite(false),
  );
  return (
    <Card
      id="notes"
      title="Notes"
      aside={
        isWriting ? (
          change.notes.length || undefined
        ) : (
          <Act size="row" onAct={() => onWrite(true)}>
            Write a note
          </Act>
        )
      }
    >
      {change.notes.length === 0 && !isWriting && <p className="second">Nobody has written anything yet.</p>}
      {change.notes.map(({ at, by, text }) => (
        <div key={at} className="quote">
          <p className="meta small">
            {actorName(by)}, <Moment at={at} />
          </p>
          <p className="note-text">{text}</p>
        </div>
      ))}
      {isWriting && (
        <ReasonForm
          label="What others should know"
          verb="Store the note"
          isAsked={note.isAsked}
          fault={note.fault}
          onSend={note.act}
          onLeave={() => onWrite(false)}
        />
      )}
    </Card>
  );
}
