import IconMenu from '@tabler/icons-react/dist/esm/icons/IconMenu2.mjs';
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUserCircle.mjs';
import IconWorld from '@tabler/icons-react/dist/esm/icons/IconWorld.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useCell } from '../cell.ts';
import { live } from '../live.ts';
import { actorName } from '../names.ts';
import { places } from '../places.ts';
import { zoneChoice } from '../preferences.ts';
import { meQuery, waitingChangesQuery } from '../queries.ts';
import { clockWords, zoneWords } from '../time.ts';
import { useNow } from '../useNow.ts';
import { useZone } from '../useZone.ts';
import { Logo } from './Logo.tsx';
import { Mark } from './Mark.tsx';
import { SchemeSwitch } from './SchemeSwitch.tsx';

/** The places, whether this is live, the zone of all times, who I am. */
export function Rail({ onKeys }: { readonly onKeys: () => void }) {
  const { data: me } = useQuery(meQuery);
  const { data: waits } = useQuery(waitingChangesQuery());
  const needs = waits?.changes.length ?? 0;
  const [isOpen, setOpen] = useState(false);
  return (
    <aside className="rail" aria-label="Places and state">
      <Link to="/changes" className="rail-home" aria-label="Recourse, to the changes">
        <Logo />
      </Link>
      <button type="button" className="rail-menu act act-quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <IconMenu size={20} aria-hidden="true" />
        <span>Places</span>
        {needs > 0 && (
          <span data-tone="ochre">
            <Mark name="status-needs-a-person" size={13} />
          </span>
        )}
      </button>
      <nav className="rail-places" aria-label="Places" data-open={isOpen || undefined}>
        {places.map(({ to, word, icon: Icon }) => (
          <Link key={to} to={to} className="place" onClick={() => setOpen(false)}>
            <Icon size={18} stroke={1.7} aria-hidden="true" />
            <span className="place-word">{word}</span>
            {to === '/changes' && needs > 0 && (
              <span className="place-needs" data-tone="ochre">
                <Mark name="status-needs-a-person" size={13} />
                <span className="toned">
                  {needs}
                  <span className="hidden"> {needs === 1 ? 'needs' : 'need'} a person</span>
                </span>
              </span>
            )}
          </Link>
        ))}
      </nav>
      <div className="rail-foot">
        <Liveness />
        <Zone />
        <SchemeSwitch />
        <div className="rail-line">
          <IconUser size={15} aria-hidden="true" />
          <span className="rail-word">{me ? actorName(me.by) : ''}</span>
          <button type="button" className="rail-keys" onClick={onKeys} aria-label="All keys">
            <kbd aria-hidden="true">?</kbd>
          </button>
        </div>
      </div>
    </aside>
  );
}

/** Live or not, and since when not. */
function Liveness() {
  const { isLive, heardAt } = useCell(live);
  const zone = useZone();
  return (
    <div className="rail-line" role="status" data-tone={isLive ? 'green' : 'ochre'}>
      <span className="live-dot" aria-hidden="true" />
      <span className="rail-word">
        {isLive ? 'Live' : heardAt ? `Not live since ${clockWords(heardAt, zone)}` : 'Not live yet'}
      </span>
    </div>
  );
}

/** Pressing it shows every time in UTC, and back. */
function Zone() {
  const now = useNow();
  const zone = useZone();
  const choice = useCell(zoneChoice);
  return (
    <button
      type="button"
      className="rail-line"
      aria-pressed={choice === 'UTC'}
      onClick={() => zoneChoice.set(choice === 'UTC' ? 'local' : 'UTC')}
      aria-label={`Times in ${zoneWords(now, zone)}. Show them in ${choice === 'UTC' ? 'the local zone' : 'UTC'}`}
    >
      <IconWorld size={15} aria-hidden="true" />
      <span className="rail-word">Times in {zoneWords(now, zone)}</span>
    </button>
  );
}
