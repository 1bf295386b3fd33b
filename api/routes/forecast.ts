/** `POST /requests/forecast`: what would become of a list, or will become of a request, by a simulation of the engine. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Flow } from '../../db/queries/flows.ts';
import { countOthersRunning, readHistory, readPeopleLeft } from '../../db/queries/forecast.ts';
import { getPolicy } from '../../db/queries/requests.ts';
import { flowDefinition } from '../../domain/flow/schema.ts';
import { ListRejected } from '../../domain/list/rejection.ts';
import { isFinal } from '../../domain/outcome.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { MAX_RECORDS, RECORDS_LIMIT_BYTES, recordInput } from '../add-records.ts';
import { readJson } from '../body.ts';
import { fileRejection, planRequests, type RequestPlan, runningDefinition } from '../create-requests.ts';
import { type Api, answerChange, type Call, endpoint, type Spec } from '../endpoint.ts';
import { ApiError, fromZod, invalid } from '../errors.ts';
import { forecastFields, forecastOptions } from '../forecast-options.ts';
import { forecastReply, showList } from '../forecast-view.ts';
import { type Foretelling, foretell, limitsFor, tariffFor } from '../forecasting.ts';
import { edited, requireCalendars } from '../policy-parts.ts';
import { chooseFlow, readTimes, requestOptions } from '../request-options.ts';
import { idParam } from '../schemas.ts';
import { LISTS, receiveUpload, type StoredFile } from '../upload.ts';
import { requireRequest } from './requests.ts';

const { flowId, flowName, startAt, endAt, phoneColumn, spreadOver } = requestOptions;
const listOptions = { flowId, flowName, startAt, endAt, phoneColumn, spreadOver };
const fields = { ...listOptions, ...forecastFields };

const jsonBody = z
  .strictObject({
    ...listOptions,
    ...forecastOptions,
    requestId: idParam.shape.id.optional().openapi({
      description: 'A request that has not ended: its remainder is forecast. Then without flow and records.',
    }),
    records: z.array(recordInput).min(1).max(MAX_RECORDS, `may be at most ${MAX_RECORDS}`).optional(),
  })
  .openapi('NewForecast');
type Given = z.output<typeof jsonBody>;

const form = z.strictObject(fields);
/** The form as documentation shows it. */
const formShown = z
  .object({
    ...fields,
    files: z.array(z.string().openapi({ format: 'binary' })).openapi({
      description: 'One csv of at most 10 MB, or zip of csv of at most 25 MB.',
    }),
  })
  .openapi('NewForecastUpload');

const spec = {
  method: 'post',
  path: '/requests/forecast',
  tag: 'Requests',
  summary: 'Forecast a list before it is launched, or the rest of a request',
  description:
    'Takes what `POST /requests` takes: one file, or records; or the id of a request that has not ended. Nothing is stored and nobody is called. The list is read and checked row by row as a launch would. The engine then runs the campaign some dozens of times on a virtual clock, by the same rules of hours, pace, lines and retries. The answer comes once the whole list is read: the larger the file, the later.',
  scope: 'requests:read',
  body: jsonBody,
  otherBodies: { 'multipart/form-data': formShown },
  reply: forecastReply,
  errors: [
    'UNKNOWN_FLOW',
    'FLOW_NOT_RUNNABLE',
    'TOO_MANY_FILES',
    'STORAGE_UNAVAILABLE',
    'REQUEST_ENDED',
    'LIST_NOT_READ',
  ],
} satisfies Spec<undefined, undefined, typeof jsonBody, typeof forecastReply>;

type Reply = z.input<typeof forecastReply>;
type Asked = Pick<Call<unknown, unknown>, 'account' | 'caller'> & { db: Database };

/** A list, in storage or in hand. */
type Source = { file: StoredFile } | { records: NonNullable<Given['records']> };

/** What is to come, so beside whatever else runs. @param about.requestId null: of a list */
async function told(db: Database, { requestId, ...about }: Foretelling & { requestId: number | null }) {
  const others = { accountId: about.account.id, exceptRequestId: requestId };
  const [{ shown }, otherRequestsRunning] = await Promise.all([
    foretell(db, about),
    countOthersRunning(db, others),
  ]);
  return { ...shown, assumptions: { ...shown.assumptions, otherRequestsRunning } };
}

