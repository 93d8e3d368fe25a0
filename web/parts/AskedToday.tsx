import type { Comparison } from '../../src/model/comparison.ts';
import type { Answer } from '../../src/model/ids.ts';
import type { Drift } from '../../src/model/observation.ts';
import type { ChangeView } from '../../src/model/view.ts';
import { isUnread } from '../fieldRows.ts';
import { count } from '../names.ts';
import { answers, drifts } from '../words.ts';
import { Mark } from './Mark.tsx';
import { Moment } from './Moment.tsx';

const allows = {
  clean: 'yes',
  'already-restored': 'yes',
  compatible: 'yes',
  'gone-re-creatable': 'unknown',
  conflicting: 'no',
  gone: 'no',
} as const satisfies Record<Drift, Answer>;

/** What today's world said when it was asked whether the way back may be taken. What does not reassure comes first. */
export function AskedToday({
  change,
  comparison,
}: {
  readonly change: ChangeView;
  readonly comparison: Comparison | undefined;
}) {
  const rows = comparison ? answered(comparison) : [unread];
  return (
    <div className="part">
      <h3>
        Asked today{comparison && ', '}
        {comparison && <Moment at={comparison.at} />}
      </h3>
      <ul className="asked-today">
        {rows.map(({ answer, asks, seen }) => (
          <li key={asks} data-tone={answers[answer].tone}>
            <Mark name={answers[answer].mark} />
            <span>
              <span className="hidden">{answers[answer].word}: </span>
              {asks}
            </span>
            <span className="meta">{seen}</span>
          </li>
        ))}
        {change.owed.length > 0 && (
          <li data-tone="ochre">
            <Mark name="answer-unknown" />
            <span>Work is owed</span>
            <span className="meta">{count(change.owed.length, 'item')}</span>
          </li>
        )}
      </ul>
    </div>
  );
}

interface Row {
  readonly answer: Answer;
  readonly asks: string;
  readonly seen: string;
}
const unread: Row = { answer: 'unknown', asks: 'What is there now', seen: 'not read yet' };
const order: readonly Answer[] = ['no', 'unknown', 'yes'];

function answered(comparison: Comparison): readonly Row[] {
  const { steps } = comparison;
  const clean = steps.filter(({ drift }) => drift === 'clean').length;
  const moved = steps
    .filter(({ drift }) => drift !== 'clean')
    .map((step): Row => ({
      answer: isUnread(step) ? 'unknown' : allows[step.drift],
      asks: `Step ${step.step}`,
      seen: isUnread(step) ? 'could not be read' : drifts[step.drift].word.toLowerCase(),
    }));
  const still: Row[] =
    clean > 0
      ? [{ answer: 'yes', asks: 'As the change left it', seen: `${clean} of ${count(steps.length, 'step')}` }]
      : [];
  const wasFailing = steps.flatMap(({ failingBefore }) => failingBefore).length;
  const before: Row[] =
    wasFailing > 0 ? [{ answer: 'unknown', asks: 'Already failing before', seen: count(wasFailing, 'finding') }] : [];
  return [...moved, ...before, ...still].toSorted((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer));
}
