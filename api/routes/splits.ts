/** Splitting a list over several flows, and comparing what came of each. */
import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { createSplit, listSplits } from '../../db/queries/splits.ts';
import { parsePhone } from '../../domain/phone.ts';
import { armOf, MAX_ARMS, MAX_WEIGHT, MIN_ARMS } from '../../domain/split.ts';
import {
  addRecordsTo,
  MAX_RECORDS,
  RECORDS_LIMIT_BYTES,
  type RecordInput,
  recordInput,
} from '../add-records.ts';
import { readJson } from '../body.ts';
import type { Change } from '../commit.ts';
import { fileRejection, makeRequest, planRequests, type RequestPlan } from '../create-requests.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, answerChange, type Call, endpoint, read, type Spec } from '../endpoint.ts';
import { ApiError, fromZod, invalid, notFound } from '../errors.ts';
import { chooseFlow, flowChoice, requestOptions } from '../request-options.ts';
import { idParam, pageOf, paging } from '../schemas.ts';
import { compareSplit, splitDetail, splitSummary, summariseSplits } from '../split-view.ts';
import { LISTS, receiveUpload, type StoredFile } from '../upload.ts';

const text = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]+$/u, 'must not contain control characters');

const arm = z.strictObject({
  ...flowChoice,
  name: text.optional().openapi({ description: 'Absent: A, B, C, ...' }),
  weight: z.int().min(1).max(MAX_WEIGHT).default(1),
});
const { startAt, endAt, statusEmails, phoneColumn, spreadOver } = requestOptions;
const arms = z.array(arm).min(MIN_ARMS).max(MAX_ARMS);
const options = {
  name: text.optional(),
  salt: text.optional().openapi({
    description:
      'With the number it decides the arm. Absent: made of the flows and weights, so that the same split of another list keeps everybody in their arm.',
  }),
  ...{ startAt, endAt, statusEmails, phoneColumn, spreadOver },
};
const jsonBody = z
  .strictObject({
    ...options,
    arms,
    records: z.array(recordInput).min(1).max(MAX_RECORDS, `may be at most ${MAX_RECORDS}`),
  })
  .openapi('NewSplit');

/** A form sends the arms as JSON text. What is no JSON is left for the schema to refuse. */
const fromText = (given: unknown): unknown => {
  try {
    return typeof given === 'string' ? JSON.parse(given) : given;
  } catch {
    return given;
  }
};
const uploadFields = z.strictObject({ ...options, arms: z.preprocess(fromText, arms) });
const uploadForm = z
  .object({
    ...options,
    arms: z.string().openapi({ description: 'As JSON.', example: '[{"flowName":"a"},{"flowName":"b"}]' }),
    statusEmails: z.string().optional().openapi({ description: 'Comma separated, or the field repeated.' }),
    files: z
      .array(z.string().openapi({ format: 'binary' }))
      .openapi({ description: 'One csv, or zip of csv.' }),
  })
  .openapi('NewSplitUpload');
type Given = z.output<typeof uploadFields>;

const createSpec = {
  method: 'post',
  path: '/splits',
  tag: 'Splits',
  summary: 'Split a list over several flows, to compare them',
  description: `${MIN_ARMS} to ${MAX_ARMS} arms. The number and the salt decide who belongs to which, in the proportion of the weights: the same number is in one arm however often the list has it. Each arm is a request of its own, checked and scrubbed once, with the options given; all of them are made or none. Rows without a number are answered for in the first arm.`,
  scope: 'requests:write',
  status: 202,
  body: jsonBody,
  otherBodies: { 'multipart/form-data': uploadForm },
  reply: splitSummary,
  errors: ['UNKNOWN_FLOW', 'FLOW_NOT_RUNNABLE', 'NOT_WHITELISTED', 'TOO_MANY_FILES', 'STORAGE_UNAVAILABLE'],
} satisfies Spec<undefined, undefined, typeof jsonBody, typeof splitSummary>;

