/** `POST /requests` from files or from records, and reading requests back. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import { listRequests } from '../../db/queries/request-pages.ts';
import { getRequest, type RequestKey, type RequestRow } from '../../db/queries/requests.ts';
import { addRecordsTo, MAX_RECORDS, RECORDS_LIMIT_BYTES, recordInput } from '../add-records.ts';
import { readJson } from '../body.ts';
import { fileRejection, makeRequest, planRequests } from '../create-requests.ts';
import { csvResponse, DOWNLOAD_PAGE_ROWS, pagesOf } from '../csv.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, answerChange, type Call, endpoint, read, type Spec } from '../endpoint.ts';
import { ApiError, fromZod, invalid, notFound } from '../errors.ts';
import { positionOfRequest, readRequestFilter, requestFilters, requestPosition } from '../list-filters.ts';
import { chooseFlow, requestOptions } from '../request-options.ts';
import { detail, requestDetail, requestSummary, summariseAll } from '../request-view.ts';
import { csv, idParam, pageOf, paging } from '../schemas.ts';
import { LISTS, receiveUpload } from '../upload.ts';

const jsonBody = z
  .strictObject({
    ...requestOptions,
    records: z
      .array(recordInput)
      .max(MAX_RECORDS, `may be at most ${MAX_RECORDS}`)
      .default([])
      .openapi({ description: 'The people. May be left out for an open request.' }),
  })
  .openapi('NewRequest');

const uploadFields = z.strictObject({
  ...requestOptions,
  open: z.stringbool('must be true or false').optional(),
});

/** The form as documentation shows it; `receiveUpload` reads it. */
const uploadForm = z
  .object({
    ...requestOptions,
    statusEmails: z.string().optional().openapi({ description: 'Comma separated, or the field repeated.' }),
    files: z
      .array(z.string().openapi({ format: 'binary' }))
      .openapi({ description: 'csv, or zip of csv. At most 20 files, 10 MB each, a zip 25 MB.' }),
  })
  .openapi('NewRequestUpload');

const created = z.object({ requests: z.array(requestSummary) }).openapi('CreatedRequests');

const createSpec = {
  method: 'post',
  path: '/requests',
  tag: 'Requests',
  summary: 'Call a list: files, or records as JSON',
  description:
    'Each file becomes a request of its own. A file that cannot be used makes a request with status `REJECTED` and the reason; the others go on. A transactional flow that may not run yet may be tried on whitelisted numbers alone: a file with anybody else is rejected, records with anybody else get 422 `FLOW_NOT_RUNNABLE`.',
  scope: 'requests:write',
  status: 202,
  body: jsonBody,
  otherBodies: { 'multipart/form-data': uploadForm },
  reply: created,
  errors: ['UNKNOWN_FLOW', 'FLOW_NOT_RUNNABLE', 'NOT_WHITELISTED', 'TOO_MANY_FILES', 'STORAGE_UNAVAILABLE'],
} satisfies Spec<undefined, undefined, typeof jsonBody, typeof created>;

/** The requests just made, in order, as the reply shows them. */
async function show(db: Database, accountId: number, ids: readonly number[]) {
  const rows = await Promise.all(ids.map((requestId) => getRequest(db, { accountId, requestId })));
  const found = rows.filter((row) => row !== undefined);
  return { requests: await summariseAll(db, accountId, found) };
}

function readFields(fields: readonly [string, string][]) {
  const given: Record<string, unknown> = {};
  const emails: string[] = [];
  for (const [name, value] of fields) {
    // A form sends a field that was left empty as an empty text.
    if (value.trim() === '') continue;
    if (name === 'statusEmails') emails.push(...value.split(',').map((email) => email.trim()));
    else if (Object.hasOwn(given, name)) throw invalid(name, 'is given twice');
    else given[name] = value.trim();
  }
  const parsed = uploadFields.safeParse({ ...given, ...(emails.length > 0 && { statusEmails: emails }) });
  if (!parsed.success) throw fromZod(parsed.error);
  return parsed.data;
}

