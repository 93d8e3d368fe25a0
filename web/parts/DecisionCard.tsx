import type { ChangeView } from '../../src/model/view.ts';
import { api } from '../api.ts';
import { count } from '../names.ts';
import { useAct } from '../useAct.ts';
import { answers, transitions } from '../words.ts';
import { Act } from './Act.tsx';
import { Card } from './Card.tsx';
import { FaultNote } from './FaultNote.tsx';
import { Moment } from './Moment.tsx';
import { Said } from './Said.tsx';

type Decided = ChangeView['decisions'][number];

/** Which transition comes next, and the questions that were read to get there. Earlier decisions stay above. */
export function DecisionCard({ change }: { readonly change: ChangeView }) {
  const decide = useAct(
    change.id,
    () => api.decide(change.id),
    (decision) => `So: ${transitions[decision.transition].word}.`,
  );
  return (
    <Card
      id="decision"
      title="Decision"
      note={change.decisions.length === 0 ? 'what should be done now, and why' : undefined}
      aside={
        <Act size="row" isAsked={decide.isAsked} onAct={() => decide.act(undefined)}>
          {change.decisions.length === 0 ? 'Ask what should be done' : 'Ask again'}
        </Act>
      }
      {...((change.decisions.length > 0 || decide.fault) && { isFlush: true })}
    >
      {change.decisions.length > 0 || decide.fault ? (
        <>
          {decide.fault && (
            <div className="card-pad">
              <FaultNote fault={decide.fault} />
            </div>
          )}
          {change.decisions.map((decided, i) => (
            <Path key={decided.at} decided={decided} n={i + 1} isLast={i === change.decisions.length - 1} />
          ))}
        </>
      ) : undefined}
    </Card>
  );
}

function Path({
  decided: { at, decision },
  n,
  isLast,
}: {
  readonly decided: Decided;
  readonly n: number;
  readonly isLast: boolean;
}) {
  const word = transitions[decision.transition];
  const last = decision.path.at(-1);
  return (
    <details className="path" open={isLast}>
      <summary>
        <h3>Decision {n}</h3>
        <Said word={word} isChip />
        <span className="second">
          <Moment at={at} />, {count(decision.path.length, 'question')}
        </span>
      </summary>
      <table className="path-rows">
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Answer</th>
            <th scope="col">Question</th>
            <th scope="col">What was seen</th>
          </tr>
        </thead>
        <tbody>
          {decision.path.map((row, i) => (
            <tr key={row.row}>
              <td>{i + 1}</td>
              <td>
                <Said word={answers[row.answer]} />
              </td>
              <td className="path-asks">{row.asks}</td>
              <td className="second">{row.because}</td>
            </tr>
          ))}
          <tr className="path-so" data-tone={word.tone}>
            <td />
            <td>
              <Said word={word}>So</Said>
            </td>
            <td colSpan={2}>
              <strong>{word.word}.</strong>{' '}
              {last && last.answer !== 'yes'
                ? `Question ${decision.path.length} decides.`
                : 'Nothing it depends on says no or unknown.'}
            </td>
          </tr>
        </tbody>
      </table>
    </details>
  );
}