interface PlannedArm {
  name: string;
  weight: number;
  plan: RequestPlan;
}

/** Checks every arm before anything is made. @throws ApiError */
async function planArms(change: Change, call: Call<unknown, unknown>, given: Given): Promise<PlannedArm[]> {
  const { account, caller } = call;
  const planned: PlannedArm[] = [];
  for (const [index, { name, weight, ...choice }] of given.arms.entries()) {
    const at = (error: unknown): unknown => {
      if (!(error instanceof ApiError) || !error.errors.some(({ field }) => field.startsWith('flow')))
        return error;
      const errors = error.errors.map(({ field, message }) => ({ field: `arms.${index}.${field}`, message }));
      return new ApiError(error.code, `arms.${index}.${error.message}`, errors);
    };
    const flow = await chooseFlow(change.db, account, choice).catch((error: unknown) => {
      throw at(error);
    });
    const plan = await planRequests(change, { account, actor: caller.actor, flow, options: given });
    const field = `arms.${index}`;
    if (plan.notRunnable !== undefined) {
      throw new ApiError('FLOW_NOT_RUNNABLE', plan.notRunnable, [{ field, message: plan.notRunnable }]);
    }
    if (plan.policy.whitelistedOnly) {
      const message = `the flow "${flow.name}" may not run yet; a split takes flows that may`;
      throw new ApiError('FLOW_NOT_RUNNABLE', `${field}: ${message}.`, [{ field, message }]);
    }
    planned.push({ name: name ?? String.fromCharCode(65 + index), weight, plan });
  }
  const names = planned.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) throw invalid(`arms.${twice}.name`, 'is the name of an earlier arm');
  return planned;
}

/** The same arms of another list get the same salt. */
function defaultSalt(planned: readonly PlannedArm[]): string {
  const arms = planned.map(({ plan, weight }) => `${plan.flow.id}:${weight}`).join(',');
  return createHash('sha256').update(arms).digest('hex').slice(0, 16);
}

/** Stores the split and its arms' requests, without their people. @returns the split, and the request of each arm */
async function makeArms(
  change: Change,
  call: Call<unknown, unknown>,
  given: Given,
  file: StoredFile | undefined,
) {
  const planned = await planArms(change, call, given);
  const split = await createSplit(change.db, {
    accountId: call.account.id,
    name: given.name ?? null,
    salt: given.salt ?? defaultSalt(planned),
    arms: planned.map(({ name, weight }) => ({ name, weight })),
    createdBy: call.caller.actor,
  });
  const requestIds: number[] = [];
  for (const [index, { plan }] of planned.entries()) {
    const made = { split: { id: split.id, arm: index } };
    requestIds.push(
      await makeRequest(change, plan, {
        ...made,
        ...(file ? { source: 'upload', file, rejection: fileRejection(file) } : { source: 'records' }),
      }),
    );
  }
  await change.audit('split.create', `split/${split.id}`, { requestIds });
  return { split, requestIds };
}

/** Everybody into their arm, in the order given. */
function deal(
  records: readonly RecordInput[],
  country: string,
  rule: Parameters<typeof armOf>[1],
): RecordInput[][] {
  const dealt: RecordInput[][] = rule.weights.map(() => []);
  for (const record of records) {
    dealt[armOf(parsePhone(record.number, country)?.e164, rule)]?.push(record);
  }
  return dealt;
}

async function splitRecords(api: Api, call: Call<unknown, unknown>): Promise<Response> {
  const { account } = call;
  const { text: body, value } = await readJson(call.c.req.raw, RECORDS_LIMIT_BYTES);
  const parsed = jsonBody.safeParse(value);
  if (!parsed.success) throw fromZod(parsed.error);
  const { records, ...given } = parsed.data;
  return answerChange(api, createSpec, call, ['post', createSpec.path, body], async (change) => {
    const { split, requestIds } = await makeArms(change, call, given, undefined);
    const weights = split.arms.map(({ weight }) => weight);
    const dealt = deal(records, account.defaultCountry, { salt: split.salt, weights });
    for (const [index, requestId] of requestIds.entries()) {
      await addRecordsTo(change.db, api.deps, { account, requestId, records: dealt[index] ?? [] });
    }
    const [shown] = await summariseSplits(change.db, account.id, [split]);
    return shown;
  });
}

