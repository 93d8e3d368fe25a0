import type { ChangeRow } from '../../src/model/view.ts';
import { useZone } from '../useZone.ts';
import { windowWords } from '../windowWords.ts';
import { classes } from '../words.ts';

/** The window of one change in a list: the same picture as on its page, 44 px wide. */
export function WindowCell({ change, now }: { readonly change: ChangeRow; readonly now: number }) {
  const { bar, says, closes } = windowWords(change, change.updatedAt, now, useZone());
  if (!bar || !change.class)
    return (
      <span className="meta">
        {says}
        {closes && <span className="small"> {closes}</span>}
      </span>
    );
  return (
    <span className="window-cell" data-tone={classes[change.class].tone}>
      <span
        className="window-bar"
        data-fading={bar.isFading || undefined}
        style={{ '--used': `${Math.round(bar.used * 100)}%` }}
        aria-hidden="true"
      >
        <span className="window-used" />
        <span className="window-left" />
      </span>
      <span>
        <span className="strong window-says">{says}</span>
        <span className="meta small window-closes">{closes}</span>
      </span>
    </span>
  );
}
