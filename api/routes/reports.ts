/** Every attempt that was begun, filtered, as pages and as one CSV. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { type AttemptFilter, type AttemptRow, listAttempts } from '../../db/queries/attempts.ts';
import { findFlowByName } from '../../db/queries/flows.ts';
import { DIRECTIONS, FLOW_TYPES, MEDIA, OUTCOMES } from '../../domain/outcome.ts';
import { parsePhone } from '../../domain/phone.ts';
import { attempt, showAttempt } from '../attempt-view.ts';
import { csvResponse, DOWNLOAD_PAGE_ROWS, linesOf, pagesOf } from '../csv.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, endpoint, read } from '../endpoint.ts';
import { invalid } from '../errors.ts';
import { flowChoice } from '../request-options.ts';
import { csv, id, pageOf, paging, queryMoment } from '../schemas.ts';

const { flowId, flowName } = flowChoice;
const filters = z.strictObject({
  from: queryMoment.optional().openapi({ description: 'Begun at or after.' }),
  to: queryMoment.optional().openapi({ description: 'Begun before.' }),
  flowType: z.enum(FLOW_TYPES).optional(),
  flowId,
  flowName,
  uuid: z.guid('must be a UUID').optional(),
  requestId: id.optional(),
  number: z.string().min(1).max(40).optional(),
  email: z.string().min(3).max(254).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  medium: z.enum(MEDIA).optional(),
  direction: z.enum(DIRECTIONS).optional().openapi({ description: '`in`: calls to us.' }),
});
type Filters = z.output<typeof filters>;

/** The filter in the ledger's terms; undefined when nothing can match it. */
async function readFilter(
  db: Database,
  account: Account,
  given: Filters,
): Promise<Omit<AttemptFilter, 'limit'> | undefined> {
  const { uuid, flowName: name, number, email, medium, ...same } = given;
  if (number !== undefined && email !== undefined) throw invalid('email', 'give number or email, not both');
  const filter: Omit<AttemptFilter, 'limit'> = {
    ...same,
    accountId: account.id,
    id: uuid?.toLowerCase(),
    address: number === undefined ? email?.toLowerCase() : parsePhone(number, account.defaultCountry)?.e164,
    media: medium && [medium],
  };
  if (number !== undefined && filter.address === undefined) return undefined;
  if (name === undefined) return filter;
  const flow = await findFlowByName(db, { accountId: account.id, name });
  if (!flow || (given.flowId !== undefined && given.flowId !== flow.id)) return undefined;
  return { ...filter, flowId: flow.id };
}

const position = z.tuple([z.iso.datetime(), z.guid()]);

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
      query: z.strictObject({ ...paging.shape, ...filters.shape }),
      reply: pageOf(attempt, 'AttemptPage'),
    },
    async ({ db, account, query }) => {
      const { limit, cursor, ...given } = query;
      const last = decodeCursor(position, cursor);
      const filter = await readFilter(db, account, given);
      if (!filter) return { items: [], nextCursor: null };
      const before = last && { reservedAt: new Date(last[0]), id: last[1] };
      const rows = await listAttempts(db, { ...filter, before, limit: limit + 1 });
      return pageFrom(rows.map(showAttempt), limit, (row) => [row.beganAt, row.uuid]);
    },
  );
  endpoint(
    api,
    {
      method: 'get',
      path: '/reports/attempts.csv',
      tag: 'Reports',
      summary: 'The same as CSV, however many rows',
      description: 'Attempts that begin while it is downloaded are not in it.',
      scope,
      query: filters,
      reply: csv,
      replyType: 'text/csv',
    },
    async ({ db, account, query }) => {
      const filter = await readFilter(db, account, query);
      const pages = pagesOf<AttemptRow>(async (last) =>
        filter
          ? listAttempts(db, { ...filter, ...(last && { before: last }), limit: DOWNLOAD_PAGE_ROWS })
          : [],
      );
      const cells = (row: AttemptRow) => {
        const shown = showAttempt(row);
        return COLUMNS.map((column) => shown[column]);
      };
      return csvResponse('attempts.csv', COLUMNS, linesOf(pages, cells));
    },
  );
}