function readFields(fields: readonly [string, string][]): Given {
  const given: Record<string, unknown> = {};
  const emails: string[] = [];
  for (const [name, value] of fields) {
    if (value.trim() === '') continue;
    if (name === 'statusEmails') emails.push(...value.split(',').map((email) => email.trim()));
    else if (Object.hasOwn(given, name)) throw invalid(name, 'is given twice');
    else given[name] = value.trim();
  }
  const parsed = uploadFields.safeParse({ ...given, ...(emails.length > 0 && { statusEmails: emails }) });
  if (!parsed.success) throw fromZod(parsed.error);
  return parsed.data;
}

/** The arms share the stored file: each reads its own people out of it, and the last one removes it. */
async function splitFile(api: Api, call: Call<unknown, unknown>): Promise<Response> {
  const { account } = call;
  const upload = await receiveUpload(api.deps.storage, call.c.req.raw, { ...LISTS, maxFiles: 1 });
  try {
    const response = await answerChange(
      api,
      createSpec,
      call,
      ['post', createSpec.path, ...upload.fingerprint],
      async (change) => {
        const given = readFields(upload.fields);
        const [file] = upload.files;
        if (!file) throw invalid('files', 'send one file');
        const { split } = await makeArms(change, call, given, file);
        const [shown] = await summariseSplits(change.db, account.id, [split]);
        return shown;
      },
    );
    // The first time's file is the one that counts.
    if (response.headers.has('Idempotency-Replayed')) await upload.discard();
    return response;
  } catch (error) {
    // After any other failure the commit may have happened: a file too many is better than one missing.
    if (error instanceof ApiError) await upload.discard();
    throw error;
  }
}

function readRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/splits',
      tag: 'Splits',
      summary: 'Splits, newest first',
      scope: 'requests:read',
      query: paging,
      reply: pageOf(splitSummary, 'SplitPage'),
    },
    async ({ db, account, query }) => {
      const { limit, cursor } = query;
      const beforeId = decodeCursor(z.int(), cursor);
      const rows = await listSplits(db, { accountId: account.id, limit: limit + 1, beforeId });
      const page = pageFrom(rows, limit, (last) => last.id);
      return { ...page, items: await summariseSplits(db, account.id, page.items) };
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/splits/{id}',
      tag: 'Splits',
      summary: 'What came of each arm, and what their differences show',
      description:
        "Shares are of all people of an arm whose part has ended, answered or not, so that arms stay comparable. `variable` is one that a key press or the flow sets; converted are those whose `value` it is, or who have any. Intervals are Wilson's of a share and Newcombe's of a difference, at 95%; each arm is compared with the first one.",
      scope: 'reports:read',
      params: idParam,
      query: z
        .strictObject({
          variable: z.string().min(1).max(100).optional(),
          value: z.string().min(1).max(1_000).optional(),
        })
        .refine(({ variable, value }) => value === undefined || variable !== undefined, {
          message: 'needs a variable',
          path: ['value'],
        }),
      reply: splitDetail,
    },
    async ({ db, account, params, query }) => {
      const [split] = await listSplits(db, { accountId: account.id, id: params.id, limit: 1 });
      if (!split) throw notFound('split');
      return compareSplit(db, split, { variable: query.variable, value: query.value });
    },
  );
}

export function splitRoutes(api: Api): void {
  endpoint(api, createSpec, async (call) => {
    const type = call.c.req.header('content-type') ?? '';
    return /^multipart\/form-data\b/i.test(type) ? splitFile(api, call) : splitRecords(api, call);
  });
  readRoutes(api);
}
