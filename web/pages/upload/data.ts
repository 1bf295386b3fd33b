/** What the page asks the API: flows that may be chosen, addresses for the status mail, numbers for a test call. */
import { queryOptions } from '@tanstack/react-query';
import type { FlowSummary } from '../../../client/index.ts';
import { flowDefinition } from '../../../domain/flow/schema.ts';
import { answerOf, api } from '../../api/client.ts';

const PAGE_ROWS = 200;
/** Somebody with more flows than these comes from the flow itself. */
const MOST_PAGES = 5;

/** Flows that call lists, runnable or not. */
export function flowsQuery(accountId: number | undefined) {
  return queryOptions({
    queryKey: ['upload-flows', accountId],
    queryFn: async ({ signal }) => {
      const flows: FlowSummary[] = [];
      let cursor: string | null | undefined;
      for (let page = 0; page < MOST_PAGES && cursor !== null; page += 1) {
        const query = { limit: PAGE_ROWS, ...(cursor && { cursor }) };
        const found = await answerOf(api.GET('/flows', { params: { query }, signal }));
        flows.push(...found.items);
        cursor = found.nextCursor;
      }
      const calling = flows.filter(({ type }) => type === 'outbound' || type === 'dialer');
      return { flows: calling, hasMore: Boolean(cursor) };
    },
  });
}

/** Variables of the version that a request runs. */
export function variablesQuery(accountId: number | undefined, flow: FlowSummary | undefined) {
  const { id = 0, publishedVersion } = flow ?? {};
  return queryOptions({
    queryKey: ['upload-variables', accountId, id, publishedVersion],
    queryFn: async ({ signal }) => {
      const path = { id, version: publishedVersion ?? 0 };
      const { definition } = await answerOf(
        api.GET('/flows/{id}/versions/{version}', { params: { path }, signal }),
      );
      const parsed = flowDefinition.safeParse(definition);
      return parsed.success ? parsed.data.variables : [];
    },
    enabled: publishedVersion !== undefined && publishedVersion !== null,
  });
}

/** Addresses that may get status mail: the holder's and the whitelisted ones. */
export function addressesQuery(accountId: number | undefined) {
  return queryOptions({
    queryKey: ['upload-addresses', accountId],
    queryFn: async ({ signal }) => {
      const [{ holderEmail }, { items }] = await Promise.all([
        answerOf(api.GET('/accounts/me', { signal })),
        answerOf(api.GET('/whitelist/emails', { params: { query: { limit: PAGE_ROWS } }, signal })),
      ]);
      return [...new Set([holderEmail, ...items.map(({ email }) => email)])];
    },
  });
}

/** Verified numbers of the whitelist. */
export function testNumbersQuery(accountId: number | undefined) {
  return queryOptions({
    queryKey: ['upload-numbers', accountId],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/whitelist/phones', { params: { query: { limit: PAGE_ROWS } }, signal }),
      );
      return items.filter(({ verifiedAt }) => verifiedAt !== null).map(({ number }) => number);
    },
  });
}
