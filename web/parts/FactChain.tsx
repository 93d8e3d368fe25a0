import { useState } from 'react';

import type { Evidence } from '../../src/model/fact.ts';
import { factLine } from '../factLines.ts';
import { shortHash } from '../names.ts';
import { dayWords } from '../time.ts';
import { useNow } from '../useNow.ts';
import { useZone } from '../useZone.ts';
import { Moment } from './Moment.tsx';

interface FactChainProps {
  readonly facts: readonly Evidence[];
  /** The first fact whose link does not hold: the line stops there. */
  readonly brokenAt?: number | undefined;
  /** How many of the last facts are shown until somebody asks for all. */
  readonly most?: number;
}

/** What happened, one line each; every fact seals the one before it. */
export function FactChain({ facts, brokenAt, most = Infinity }: FactChainProps) {
  const now = useNow();
  const zone = useZone();
  const [isWhole, setWhole] = useState(false);
  const [opened, setOpened] = useState<number>();
  const hidden = isWhole ? 0 : Math.max(0, facts.length - most);
  return (
    <div className="chain" data-broken={brokenAt !== undefined || undefined}>
      {hidden > 0 && (
        <button type="button" className="link chain-more" onClick={() => setWhole(true)}>
          Show the {hidden} facts before
        </button>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">At</th>
            <th scope="col">Fact</th>
            <th scope="col">By</th>
            <th scope="col">Hash</th>
          </tr>
        </thead>
        <tbody>
          {facts.map((one, i) => (
            <FactRow
              key={one.seq}
              one={one}
              day={dayOf(one, facts[i - 1], now, zone)}
              isHidden={i < hidden}
              isBroken={brokenAt !== undefined && one.seq >= brokenAt}
              isOpen={opened === one.seq}
              onOpen={() => setOpened(opened === one.seq ? undefined : one.seq)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface FactRowProps {
  readonly one: Evidence;
  /** The date, where another day begins. */
  readonly day: string | undefined;
  readonly isHidden: boolean;
  readonly isBroken: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function FactRow({ one, day, isHidden, isBroken, isOpen, onOpen }: FactRowProps) {
  return (
    <>
      <tr
        className={isHidden ? 'chain-row folded' : 'chain-row'}
        data-broken={isBroken || undefined}
        data-open={isOpen || undefined}
      >
        <td className="chain-seq">{one.seq}</td>
        <td>
          {day && <span className="chain-day">{day}</span>}
          <Moment at={one.at} isExact />
        </td>
        <td>
          <button type="button" className="chain-fact" aria-expanded={isOpen} onClick={onOpen}>
            <strong>{one.fact.fact.replaceAll('-', ' ')}</strong> <span className="second">{factLine(one.fact)}</span>
          </button>
          <span className="on-paper mono">{one.hash}</span>
        </td>
        <td className="second">{one.by}</td>
        <td className="mono meta">{shortHash(one.hash)}</td>
      </tr>
      {isOpen && (
        <tr className="chain-json">
          <td colSpan={5}>
            <pre className="change-file mono" tabIndex={0} role="region" aria-label={`Fact ${one.seq} as it is stored`}>
              {JSON.stringify(one, null, 2)}
            </pre>
          </td>
        </tr>
      )}
    </>
  );
}

function dayOf(one: Evidence, before: Evidence | undefined, now: number, zone: string | undefined): string | undefined {
  const { date } = dayWords(one.at, now, zone);
  return before && dayWords(before.at, now, zone).date === date ? undefined : date;
}
