/** What pages read, by the name it has in the cache. */
import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';

import type { ChangeId } from '../src/model/ids.ts';
import type { ChangeQuery, ChangeView } from '../src/model/view.ts';
import { api } from './api.ts';
import { type ChangesSearch, needsAPerson, waitingQuery } from './changesSearch.ts';
import { Refused } from './Refused.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, thrown) => failures < 2 && Refused.from(thrown).status >= 500,
      staleTime: 30_000,
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => api.me(), staleTime: Infinity });
export const operationsQuery = queryOptions({ queryKey: ['operations'], queryFn: api.operations, staleTime: Infinity });
export const connectionsQuery = queryOptions({ queryKey: ['connections'], queryFn: api.connections });

export const changesQuery = (query: ChangeQuery) =>
  infiniteQueryOptions({
    queryKey: ['changes', query],
    queryFn: ({ pageParam, signal }) => api.changes({ ...query, ...(pageParam && { after: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** What waits for a person, whatever its age. */
export const waitingChangesQuery = (search: ChangesSearch = {}) => {
  const query = waitingQuery(search);
  return queryOptions({
    queryKey: ['changes', 'waiting', query],
    queryFn: ({ signal }) => api.changes(query, signal),
    select: ({ changes, next }) => ({ changes: changes.filter(needsAPerson), hasMore: next !== null }),
  });
};

export const changeQuery = (id: ChangeId) => queryOptions({ queryKey: ['change', id], queryFn: () => api.change(id) });

/** Reads the systems, so it is asked again only when the change has moved, or when somebody says so. */
export const compareQuery = (change: ChangeView | undefined) =>
  queryOptions({
    queryKey: ['compare', change?.id, change?.status, change?.recoveries.map(({ status }) => status)],
    queryFn: () => (change ? api.compare(change.id) : Promise.reject(new TypeError('no change to compare'))),
    enabled: change !== undefined && hasApplied(change),
    staleTime: Infinity,
    retry: false,
  });

/** @param seq of the last fact: new facts make a new reading */
export const factsQuery = (id: ChangeId, seq: number) =>
  queryOptions({
    queryKey: ['facts', id, seq],
    queryFn: () => api.facts(id),
    staleTime: Infinity,
    placeholderData: (before) => before,
  });

const hasApplied = (change: ChangeView): boolean =>
  change.recovers === undefined && change.steps.some((step) => step.operation !== 'wait' && step.after !== undefined);
