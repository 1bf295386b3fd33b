/** Flows as the console asks for them. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Flow, FlowSummary } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import type { FlowFilters } from './search.ts';

const PAGE_ROWS = 50;
/** More versions than these nobody compares. */
const VERSIONS = 100;

export function flowsQuery(accountId: number | undefined, filters: FlowFilters) {
  return infiniteQueryOptions({
    queryKey: ['flows', accountId, filters],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/flows', {
          params: { query: { ...filters, limit: PAGE_ROWS, ...(pageParam !== '' && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

/**
 * Never asked for by itself while somebody edits: their draft begins with what was seen. And never kept once they have
 * left: whoever comes back begins with what there is then.
 */
export function flowQuery(accountId: number | undefined, id: number) {
  return queryOptions({
    queryKey: ['flow', accountId, id],
    queryFn: ({ signal }): Promise<Flow> =>
      answerOf(api.GET('/flows/{id}', { params: { path: { id } }, signal })),
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
}

export function versionsQuery(accountId: number | undefined, id: number) {
  return queryOptions({
    queryKey: ['flow-versions', accountId, id],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/flows/{id}/versions', { params: { path: { id }, query: { limit: VERSIONS } }, signal }),
      ),
  });
}

export function versionQuery(accountId: number | undefined, id: number, version: number) {
  return queryOptions({
    queryKey: ['flow-version', accountId, id, version],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/flows/{id}/versions/{version}', { params: { path: { id, version } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Names the flow may refer to: with them a check here finds what the check at publishing finds. */
export function contextQuery(accountId: number | undefined) {
  return queryOptions({
    queryKey: ['flow-context', accountId],
    queryFn: ({ signal }) => answerOf(api.GET('/flow-context', { signal })),
    staleTime: 60_000,
  });
}

export type Traffic = 'promotional' | 'approved' | 'waiting' | 'unpublished';

export function trafficOf(
  flow: Pick<FlowSummary, 'transactional' | 'publishedVersion' | 'approvedVersion'>,
): Traffic {
  if (!flow.transactional) return 'promotional';
  if (flow.publishedVersion === null) return 'unpublished';
  return flow.approvedVersion === flow.publishedVersion ? 'approved' : 'waiting';
}