async function policyWith(
  db: Database,
  accountId: number,
  policy: RequestPolicy,
  given: Given['policy'],
): Promise<RequestPolicy> {
  if (!given) return policy;
  await requireCalendars(db, accountId, given.holidayCalendars ?? [], 'policy.holidayCalendars');
  return edited(policy, given);
}

async function ofList(api: Api, asked: Asked, given: Given, source: Source): Promise<Reply> {
  const { db, account, caller } = asked;
  const flow = await chooseFlow(db, account, given);
  const plan = await planRequests({ db }, { account, actor: caller.actor, flow, options: given });
  if (plan.notRunnable !== undefined) throw new ApiError('FLOW_NOT_RUNNABLE', plan.notRunnable);
  const policy = await policyWith(db, account.id, plan.policy, given.policy);
  const tariff = await tariffFor(db, account, given);
  const survey = await surveyOf(api, db, { plan, policy, source, rates: tariff?.rates ?? [] });
  const shown = await told(db, {
    account,
    flowId: flow.id,
    requestId: null,
    policy,
    options: given,
    history: await readHistory(db, { accountId: account.id, flowId: flow.id }),
    tariff,
    people: survey.people,
    startAt: plan.startAt,
    endAt: plan.endAt,
    layOut: true,
    now: new Date(),
  });
  return {
    requestId: null,
    flowId: flow.id,
    flowName: flow.name,
    startAt: plan.startAt,
    endAt: plan.endAt,
    loaded: survey.loaded,
    rejected: survey.rejected,
    list: showList(survey, await variablesOf(db, plan.flow)),
    ...shown,
  };
}

/** @throws ApiError INVALID_INPUT for a list that would be turned away whole, FLOW_NOT_RUNNABLE for a trial on strangers */
async function surveyOf(
  api: Api,
  db: Database,
  about: {
    plan: RequestPlan;
    policy: RequestPolicy;
    source: Source;
    rates: Parameters<Api['deps']['surveyList']>[0]['rates'];
  },
) {
  const { plan, policy, source, rates } = about;
  const variables = await variablesOf(db, plan.flow);
  const rules = {
    country: plan.account.defaultCountry,
    scrub: policy.promotional,
    category: policy.category,
    whitelistedOnly: policy.whitelistedOnly ?? false,
    tooLate: false,
    required: variables.filter((one) => one.required).map((one) => one.name),
  };
  try {
    return await api.deps.surveyList({
      accountId: plan.account.id,
      source: 'file' in source ? { upload: uploadOf(source.file) } : { records: givenRows(source.records) },
      rules,
      phoneColumn: plan.phoneColumn,
      declared: variables.map((one) => one.name),
      rates,
    });
  } catch (error) {
    if (!(error instanceof ListRejected)) throw error;
    if (error.rejection === 'FLOW_NOT_RUNNABLE') throw new ApiError('FLOW_NOT_RUNNABLE', error.message);
    throw invalid('file' in source ? 'files' : 'records', `${error.rejection}: ${error.message}`);
  }
}

async function variablesOf(
  db: Database,
  flow: Flow,
): Promise<{ name: string; required?: boolean | undefined }[]> {
  const definition = flowDefinition.safeParse(await runningDefinition({ db }, flow));
  return definition.success ? (definition.data.variables ?? []) : [];
}

const givenRows = (records: NonNullable<Given['records']>) =>
  records.map(({ number, variables = {}, timezone }) => ({ number, variables, timeZone: timezone }));

/** @throws ApiError INVALID_INPUT for a file over its limit */
function uploadOf(file: StoredFile): { key: string; format: 'csv' | 'zip' } {
  const rejection = fileRejection(file);
  if (rejection || file.key === undefined) {
    throw invalid('files', rejection ? `${rejection.code}: ${rejection.detail}` : 'was not stored');
  }
  return { key: file.key, format: file.format };
}