async function createFromFiles(api: Api, call: Call<unknown, unknown>): Promise<Response> {
  const { account, caller } = call;
  const upload = await receiveUpload(api.deps.storage, call.c.req.raw, LISTS);
  try {
    const response = await answerChange(
      api,
      createSpec,
      call,
      ['post', createSpec.path, ...upload.fingerprint],
      async (change) => {
        const options = readFields(upload.fields);
        if (upload.files.length === 0) throw invalid('files', 'send one or more files');
        if (options.open && upload.files.length > 1) throw invalid('open', 'takes one file at most');
        const flow = await chooseFlow(change.db, account, options);
        const plan = await planRequests(change, { account, actor: caller.actor, flow, options });
        const ids: number[] = [];
        for (const file of upload.files) {
          ids.push(
            await makeRequest(change, plan, { source: 'upload', file, rejection: fileRejection(file) }),
          );
          if (plan.notRunnable !== undefined && file.key) await api.deps.storage.remove(file.key);
        }
        return show(change.db, account.id, ids);
      },
    );
    // The first time's files are the ones that count.
    if (response.headers.has('Idempotency-Replayed')) await upload.discard();
    return response;
  } catch (error) {
    // After any other failure the commit may have happened: a file too many is better than one missing.
    if (error instanceof ApiError) await upload.discard();
    throw error;
  }
}

async function createFromRecords(api: Api, call: Call<unknown, unknown>): Promise<Response> {
  const { account, caller } = call;
  const { text, value } = await readJson(call.c.req.raw, RECORDS_LIMIT_BYTES);
  const parsed = jsonBody.safeParse(value);
  if (!parsed.success) throw fromZod(parsed.error);
  const { records, ...options } = parsed.data;
  if (records.length === 0 && !options.open) throw invalid('records', 'give one or more records');
  return answerChange(api, createSpec, call, ['post', createSpec.path, text], async (change) => {
    const flow = await chooseFlow(change.db, account, options);
    const plan = await planRequests(change, { account, actor: caller.actor, flow, options });
    const requestId = await makeRequest(change, plan, { source: 'records' });
    if (plan.notRunnable === undefined)
      await addRecordsTo(change.db, api.deps, { account, requestId, records });
    return show(change.db, account.id, [requestId]);
  });
}

/** @throws ApiError NOT_FOUND */
export async function requireRequest(db: Database, key: RequestKey): Promise<RequestRow> {
  const found = await getRequest(db, key);
  if (!found) throw notFound('request');
  return found;
}

/** Columns of the list as CSV: of a request as it is shown, without what has parts of its own. */
const COLUMNS = [
  'id',
  'status',
  'flowType',
  'flowId',
  'flowName',
  'flowVersion',
  'source',
  'fileName',
  'loaded',
  'added',
  'completed',
  'completionPercent',
  'startAt',
  'endAt',
  'createdAt',
  'startedAt',
  'endedAt',
] as const satisfies readonly (keyof z.output<typeof requestSummary>)[];

function listRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/requests',
      tag: 'Requests',
      summary: 'Requests, newest first',
      scope: 'requests:read',
      query: z.strictObject({ ...paging.shape, ...requestFilters.shape }),
      reply: pageOf(requestSummary, 'RequestPage'),
    },
    async ({ db, account, query }) => {
      const { limit, cursor, ...given } = query;
      const after = decodeCursor(requestPosition, cursor);
      const filter = await readRequestFilter(db, account, given);
      const rows = await listRequests(db, { ...filter, after, limit: limit + 1 });
      const page = pageFrom(rows, limit, positionOfRequest);
      return { ...page, items: await summariseAll(db, account.id, page.items) };
    },
  );
  endpoint(
    api,
    {
      method: 'get',
      path: '/requests.csv',
      tag: 'Requests',
      summary: 'The same as CSV, however many requests',
      scope: 'requests:read',
      query: requestFilters,
      reply: csv,
      replyType: 'text/csv',
    },
    async ({ db, account, query }) => {
      const filter = await readRequestFilter(db, account, query);
      const pages = pagesOf<RequestRow>((after) =>
        listRequests(db, { ...filter, after, limit: DOWNLOAD_PAGE_ROWS }),
      );
      async function* lines() {
        for await (const rows of pages) {
          const shown = await summariseAll(db, account.id, rows);
          yield shown.map((one) => COLUMNS.map((column) => one[column]));
        }
      }
      return csvResponse('requests.csv', COLUMNS, lines());
    },
  );
}

export function requestRoutes(api: Api): void {
  endpoint(api, createSpec, async (call) => {
    const type = call.c.req.header('content-type') ?? '';
    return /^multipart\/form-data\b/i.test(type) ? createFromFiles(api, call) : createFromRecords(api, call);
  });

  listRoutes(api);

  read(
    api,
    {
      method: 'get',
      path: '/requests/{id}',
      tag: 'Requests',
      summary: 'One request, with its progress',
      scope: 'requests:read',
      params: idParam,
      reply: requestDetail,
    },
    async ({ db, account, params }) => {
      const row = await requireRequest(db, { accountId: account.id, requestId: params.id });
      return detail(db, api.deps.links, row);
    },
  );
}
