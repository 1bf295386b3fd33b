/** Requests as the dashboard asks for them: page by page, and again every two seconds while one of them runs. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { RequestSummary } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { dayEnd, dayStart } from '../../parts/days.ts';
import type { RequestFilters } from './search.ts';

const PAGE_ROWS = 50;
const LIVE_MS = 2000;
const QUIET_MS = 5000;
/** Beyond these many pages only a reload brings rows up to date: each refresh asks for all of them. */
const LIVE_PAGES = 4;

const ENDED: readonly RequestSummary['status'][] = ['COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED'];

/** Whether a request may still change by itself. */
export const isLive = ({ status }: Pick<RequestSummary, 'status'>): boolean => !ENDED.includes(status);

export function requestsQuery(accountId: number | undefined, timeZone: string, filters: RequestFilters) {
  const { from, to, ...rest } = filters;
  const query = {
    ...rest,
    ...(from && { from: dayStart(from, timeZone).toISOString() }),
    ...(to && { to: dayEnd(to, timeZone).toISOString() }),
    limit: PAGE_ROWS,
  };
  return infiniteQueryOptions({
    queryKey: ['requests', accountId, timeZone, filters],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/requests', {
          params: { query: { ...query, ...(pageParam !== '' && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      if (pages.length > LIVE_PAGES) return false;
      return pages.some((page) => page.items.some(isLive)) ? LIVE_MS : QUIET_MS;
    },
  });
}

export function requestQuery(accountId: number | undefined, id: number) {
  return queryOptions({
    queryKey: ['request', accountId, id],
    queryFn: ({ signal }) => answerOf(api.GET('/requests/{id}', { params: { path: { id } }, signal })),
  });
}
