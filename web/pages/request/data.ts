/** What the page of a request asks the API for, besides the request itself (`requestQuery` of the dashboard). */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { RequestPlace } from './search.ts';

const PAGE_ROWS = 100;
/** Rows are looked at again this often while calls are made, as long as few pages of them are shown. */
const ROWS_AGAIN_MS = 4000;
const LIVE_PAGES = 3;
/** A forecast costs the server some seconds of work. */
const FORECAST_AGAIN_MS = 60_000;

export function detailsQuery(accountId: number | undefined, id: number) {
  return queryOptions({
    queryKey: ['request-details', accountId, id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/requests/{id}/details', { params: { path: { id } }, signal })),
  });
}

export function recordsQuery(
  accountId: number | undefined,
  id: number,
  filters: Pick<RequestPlace, 'result' | 'outcome' | 'number'>,
  isLive: boolean,
) {
  const { result, outcome, number } = filters;
  return infiniteQueryOptions({
    queryKey: ['request-records', accountId, id, result, outcome, number],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/requests/{id}/records', {
          params: {
            path: { id },
            query: {
              limit: PAGE_ROWS,
              ...(result && { result }),
              ...(outcome && { outcome }),
              ...(number && { number }),
              ...(pageParam !== '' && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      isLive && (state.data?.pages.length ?? 0) <= LIVE_PAGES ? ROWS_AGAIN_MS : false,
  });
}

export function policiesQuery(accountId: number | undefined, id: number) {
  return infiniteQueryOptions({
    queryKey: ['request-policies', accountId, id],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/requests/{id}/policies', {
          params: { path: { id }, query: { limit: 50, ...(pageParam !== '' && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Asked for once, and again by hand: it reads every attempt. */
export function proofQuery(accountId: number | undefined, id: number) {
  return queryOptions({
    queryKey: ['request-proof', accountId, id],
    queryFn: ({ signal }) => answerOf(api.GET('/requests/{id}/proof', { params: { path: { id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

/** Of the rest of a request that has not ended. */
export function forecastQuery(accountId: number | undefined, id: number) {
  return queryOptions({
    queryKey: ['request-forecast', accountId, id],
    queryFn: ({ signal }) => answerOf(api.POST('/requests/forecast', { body: { requestId: id }, signal })),
    staleTime: FORECAST_AGAIN_MS,
    refetchInterval: FORECAST_AGAIN_MS,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

export function retryQuery(accountId: number | undefined, id: number) {
  return queryOptions({
    queryKey: ['request-retry', accountId, id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/requests/{id}/retry-failures', { params: { path: { id } }, signal })),
    staleTime: 0,
  });
}

export function splitQuery(accountId: number | undefined, id: number) {
  return queryOptions({
    queryKey: ['split', accountId, id],
    queryFn: ({ signal }) => answerOf(api.GET('/splits/{id}', { params: { path: { id } }, signal })),
  });
}

export function callQuery(accountId: number | undefined, uuid: string) {
  return queryOptions({
    queryKey: ['call', accountId, uuid],
    queryFn: ({ signal }) => answerOf(api.GET('/calls/{uuid}', { params: { path: { uuid } }, signal })),
  });
}

/** The variables a row of the request may bring, by the version of the flow it runs. */
export function variablesQuery(accountId: number | undefined, flow: { id: number; version: number }) {
  return queryOptions({
    queryKey: ['flow-variables', accountId, flow.id, flow.version],
    queryFn: async ({ signal }): Promise<string[]> => {
      const found = await answerOf(
        api.GET('/flows/{id}/versions/{version}', { params: { path: flow }, signal }),
      );
      const { variables } = found.definition as { variables?: { name?: unknown }[] };
      return (variables ?? []).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
