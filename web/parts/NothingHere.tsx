import { Link } from '@tanstack/react-router';

import type { ChangesSearch } from '../changesSearch.ts';
import { statusGroups } from '../words.ts';

/** An empty list teaches one thing and offers one act. */
export function NothingHere({ search }: { readonly search: ChangesSearch }) {
  const isNarrowed = Object.keys(search).length > 0;
  if (!isNarrowed)
    return (
      <p className="nothing">
        Nothing has been changed yet. <Link to="/changes/new">Propose a change</Link>, or run the tour.
      </p>
    );
  const group = search.view && statusGroups[search.view].word.toLowerCase();
  return (
    <p className="nothing">
      No change {group && `that is “${group}” `}
      {search.environment && `in ${search.environment} `}
      {search.text && `with “${search.text}” in its title or id `}
      {(search.class ?? search.resource) && 'with this way back or resource '}
      is here. <Link to="/changes">Show every change</Link>
    </p>
  );
}
