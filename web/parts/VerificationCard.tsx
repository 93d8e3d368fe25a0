import type { ChangeView } from '../../src/model/view.ts';
import { Card } from './Card.tsx';
import { FindingList } from './FindingList.tsx';
import { Mark } from './Mark.tsx';
import { Moment } from './Moment.tsx';

/** What was read back after the run. An exit code is not evidence. */
export function VerificationCard({ change }: { readonly change: ChangeView }) {
  const { verification, declared } = change;
  const applied = change.steps.filter((step) => step.status === 'applied' && !step.wait);
  return (
    <Card
      id="verification"
      title="Verification"
      note="read back, not assumed"
      aside={verification && <Moment at={verification.at} />}
    >
      {!verification && <p className="second">Not verified yet. It is read back after the last step.</p>}
      {verification?.findings.length === 0 && (
        <ul className="asked-today">
          {applied.map((step) => (
            <li key={step.id} data-tone="green">
              <Mark name="answer-yes" />
              <span>{step.title}: what was read back is what was asked</span>
              <span className="meta">step {step.id}</span>
            </li>
          ))}
        </ul>
      )}
      {verification && verification.findings.length > 0 && <FindingList findings={verification.findings} />}
      {declared && declared.verification.length > 0 && (
        <p className="second">
          Promised: <span className="mono">{declared.verification.join(', ')}</span>
        </p>
      )}
    </Card>
  );
}