async function ofRequest(api: Api, asked: Asked, given: Given, requestId: number): Promise<Reply> {
  const { db, account } = asked;
  const key = { accountId: account.id, requestId };
  const row = await requireRequest(db, key);
  for (const name of ['flowId', 'flowName', 'records', 'startAt', 'phoneColumn', 'spreadOver'] as const) {
    if (given[name] !== undefined)
      throw invalid(name, 'is not given with requestId: the request has its own');
  }
  if (isFinal(row.status)) throw new ApiError('REQUEST_ENDED', `The request is ${row.status}.`);
  if (!row.ingestedAt) throw new ApiError('LIST_NOT_READ', 'Try again shortly.');
  const stored = await getPolicy(db, { ...key, version: row.policyVersion });
  if (!stored) throw new Error(`request ${requestId} has no policy ${row.policyVersion}`);
  const now = new Date();
  const policy = await policyWith(db, account.id, stored, given.policy);
  const { endAt } = given.endAt === undefined ? row : readTimes(given, account.timeZone, now);
  const tariff = await tariffFor(db, account, given);
  const limits = await limitsFor(db, account.id, policy);
  const register = policy.promotional ? registersAsked(api) : undefined;
  const shown = await told(db, {
    account,
    flowId: row.flowId,
    requestId,
    policy,
    options: given,
    history: await readHistory(db, { accountId: account.id, flowId: row.flowId }),
    tariff,
    people: await readPeopleLeft(db, { ...key, rates: tariff?.rates ?? [], limits, register, now }),
    startAt: row.startAt,
    endAt,
    layOut: row.startedAt === null,
    now,
  });
  const { flowId, flowName, startAt, loaded } = row;
  return { requestId, flowId, flowName, startAt, endAt, loaded, rejected: [], list: null, ...shown };
}

const registersAsked = ({ deps }: Api) => (deps.register.asksOutside ? 'OUTSIDE' : 'LOCAL');

function readForm(given: readonly [string, string][]): Given {
  const values: Record<string, string> = {};
  for (const [name, value] of given) {
    if (value.trim() === '') continue;
    if (Object.hasOwn(values, name)) throw invalid(name, 'is given twice');
    values[name] = value.trim();
  }
  const parsed = form.safeParse(values);
  if (!parsed.success) throw fromZod(parsed.error);
  return parsed.data;
}

async function fromFile(api: Api, call: Call<unknown, unknown>): Promise<Response> {
  const upload = await receiveUpload(api.deps.storage, call.c.req.raw, { ...LISTS, maxFiles: 1 });
  try {
    return await answerChange(api, spec, call, ['post', spec.path, ...upload.fingerprint], async ({ db }) => {
      const given = readForm(upload.fields);
      const [file] = upload.files;
      if (!file) throw invalid('files', 'send one file');
      return ofList(api, { ...whoAsks(call), db }, given, { file });
    });
  } finally {
    // A process that dies before this leaves a file that nobody names, under a key that begins with its day.
    await upload.discard();
  }
}

const whoAsks = ({ account, caller }: Call<unknown, unknown>) => ({ account, caller });

async function fromJson(api: Api, call: Call<unknown, unknown>): Promise<Response> {
  const { text, value } = await readJson(call.c.req.raw, RECORDS_LIMIT_BYTES);
  const parsed = jsonBody.safeParse(value);
  if (!parsed.success) throw fromZod(parsed.error);
  const given = parsed.data;
  return answerChange(api, spec, call, ['post', spec.path, text], async ({ db }) => {
    const asked = { ...whoAsks(call), db };
    if (given.requestId !== undefined) return ofRequest(api, asked, given, given.requestId);
    if (!given.records) throw invalid('records', 'give records, a file, or requestId');
    return ofList(api, asked, given, { records: given.records });
  });
}

export function forecastRoutes(api: Api): void {
  endpoint(api, spec, async (call) => {
    const type = call.c.req.header('content-type') ?? '';
    return /^multipart\/form-data\b/i.test(type) ? fromFile(api, call) : fromJson(api, call);
  });
}
