import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';

import { changesSearch, type ChangesSearch, isInView, listQuery } from '../changesSearch.ts';
import { focusOn, moveFocus } from '../focusOn.ts';
import { count } from '../names.ts';
import { Act } from '../parts/Act.tsx';
import { ChangesFilter } from '../parts/ChangesFilter.tsx';
import { ChangesTable } from '../parts/ChangesTable.tsx';
import { ChangesViews } from '../parts/ChangesViews.tsx';
import { copyId } from '../parts/CopyId.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { NothingHere } from '../parts/NothingHere.tsx';
import { SkeletonRows } from '../parts/SkeletonRows.tsx';
import { changesQuery, waitingChangesQuery } from '../queries.ts';
import { Refused } from '../Refused.ts';
import { useHeldBack } from '../useHeldBack.ts';
import { useKeys } from '../useKeys.ts';

const route = getRouteApi('/changes');

/** Every change, newest first; what waits for a person stays on top. */
export function ChangesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const narrow = (next: ChangesSearch) =>
    void navigate({ to: '/changes', search: changesSearch({ ...next }), replace: true });
  const list = useInfiniteQuery(changesQuery(listQuery(search)));
  const waits = useQuery(waitingChangesQuery(search));
  const needs = waits.data?.changes;
  const rows = list.data?.pages.flatMap(({ changes }) => changes).filter((row) => isInView(search, row));
  const isWhole = search.view === undefined;
  const waiting = isWhole && !waits.error ? needs : [];
  const isReady = rows !== undefined && waiting !== undefined;
  const { onTop, below, news, accept } = useHeldBack(JSON.stringify(search), waiting, rows);
  const shown = onTop.length + below.length;
  const row = 'tbody a.change-link';
  useKeys({
    j: () => moveFocus(row, 1),
    k: () => moveFocus(row, -1),
    c: () => void navigate({ to: '/changes/new' }),
    f: () => focusOn('#add-filter'),
    '/': () => focusOn('#find'),
    y: () => {
      const id = document.activeElement?.closest<HTMLElement>('[data-change]')?.dataset['change'];
      if (id) copyId(id);
    },
  });
  const error = list.error ?? waits.error;
  return (
    <>
      <header className="page-head">
        <h1 tabIndex={-1}>Changes</h1>
        <Link to="/changes/new" className="act act-filled page-act" aria-keyshortcuts="C">
          <IconPlus size={16} aria-hidden="true" />
          <span>Propose a change</span>
          <kbd aria-hidden="true">C</kbd>
        </Link>
      </header>
      <ChangesViews search={search} needs={needs?.length} hasMore={waits.data?.hasMore === true} />
      <ChangesFilter search={search} environments={environmentsOf(rows)} onNarrow={narrow} />
      {error && <FaultNote fault={Refused.from(error).fault} />}
      <div className="changes-list card">
        {news > 0 && (
          <button type="button" className="news" onClick={accept}>
            {news} new
          </button>
        )}
        {!isReady && !error && <SkeletonRows rows={12} height={48} />}
        {shown > 0 && <ChangesTable onTop={onTop} below={below} />}
        {isReady && shown === 0 && news === 0 && <NothingHere search={search} />}
      </div>
      {shown > 0 && (
        <footer className="list-foot">
          <span>{count(shown, 'row')}, newest first</span>
          {list.hasNextPage && (
            <Act isAsked={list.isFetchingNextPage} onAct={() => void list.fetchNextPage()}>
              Show older changes
            </Act>
          )}
          <span className="key-hints" aria-hidden="true">
            <kbd>J</kbd> <kbd>K</kbd> move <kbd>Enter</kbd> open <kbd>Y</kbd> copy id <kbd>?</kbd> all keys
          </span>
        </footer>
      )}
    </>
  );
}

const environmentsOf = (rows: readonly { readonly environment: string }[] | undefined): readonly string[] =>
  [...new Set((rows ?? []).map(({ environment }) => environment))].toSorted();
