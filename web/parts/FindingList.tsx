import type { Finding } from '../../src/model/finding.ts';
import { sentence } from '../names.ts';
import { classes, knownBy } from '../words.ts';
import { Mark } from './Mark.tsx';

const ways = { inverse: 'Undone by', probe: 'Ask', closedBy: 'Until' } as const;

/** How it is undone, what tells where we are now, what closes the door, and until when it is allowed. */
function Way({ finding }: { readonly finding: Finding }) {
  const said = Object.entries(ways).flatMap(([name, words]) => {
    const value = finding[name as keyof typeof ways];
    return value === undefined ? [] : [{ name, words, value }];
  });
  return (
    <>
      {said.map(({ name, words, value }) => (
        <p key={name} className="small">
          {words} <span className={name === 'closedBy' ? undefined : 'mono'}>{value}</span>
        </p>
      ))}
      {finding.allowed && (
        <p className="small">
          Allowed until {finding.allowed.until}: {finding.allowed.because}
        </p>
      )}
    </>
  );
}

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
            <Way finding={finding} />
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
