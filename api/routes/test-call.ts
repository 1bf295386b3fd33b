/**
 * Trying a flow on a telephone before its launch: one call to a number of the account's whitelist, at once.
 *
 * Whoever answers has proved the number with a code sent to it, and belongs to the account; nobody is advertised to. So
 * neither the flow's hours nor promotional hours hold, the register is not asked, and no limit on how often a person is
 * contacted, as ever for whitelisted numbers. The blacklist holds, and so do the limits of lines, flow and account.
 */
import { z } from '@hono/zod-openapi';
import type { Flow } from '../../db/queries/flows.ts';
import { getFlowVersion } from '../../db/queries/flows.ts';
import { lookUp } from '../../db/queries/suppression.ts';
import { keepDraft } from '../../db/queries/tried-drafts.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { parsePhone } from '../../domain/phone.ts';
import { contactPolicy, type RequestPolicy } from '../../domain/policy.ts';
import { isOpen } from '../../domain/window.ts';
import { addRecordsTo, recordInput } from '../add-records.ts';
import { makeRequest, type RequestPlan } from '../create-requests.ts';
import { type Api, type ChangeCall, change } from '../endpoint.ts';
import { ApiError, invalid } from '../errors.ts';
import { idParam } from '../schemas.ts';
import { checkFor, requireFlow } from './flows.ts';

const body = z
  .strictObject({
    number: recordInput.shape.number,
    variables: recordInput.shape.variables,
    version: z
      .union([
        z.literal('draft'),
        z
          .int()
          .min(1)
          .max(2 ** 31 - 1),
      ])
      .optional()
      .openapi({
        description: 'A published version, or `draft`. Absent: the version now published, else the draft.',
      }),
  })
  .openapi('NewTestCall');
const made = z
  .object({
    requestId: z.int(),
    uuid: z.string().openapi({ description: '`GET /calls/{uuid}` follows it, widget by widget.' }),
    flowVersion: z.int().openapi({ description: 'Negative: the draft as it is now.' }),
    notices: z
      .array(z.string())
      .openapi({ description: 'What would be otherwise in a campaign, as sentences.' }),
  })
  .openapi('TestCall');
type Call = ChangeCall<z.output<typeof idParam>, unknown, z.output<typeof body>>;

/** The number, proved to be the account's own. @throws ApiError INVALID_NUMBER, NOT_WHITELISTED, BLACKLISTED */
async function requireOwnNumber(call: Call): Promise<string> {
  const { account, body: given, db } = call;
  const refuse = (code: 'INVALID_NUMBER' | 'NOT_WHITELISTED' | 'BLACKLISTED', message: string): ApiError =>
    new ApiError(code, `number: ${message}`, [{ field: 'number', message }]);
  const number = parsePhone(given.number, account.defaultCountry)?.e164;
  if (!number) throw refuse('INVALID_NUMBER', `not a valid number, read as one of ${account.defaultCountry}`);
  const listed = await lookUp(db, { accountId: account.id, numbers: [number], now: new Date() });
  if (!listed.whitelisted.has(number)) {
    throw refuse(
      'NOT_WHITELISTED',
      'test calls go to verified numbers of the whitelist alone; POST /whitelist/phones sends a code to one',
    );
  }
  if (listed.blacklisted.has(number)) throw refuse('BLACKLISTED', 'the number is on the blacklist');
  return number;
}

/** What to run, checked as for publishing. @throws ApiError FLOW_NOT_RUNNABLE, FLOW_NOT_PUBLISHED, FLOW_HAS_PROBLEMS */
async function chooseVersion(call: Call, flow: Flow): Promise<{ version: number; definition: unknown }> {
  const { db, account, body: given, caller } = call;
  const key = { accountId: account.id, flowId: flow.id };
  if (flow.type !== 'outbound' && flow.type !== 'dialer') {
    throw new ApiError(
      'FLOW_NOT_RUNNABLE',
      `The flow "${flow.name}" is of type ${flow.type}; only outbound and dialer flows call people.`,
    );
  }
  const wanted = given.version ?? flow.publishedVersion ?? 'draft';
  if (wanted !== 'draft') {
    const found = await getFlowVersion(db, { ...key, version: wanted });
    if (!found) throw new ApiError('FLOW_NOT_PUBLISHED', `The flow "${flow.name}" has no version ${wanted}.`);
    return { version: wanted, definition: found.definition };
  }
  const { definition, problems } = await checkFor(db, account, flow.draft, { hold: true });
  if (!definition) {
    const errors = problems
      .filter(({ severity }) => severity === 'error')
      .map(({ widget, field, message, code }) => ({
        field: [widget, field].filter((part) => part !== undefined).join('.') || 'definition',
        message: `${code}: ${message}`,
      }));
    throw new ApiError('FLOW_HAS_PROBLEMS', `The draft has ${errors.length} problem(s).`, errors);
  }
  return { version: await keepDraft(db, { ...key, definition, triedBy: caller.actor }), definition };
}

