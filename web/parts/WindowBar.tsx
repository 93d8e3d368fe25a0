import type { ChangeView } from '../../src/model/view.ts';
import { appliedAtOf } from '../appliedAtOf.ts';
import { momentWords } from '../time.ts';
import { useNow } from '../useNow.ts';
import { useZone } from '../useZone.ts';
import { windowWords } from '../windowWords.ts';
import { classes, statuses } from '../words.ts';
import { Moment } from './Moment.tsx';

/** Time as one picture: a sequence up to *applied*, to scale from there; hatched is used up, solid is left. */
export function WindowBar({ change }: { readonly change: ChangeView }) {
  const now = useNow(change.window?.until ? Date.parse(change.window.until) : undefined);
  const zone = useZone();
  const appliedAt = appliedAtOf(change);
  if (!appliedAt || !change.class) return null;
  const { bar, says, closes } = windowWords(change, appliedAt, now, zone);
  const isOpen = change.wayBack.open;
  const takenBackAt = statuses[change.status].group === 'taken-back' ? change.recoveries.at(-1)?.at : undefined;
  if (!isOpen && !takenBackAt) return null;
  const approved = change.approvals.at(-1)?.at;
  const clock = momentWords(new Date(now).toISOString(), now, zone);
  const used = bar ? bar.used : isOpen ? 0.06 : 1;
  const end = change.window?.until;
  return (
    <div className="timeline" data-tone={classes[change.class].tone}>
      <ol className="timeline-before">
        <li>
          <strong>Proposed</strong> <Moment at={change.proposedAt} />
        </li>
        {approved && (
          <li>
            <strong>Approved</strong> <Moment at={approved} />
          </li>
        )}
      </ol>
      <div className="timeline-after" style={{ '--used': `${Math.round(Math.max(used, 0.04) * 1000) / 10}%` }}>
        <p className="timeline-top">
          <span>
            <strong>Applied</strong> <Moment at={appliedAt} />
          </span>
          <span className="timeline-end">
            {isOpen && end ? (
              <>
                <strong>Closes</strong> <Moment at={end} />
              </>
            ) : isOpen ? (
              <strong>No fixed end</strong>
            ) : (
              takenBackAt && (
                <>
                  <strong>Taken back</strong> <Moment at={takenBackAt} />
                </>
              )
            )}
          </span>
        </p>
        <div className="timeline-bar" data-open={isOpen || undefined} data-fading={(isOpen && !end) || undefined}>
          <span className="timeline-used" />
          {isOpen && <span className="timeline-left" />}
          {isOpen && <span className="timeline-now" />}
        </div>
        <p className="timeline-foot">
          {isOpen && (
            <span className="timeline-says">
              <span className="second">
                <strong>Now</strong> {clock}
              </span>{' '}
              <span className="timeline-left-words">{end ? `${says} left` : says}</span>
            </span>
          )}
          <span className="timeline-end">
            {isOpen ? end && closes?.startsWith('or ') && `earlier ${closes.slice(3)}` : 'the way back was taken'}
          </span>
        </p>
      </div>
    </div>
  );
}
