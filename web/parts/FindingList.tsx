import type { Finding } from '../../src/model/finding.ts';
import { sentence } from '../names.ts';
import { classes, knownBy } from '../words.ts';
import { Mark } from './Mark.tsx';

/** What rules, checks and verifications have to say. An empty list is the good news, and shows nothing. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ul className="findings">
      {findings.map((finding, i) => (
        <li key={i} data-tone={finding.class ? classes[finding.class].tone : 'ochre'}>
          <Mark name={finding.class ? classes[finding.class].mark : 'answer-unknown'} />
          <div>
            <p>
              <span className="strong">{sentence(finding.message)}</span>
              {finding.instead && ` Instead: ${sentence(finding.instead)}`}
            </p>
            <p className="meta small">
              <span className="mono">{finding.rule}</span>, known by {knownBy[finding.known]}
              {finding.at && `, ${finding.at.path}:${finding.at.line}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