/**
 * How the call is to sound is the flow's; when and how often it may be made is nobody's limit: defaults have none.
 * Tried once, as whoever asked for it is waiting.
 */
function testPolicy(call: Call, settings: RequestPolicy): RequestPolicy {
  const { concurrency, callsPerSecond, callerIds, trunk, ringTimeoutMs, maxCallMs } = settings;
  const { detectMachine, recordCalls, category } = settings;
  return {
    ...contactPolicy.parse({}),
    ...{ concurrency, callsPerSecond, callerIds, trunk, ringTimeoutMs, maxCallMs },
    ...{ detectMachine, recordCalls, category },
    timeZone: call.account.timeZone,
    homeRegion: call.account.defaultCountry,
    promotional: false,
    whitelistedOnly: true,
    frequencyExempt: true,
    test: true,
  };
}

async function testCall(api: Api, call: Call): Promise<z.input<typeof made>> {
  const { db, account, caller, params, body: given } = call;
  const flow = await requireFlow(db, account, params.id);
  const number = await requireOwnNumber(call);
  const { version, definition } = await chooseVersion(call, flow);
  const settings = {
    ...contactPolicy.parse((definition as { settings?: unknown }).settings ?? {}),
    timeZone: account.timeZone,
    homeRegion: account.defaultCountry,
    promotional: !flow.transactional,
  };
  const plan: RequestPlan = {
    account,
    actor: caller.actor,
    flow,
    policy: testPolicy(call, settings),
    notRunnable: undefined,
    startAt: null,
    endAt: null,
    statusEmails: [],
    phoneColumn: null,
    open: false,
  };
  const requestId = await makeRequest(call, plan, { source: 'test', flowVersion: version });
  const records = [{ number, ...(given.variables && { variables: given.variables }) }];
  const [record] = await addRecordsTo(db, api.deps, { account, requestId, records, fieldOf: () => 'number' });
  if (record?.result !== 'ACCEPTED') {
    const message = record?.detail ?? `it is refused: ${record?.result}`;
    const field = record?.result === 'MISSING_VARIABLE' ? 'variables' : 'number';
    // Thrown, so the request is undone with everything that went with it.
    if (record?.result === 'MISSING_VARIABLE')
      throw new ApiError('MISSING_VARIABLE', `${field}: ${message}`, [{ field, message }]);
    throw invalid(field, message);
  }
  return {
    requestId,
    uuid: attemptId({ requestId, row: record.row, attemptNo: 1, step: 0 }),
    flowVersion: version,
    notices: noticesFor(settings, parsePhone(number, account.defaultCountry)?.region ?? null),
  };
}

function noticesFor(settings: RequestPolicy, region: string | null): string[] {
  const notices: string[] = [];
  if (!isOpen(settings, region, Date.now())) {
    notices.push(
      'It is outside the hours in which a campaign of this flow would call the number; test calls are made at any hour.',
    );
  }
  if (settings.promotional) {
    notices.push('The do-not-call register was not asked; a campaign of this promotional flow is scrubbed.');
  }
  return notices;
}

export function testCallRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/flows/{id}/test-call',
      tag: 'Flows',
      summary: 'Try a flow on a whitelisted number',
      description:
        "One call, at once and tried once, to a verified number of the account's whitelist; of a draft too, and of a transactional flow that may not run yet. Not scrubbed, at any hour, and under no limit on how often a person is contacted: whoever answers has proved the number and belongs to the account. The blacklist holds. In reports the call is marked as a test; no statistics and no forecast reckon with it.",
      scope: 'requests:write',
      params: idParam,
      body,
      status: 202,
      reply: made,
      errors: [
        ...(['FLOW_NOT_RUNNABLE', 'FLOW_NOT_PUBLISHED', 'FLOW_HAS_PROBLEMS', 'NOT_WHITELISTED'] as const),
        ...(['INVALID_NUMBER', 'BLACKLISTED', 'MISSING_VARIABLE'] as const),
      ],
    },
    async (call) => testCall(api, call),
  );
}
