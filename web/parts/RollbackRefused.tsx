import { Link } from '@tanstack/react-router';

import type { Comparison } from '../../src/model/comparison.ts';
import type { FaultReport } from '../../src/model/fault-report.ts';
import type { Json } from '../../src/model/json.ts';
import type { ChangeView } from '../../src/model/view.ts';
import { count, shortId } from '../names.ts';
import { Act } from './Act.tsx';
import { FaultNote } from './FaultNote.tsx';

interface RollbackRefusedProps {
  readonly change: ChangeView;
  readonly fault: FaultReport;
  readonly comparison: Comparison | undefined;
  readonly isAsked: boolean;
  readonly onPartly: () => void;
  readonly onWithLater: () => void;
}

const canRun = new Set(['clean', 'compatible']);

/** Nothing has run. Why, and the narrower or wider rollback, or the way forward, that is possible instead. */
export function RollbackRefused({ change, fault, comparison, isAsked, ...on }: RollbackRefusedProps) {
  const steps = comparison?.steps ?? [];
  const clean = steps.filter(({ drift }) => canRun.has(drift)).length;
  const others = steps.length - clean;
  const later = laterChanges(fault.details);
  const isPartly = fault.code === 'drifted' && clean > 0 && others > 0;
  return (
    <>
      <FaultNote fault={fault} />
      {later.length > 0 && (
        <>
          <p className="second">
            Built on it, newest first:{' '}
            {later.map((id, i) => (
              <span key={id}>
                {i > 0 && ', '}
                <Link to="/changes/$id" params={{ id }} className="mono">
                  {shortId(id)}
                </Link>
              </span>
            ))}
          </p>
          <Act size="page" isAsked={isAsked} onAct={on.onWithLater}>
            Roll back all {later.length + 1}, newest first
          </Act>
        </>
      )}
      {isPartly && (
        <Act size="page" isAsked={isAsked} onAct={on.onPartly}>
          Roll back {count(clean, 'clean step')}, leave {others}
        </Act>
      )}
      {change.wayForward && later.length === 0 && (
        <p className="second">
          Or bring back the state by a change of its own:{' '}
          <Link to="/changes/new" search={{ forward: change.id }}>
            Propose the way forward
          </Link>
        </p>
      )}
    </>
  );
}

/** The changes that were built on this one, when the fault names them. */
function laterChanges(details: Json | undefined): readonly string[] {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return [];
  const later = (details as Record<string, Json>)['later'];
  return Array.isArray(later) ? later.filter((id) => typeof id === 'string') : [];
}
