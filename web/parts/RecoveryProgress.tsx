import { Link } from '@tanstack/react-router';

import type { ChangeView } from '../../src/model/view.ts';
import { count, shortId } from '../names.ts';
import { undoneCount } from '../undoneSteps.ts';
import { recoveryNouns, statusWord, undoStatuses } from '../words.ts';
import { Mark } from './Mark.tsx';
import { Said } from './Said.tsx';

/** A recovery on its way: how far it is, and what it still needs. */
export function RecoveryProgress({ recovery }: { readonly recovery: ChangeView }) {
  const { failed, half, byHand, skipped } = undoneCount(recovery);
  const needs = failed + half;
  const isPartly = needs + byHand + skipped > 0;
  return (
    <>
      <div className="stack">
        <p className="class-word">
          {needs > 0
            ? `${needs} of ${count(recovery.steps.length, 'step')} ${needs === 1 ? 'needs' : 'need'} a person`
            : `${recoveryNouns[recovery.recovers?.by ?? 'rollback']}: ${statusWord(recovery).word.toLowerCase()}`}
        </p>
        <p className="second">
          {needs > 0
            ? 'Nothing runs until you decide. What was undone stays undone.'
            : 'Each step shows what was read back.'}{' '}
          <Link to="/changes/$id" params={{ id: recovery.id }}>
            Open {shortId(recovery.id)}
          </Link>
        </p>
        <ol className="progress" aria-label="Steps of the recovery">
          {recovery.steps.map((step) => (
            <li key={step.id} data-tone={undoStatuses[step.status].tone}>
              <span className="progress-box">
                <Mark name={undoStatuses[step.status].mark} />
              </span>
              <span className="small">
                {step.undoes ?? step.id}
                <span className="hidden"> {undoStatuses[step.status].word}</span>
              </span>
            </li>
          ))}
        </ol>
      </div>
      {needs > 0 && (
        <div className="part">
          <h3>When {needs === 1 ? 'it is' : needs === 2 ? 'both are' : `all ${needs} are`} settled</h3>
          <p className="second">
            This change ends as{' '}
            {isPartly && <Said word={{ word: 'Partly rolled back', tone: 'teal', mark: 'status-taken-back' }} />} if any
            step stays as it is or was repaired by hand, and it will say so.
          </p>
        </div>
      )}
    </>
  );
}
