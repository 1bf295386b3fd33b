/** The rows of a request: as JSON, as CSV, the rejected ones to be mended, and adding to an open request. */
import { z } from '@hono/zod-openapi';
import { listRecords, type RecordRow, variableNames } from '../../db/queries/records.ts';
import { lockRequest, steerRequest } from '../../db/queries/requests.ts';
import { REJECTED_COLUMNS } from '../../domain/list/header.ts';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import { isFinal, OUTCOMES, ROW_RESULTS } from '../../domain/outcome.ts';
import { parsePhone } from '../../domain/phone.ts';
import { addRecordsTo, MAX_RECORDS, RECORDS_LIMIT_BYTES, recordInput } from '../add-records.ts';
import { csvResponse, DOWNLOAD_PAGE_ROWS, linesOf, pagesOf } from '../csv.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, endpoint, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { csv, idParam, maybeMoment, pageOf, paging } from '../schemas.ts';
import { requireRequest } from './requests.ts';

const record = z
  .object({
    row: z.int().openapi({ description: '1 for the first row of data.' }),
    number: z.string().nullable().openapi({ description: 'E.164, where the row had a valid number.' }),
    given: z.string().openapi({ description: 'The number as it stood in the list.' }),
    result: z.enum(ROW_RESULTS),
    detail: z.string().nullable().openapi({ description: 'For a rejected row: what is at fault.' }),
    variables: z.record(z.string(), z.string()),
    outcome: z.enum(OUTCOMES).nullable(),
    attempts: z.int(),
    uuid: z.string().nullable().openapi({ description: 'The last attempt.' }),
    dueAt: maybeMoment,
    endedAt: maybeMoment,
  })
  .openapi('Record');

const shown = (row: RecordRow): z.input<typeof record> => ({
  row: row.row,
  number: row.number,
  given: row.given,
  result: row.result,
  detail: row.detail,
  variables: row.variables ?? {},
  outcome: row.outcome,
  attempts: row.attempts,
  uuid: row.lastAttemptId,
  dueAt: row.dueAt,
  endedAt: row.endedAt,
});

const filters = z.strictObject({
  ...paging.shape,
  result: z.enum(ROW_RESULTS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  number: z.string().min(1).max(40).optional(),
});

const tag = 'Requests';
const FORMULAS =
  'Cells that a spreadsheet would run as a formula get an apostrophe in front; numbers, with or without a sign, do not.';

function listRoute(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/requests/{id}/records',
      tag,
      summary: 'Rows of the list, in their order',
      scope: 'requests:read',
      params: idParam,
      query: filters,
      reply: pageOf(record, 'RecordPage'),
    },
    async ({ db, account, params, query }) => {
      const { limit, cursor, number, ...filter } = query;
      const key = { accountId: account.id, requestId: params.id };
      await requireRequest(db, key);
      const e164 = number === undefined ? undefined : parsePhone(number, account.defaultCountry)?.e164;
      const rows = await listRecords(db, {
        ...key,
        ...filter,
        // What is no number is nobody's.
        number: number === undefined ? undefined : (e164 ?? number),
        afterRow: decodeCursor(z.int(), cursor) ?? 0,
        limit: limit + 1,
      });
      return pageFrom(rows.map(shown), limit, (last) => last.row);
    },
  );
}

