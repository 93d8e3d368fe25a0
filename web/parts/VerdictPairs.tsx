import { count } from '../names.ts';
import type { Verdict } from '../verifyEvidence.ts';
import { HashText } from './HashText.tsx';
import { Moment } from './Moment.tsx';
import { Value } from './Value.tsx';

/** What was recomputed here, and what came out. A broken link says where, what was expected and what was found. */
export function VerdictPairs({ verdict }: { readonly verdict: Verdict }) {
  return (
    <dl className="pairs">
      {verdict.isValid ? <Holding verdict={verdict} /> : <Broken verdict={verdict} />}
      <dt>Checked</dt>
      <dd>
        <Moment at={verdict.at} isExact />, in {verdict.tookMs} ms, in this browser; nothing was sent
      </dd>
    </dl>
  );
}

function Holding({ verdict }: { readonly verdict: Extract<Verdict, { isValid: true }> }) {
  return (
    <>
      <dt>Facts</dt>
      <dd>
        {count(verdict.facts, 'fact')} hashed again, {count(verdict.facts - 1, 'link matches', 'links match')}
      </dd>
      <dt>Head</dt>
      <dd>
        <HashText hash={verdict.head} />
      </dd>
      <dt>Sealed by</dt>
      <dd className="mono">{verdict.sealedBy}</dd>
    </>
  );
}

function Broken({ verdict }: { readonly verdict: Extract<Verdict, { isValid: false }> }) {
  return (
    <>
      <dt>Where</dt>
      <dd data-tone="brick">
        <strong className="toned">{verdict.says}.</strong> {verdict.because}
      </dd>
      <dt>Expected</dt>
      <dd>
        <Value value={verdict.expected} />
      </dd>
      <dt>Found</dt>
      <dd>
        <Value value={verdict.found} />
      </dd>
    </>
  );
}
