import { Link } from '@tanstack/react-router';

import type { ChangesSearch } from '../changesSearch.ts';
import { type StatusGroup, statusGroups } from '../words.ts';
import { Mark } from './Mark.tsx';

const views: readonly (StatusGroup | undefined)[] = [
  undefined,
  'needs-a-person',
  'preparing',
  'moving',
  'in-place',
  'taken-back',
  'failed',
  'stopped',
];

interface ChangesViewsProps {
  readonly search: ChangesSearch;
  /** How many need a person; only what waits for a person carries a number. */
  readonly needs: number | undefined;
  readonly hasMore: boolean;
}

/** The list, narrowed to one group of statuses. */
export function ChangesViews({ search, needs, hasMore }: ChangesViewsProps) {
  const { view: _, ...rest } = search;
  return (
    <nav className="views" aria-label="Which changes">
      {views.map((one) => (
        <Link
          key={one ?? 'all'}
          to="/changes"
          search={one ? { ...rest, view: one } : rest}
          className="view"
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {one === 'needs-a-person' && (
            <span data-tone="ochre">
              <Mark name="status-needs-a-person" />
            </span>
          )}
          {one ? statusGroups[one].word : 'All'}
          {one === 'needs-a-person' && needs !== undefined && needs > 0 && (
            <span className="meta">
              {needs}
              {hasMore && ' or more'}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