function downloadRoutes(api: Api): void {
  const download = (name: 'records' | 'rejected', summary: string, description: string) =>
    endpoint(
      api,
      {
        method: 'get',
        path: `/requests/{id}/${name}.csv`,
        tag,
        summary,
        description: `${description} ${FORMULAS}`,
        scope: 'requests:read',
        params: idParam,
        reply: csv,
        replyType: 'text/csv',
      },
      async ({ db, account, params }) => {
        const key = { accountId: account.id, requestId: params.id };
        const request = await requireRequest(db, key);
        const rejected = name === 'rejected';
        const variables = await variableNames(db, { ...key, rejected });
        const pages = pagesOf<RecordRow>((last) =>
          listRecords(db, { ...key, rejected, afterRow: last?.row ?? 0, limit: DOWNLOAD_PAGE_ROWS }),
        );
        const values = (row: RecordRow) => variables.map((variable) => row.variables?.[variable]);
        const fileName = `request-${params.id}-${name}.csv`;
        if (rejected) {
          const header = [request.phoneColumn ?? 'number', ...variables, ...REJECTED_COLUMNS];
          const cells = (row: RecordRow) => [row.given, ...values(row), row.row, row.result, row.detail];
          return csvResponse(fileName, header, linesOf(pages, cells));
        }
        const header = [
          'row',
          'number',
          'given',
          'result',
          'detail',
          'outcome',
          'attempts',
          'uuid',
          'endedAt',
        ];
        return csvResponse(
          fileName,
          [...header, ...variables],
          linesOf(pages, (row) => [
            ...[row.row, row.number, row.given, row.result, row.detail],
            ...[row.outcome, row.attempts, row.lastAttemptId, row.endedAt],
            ...values(row),
          ]),
        );
      },
    );
  download(
    'records',
    'Every row with its result and outcome, as CSV',
    'Variables follow as columns of their own.',
  );
  download(
    'rejected',
    'Rejected rows, to be mended and sent again',
    "The upload's own columns, then `clarion_row`, `clarion_reason` and `clarion_detail`. A malformed row has its cells under the columns they stood in, those beyond the header under `column_<n>`. When the file is sent again, the three feed no variables and the apostrophes in front of formulas are taken away.",
  );
}

const newRecords = z
  .strictObject({
    records: z.array(recordInput).min(1).max(MAX_RECORDS, `may be at most ${MAX_RECORDS}`),
  })
  .openapi('NewRecords');
const addedRecords = z
  .object({
    loaded: z.int(),
    added: z.int(),
    rejected: z.record(z.string(), z.int()),
    records: z.array(
      z.object({
        row: z.int(),
        number: z.string().nullable(),
        result: z.enum(ROW_RESULTS),
        detail: z.string().nullable(),
      }),
    ),
  })
  .openapi('AddedRecords');

function addRoute(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/requests/{id}/records',
      tag,
      summary: 'Add people to an open request',
      description:
        'Each is decided at once, against the rows there are already; the reply says for each in order what became of it. Also while the request is paused: they are called when it goes on.',
      scope: 'requests:write',
      params: idParam,
      body: newRecords,
      bodyLimitBytes: RECORDS_LIMIT_BYTES,
      status: 202,
      reply: addedRecords,
      errors: [
        'FLOW_NOT_RUNNABLE',
        'REQUEST_NOT_OPEN',
        'REQUEST_FULL',
        'REQUEST_ENDED',
        'REQUEST_CANCELLING',
      ],
    },
    async ({ db, account, params, body, audit, notify }) => {
      const key = { accountId: account.id, requestId: params.id };
      const request = await lockRequest(db, key);
      if (!request) throw notFound('request');
      if (isFinal(request.status)) throw new ApiError('REQUEST_ENDED', 'The request has ended.');
      if (request.cancelledAt) throw new ApiError('REQUEST_CANCELLING', 'The request is being cancelled.');
      if (!request.open || request.closedAt) {
        throw new ApiError('REQUEST_NOT_OPEN', 'The request takes no more records.');
      }
      if (!request.ingestedAt) {
        throw new ApiError(
          'REQUEST_NOT_OPEN',
          'The file of the request is still being read. Try again shortly.',
        );
      }
      if (request.loaded + body.records.length > LIST_LIMITS.rows) {
        const room = Math.max(0, LIST_LIMITS.rows - request.loaded);
        throw new ApiError('REQUEST_FULL', `The request may have ${LIST_LIMITS.rows} records; ${room} more.`);
      }
      const added = await addRecordsTo(db, api.deps, {
        account,
        requestId: params.id,
        records: body.records,
      });
      await steerRequest(db, { ...key, set: {}, event: 'RECORDS_ADDED', data: { loaded: added.length } });
      await audit('request.add-records', `request/${params.id}`, { loaded: added.length });
      notify(params.id);
      const accepted = added.filter((one) => one.result === 'ACCEPTED').length;
      const rejected: Record<string, number> = {};
      for (const { result } of added) {
        if (result !== 'ACCEPTED') rejected[result] = (rejected[result] ?? 0) + 1;
      }
      return { loaded: added.length, added: accepted, rejected, records: added };
    },
  );
}

export function recordRoutes(api: Api): void {
  listRoute(api);
  downloadRoutes(api);
  addRoute(api);
}
