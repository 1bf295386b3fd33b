/** Every attempt that was begun, filtered, as pages and as one CSV. */
import { z } from '@hono/zod-openapi';
import { type AttemptRow, listAttempts } from '../../db/queries/attempts.ts';
import { attempt, showAttempt } from '../attempt-view.ts';
import { csvResponse, DOWNLOAD_PAGE_ROWS, linesOf, pagesOf } from '../csv.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, endpoint, read } from '../endpoint.ts';
import { attemptFilters, attemptPosition, positionOfAttempt, readAttemptFilter } from '../list-filters.ts';
import { csv, pageOf, paging } from '../schemas.ts';

const COLUMNS = [
  'uuid',
  'beganAt',
  'answeredAt',
  'endedAt',
  'requestId',
  'row',
  'attemptNo',
  'step',
  'medium',
  'flowId',
  'flowName',
  'flowType',
  'flowVersion',
  'policyVersion',
  'number',
  'email',
  'sender',
  'state',
  'outcome',
  'cause',
  'keys',
  'provider',
  'providerRef',
  'direction',
  'test',
] as const satisfies readonly (keyof z.output<typeof attempt>)[];

export function reportRoutes(api: Api): void {
  const scope = 'reports:read';
  read(
    api,
    {
      method: 'get',
      path: '/reports/attempts',
      tag: 'Reports',
      summary: 'Every call, SMS and mail begun, newest first',
      scope,
      query: z.strictObject({ ...paging.shape, ...attemptFilters.shape }),
      reply: pageOf(attempt, 'AttemptPage'),
    },
    async ({ db, account, query }) => {
      const { limit, cursor, ...given } = query;
      const after = decodeCursor(attemptPosition, cursor);
      const filter = await readAttemptFilter(db, account, given);
      const rows = await listAttempts(db, { ...filter, after, limit: limit + 1 });
      const page = pageFrom(rows, limit, positionOfAttempt);
      return { ...page, items: page.items.map(showAttempt) };
    },
  );
  endpoint(
    api,
    {
      method: 'get',
      path: '/reports/attempts.csv',
      tag: 'Reports',
      summary: 'The same as CSV, however many rows',
      description: 'Newest first, attempts that begin while it is downloaded are not in it.',
      scope,
      query: attemptFilters,
      reply: csv,
      replyType: 'text/csv',
    },
    async ({ db, account, query }) => {
      const filter = await readAttemptFilter(db, account, query);
      const pages = pagesOf<AttemptRow>((after) =>
        listAttempts(db, { ...filter, after, limit: DOWNLOAD_PAGE_ROWS }),
      );
      const cells = (row: AttemptRow) => {
        const shown = showAttempt(row);
        return COLUMNS.map((column) => shown[column]);
      };
      return csvResponse('attempts.csv', COLUMNS, linesOf(pages, cells));
    },
  );
}
