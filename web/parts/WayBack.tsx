import IconArrowBackUp from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import { Link } from '@tanstack/react-router';

import type { Comparison } from '../../src/model/comparison.ts';
import type { ChangeView } from '../../src/model/view.ts';
import { api } from '../api.ts';
import { actorName, count, resourceParts, sentence, shortId } from '../names.ts';
import { useAct } from '../useAct.ts';
import { useMayNot } from '../useMayNot.ts';
import { useNow } from '../useNow.ts';
import { useZone } from '../useZone.ts';
import { windowSentence } from '../windowWords.ts';
import { classes, knownBy, recoveryNouns, statusWord, type Word } from '../words.ts';
import { Act } from './Act.tsx';
import { ActBar } from './ActBar.tsx';
import { AskedToday } from './AskedToday.tsx';
import { Card } from './Card.tsx';
import { Held } from './Held.tsx';
import { IfYouRollBack } from './IfYouRollBack.tsx';
import { Mark } from './Mark.tsx';
import { RecoveryProgress } from './RecoveryProgress.tsx';
import { RollbackRefused } from './RollbackRefused.tsx';
import { Said } from './Said.tsx';

interface WayBackProps {
  readonly change: ChangeView;
  readonly comparison: Comparison | undefined;
  /** The open recovery. */
  readonly recovery: ChangeView | undefined;
  /** Something else is the act of this page now. */
  readonly isAside: boolean;
}

/** Whether a change can be taken back, how that is known, what would happen, and the button: always in this one place. */
export function WayBack({ change, comparison, recovery, isAside }: WayBackProps) {
  const isRecovering = change.status === 'recovering' && recovery !== undefined;
  return (
    <Card id="way-back" title="The way back" aside={<Said word={standing(change, recovery)} />}>
      {isRecovering ? (
        <RecoveryProgress recovery={recovery} />
      ) : (
        <>
          <ClassBlock change={change} />
          {change.wayBack.open && <AskedToday change={change} comparison={comparison} />}
          {change.wayBack.open ? (
            <OpenWay change={change} comparison={comparison} isAside={isAside} />
          ) : (
            <ClosedWay change={change} />
          )}
        </>
      )}
      <Held change={change} recovery={isRecovering ? recovery : undefined} />
    </Card>
  );
}

function standing(change: ChangeView, recovery: ChangeView | undefined): Word {
  if (change.status === 'recovering' && recovery) return statusWord(recovery);
  if (change.status === 'rolled-back' || change.status === 'partly-rolled-back') return statusWord(change);
  if (change.wayBack.open) {
    const { tone, mark } = classes[change.class ?? 'fully-reversible'];
    return { word: 'Open', tone, mark };
  }
  const hasRun = change.steps.some((step) => step.status !== 'pending');
  return hasRun
    ? { word: 'Closed', tone: 'slate', mark: 'status-stopped' }
    : { word: 'Not open yet', tone: 'slate', mark: 'status-preparing' };
}

function ClassBlock({ change }: { readonly change: ChangeView }) {
  const now = useNow();
  const zone = useZone();
  if (!change.class) return null;
  const word = classes[change.class];
  const worst = change.steps.find((step) => step.class === change.class);
  return (
    <div className="class-block" data-tone={word.tone}>
      <Mark name={word.mark} />
      <div>
        <p className="class-word">{word.word}</p>
        <p className="second">
          {worst?.because && sentence(worst.because)} {worst?.known && `Known by ${knownBy[worst.known]}.`}{' '}
          {change.window && windowSentence(change.window, now, zone)}
        </p>
      </div>
    </div>
  );
}

function OpenWay({ change, comparison, isAside }: Omit<WayBackProps, 'recovery'>) {
  const recover = useAct(
    change.id,
    (how: { partly?: boolean; withLater?: boolean }) => api.recover(change.id, how),
    (answer) => answer.says,
  );
  const mayNot = useMayNot('run');
  const steps = new Set(change.wayBack.steps.map(({ undoes }) => undoes)).size;
  const approver = change.approvals.at(-1);
  return (
    <>
      <IfYouRollBack change={change} />
      <ActBar>
        <Act
          id="roll-back"
          look={isAside ? 'plain' : 'filled'}
          size="page"
          icon={<IconArrowBackUp size={18} aria-hidden="true" />}
          isAsked={recover.isAsked}
          unavailable={mayNot && 'may-not-roll-back'}
          onAct={() => recover.act({})}
        >
          Roll back {count(steps, 'step')}
        </Act>
        <p className="act-note" id="may-not-roll-back">
          <span className="phone-only">Puts back {namesOf(change)}. </span>
          {mayNot ??
            (change.wayBack.approvedWithChange
              ? `Already approved${approver ? ` by ${actorName(approver.by)}` : ''}, with the change.`
              : 'It is proposed, and waits for an approval of its own.')}
        </p>
      </ActBar>
      {recover.fault && (
        <RollbackRefused
          change={change}
          fault={recover.fault}
          comparison={comparison}
          isAsked={recover.isAsked}
          onPartly={() => recover.act({ partly: true })}
          onWithLater={() => recover.act({ withLater: true })}
        />
      )}
      {recover.answer && !recover.fault && <p role="status">{sentence(recover.answer.says)}</p>}
    </>
  );
}

/** On a phone the list is out of sight when the button is pressed, so it says what it touches. */
function namesOf({ wayBack: { steps } }: ChangeView): string {
  const names = [...new Set(steps.flatMap(({ resource }) => resource ?? []))].map((one) => resourceParts(one).what);
  return names.length > 0 && names.length < 3 ? names.join(' and ') : count(names.length, 'resource');
}

function ClosedWay({ change }: { readonly change: ChangeView }) {
  const [, first, rest] = /^(.*?[.:;](?:\s|$))(.*)$/s.exec(sentence(change.wayBack.because)) ?? [];
  const last = change.recoveries.at(-1);
  return (
    <>
      <Act id="roll-back" size="page" icon={<IconArrowBackUp size={18} aria-hidden="true" />} unavailable="no-way-back">
        Roll back
      </Act>
      <p id="no-way-back" className="no-way-back">
        <strong>{first}</strong> {rest}
      </p>
      {last && (
        <p className="second">
          {recoveryNouns[last.transition]}{' '}
          <Link to="/changes/$id" params={{ id: last.change }} className="mono">
            {shortId(last.change)}
          </Link>
        </p>
      )}
    </>
  );
}
