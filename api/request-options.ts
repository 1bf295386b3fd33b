/** What a request is asked to be: the options that upload, JSON and single calls share, and how they are read. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import { type Flow, findFlowByName, getFlow, getFlowVersion } from '../db/queries/flows.ts';
import { lookUpWhitelistEmails } from '../db/queries/whitelist-emails.ts';
import { hasVerifiedPhone } from '../db/queries/whitelist-phones.ts';
import { contactPolicy, type RequestPolicy } from '../domain/policy.ts';
import { ApiError, type FieldError, invalid } from './errors.ts';
import { readMoment } from './moments.ts';
import { type SpreadGiven, spreadOption } from './spread-option.ts';

export { readMoment } from './moments.ts';

/** Addresses that get the status mail of one request. */
const MAX_STATUS_EMAILS = 20;

const when = z.string().max(40).openapi({
  description: "RFC 3339. A date and time without an offset is read in the account's zone.",
  example: '2026-01-31T09:00:00+05:30',
});

export const flowChoice = {
  flowId: z.coerce.number('must be a number').int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  flowName: z.string().min(1).max(200).optional(),
};

export const requestOptions = {
  ...flowChoice,
  startAt: when.optional(),
  endAt: when.optional(),
  statusEmails: z
    .array(z.email('must be a mail address').max(254))
    .max(MAX_STATUS_EMAILS)
    .optional()
    .openapi({ description: 'Who gets the status mail: whitelisted addresses of the account.' }),
  phoneColumn: z.string().min(1).max(200).optional(),
  open: z.boolean().optional().openapi({ description: 'Take more records until closed.' }),
  spreadOver: spreadOption.optional(),
};

export type FlowChoice = { flowId?: number | undefined; flowName?: string | undefined };
export type RequestOptions = FlowChoice & {
  startAt?: string | undefined;
  endAt?: string | undefined;
  statusEmails?: string[] | undefined;
  phoneColumn?: string | undefined;
  open?: boolean | undefined;
  spreadOver?: SpreadGiven | undefined;
};

/** The flow a request names. @throws ApiError INVALID_INPUT, UNKNOWN_FLOW */
export async function chooseFlow(db: Database, account: Account, choice: FlowChoice): Promise<Flow> {
  const { flowId, flowName } = choice;
  if ((flowId === undefined) === (flowName === undefined)) {
    throw invalid('flowId', 'give either flowId or flowName');
  }
  const accountId = account.id;
  const flow =
    flowId === undefined
      ? await findFlowByName(db, { accountId, name: flowName ?? '' })
      : await getFlow(db, { accountId, flowId });
  if (flow) return flow;
  const field = flowId === undefined ? 'flowName' : 'flowId';
  const message = `there is no flow ${JSON.stringify(flowId ?? flowName)}`;
  throw new ApiError('UNKNOWN_FLOW', `${field}: ${message}.`, [{ field, message }]);
}

/** @throws ApiError INVALID_INPUT when the end is not after the start and in the future */
export function readTimes(
  options: Pick<RequestOptions, 'startAt' | 'endAt'>,
  zone: string,
  now: Date,
): { startAt: Date | null; endAt: Date | null } {
  const read = (field: 'startAt' | 'endAt'): Date | null => {
    const text = options[field];
    return text === undefined ? null : readMoment(field, text, zone);
  };
  const [startAt, endAt] = [read('startAt'), read('endAt')];
  if (endAt && endAt <= now) throw invalid('endAt', 'must be in the future');
  if (startAt && endAt && endAt <= startAt) throw invalid('endAt', 'must be after startAt');
  return { startAt, endAt };
}

/** Addresses in lower case, once each. The account holder's own counts as whitelisted. @throws ApiError NOT_WHITELISTED */
export async function readStatusEmails(
  db: Database,
  account: Account,
  given: readonly string[] = [],
): Promise<string[]> {
  const emails = [...new Set(given.map((email) => email.toLowerCase()))];
  if (emails.length === 0) return [];
  const listed = await lookUpWhitelistEmails(db, { accountId: account.id, emails });
  listed.add(account.holderEmail.toLowerCase());
  const errors = emails.flatMap((email, index): FieldError[] =>
    listed.has(email)
      ? []
      : [{ field: `statusEmails.${index}`, message: `${email} is not whitelisted for this account` }],
  );
  const [first] = errors;
  if (first) throw new ApiError('NOT_WHITELISTED', `statusEmails: ${first.message}.`, errors);
  return emails;
}

/** Why a flow cannot be run now, as a sentence; undefined when it can. Only outbound and dialer flows make requests. */
export function whyNotRunnable(flow: Flow, account: Account): string | undefined {
  if (flow.type !== 'outbound' && flow.type !== 'dialer') {
    return `The flow "${flow.name}" is of type ${flow.type}; only outbound and dialer flows can call a list.`;
  }
  return whyNotReady(flow, account);
}

/** The same of a flow of any type: why its published version may not run. */
export function whyNotReady(flow: Flow, account: Account): string | undefined {
  if (flow.publishedVersion === null) return `The flow "${flow.name}" is not published.`;
  if (!flow.transactional) return undefined;
  if (!account.transactionalContract) {
    return `The flow "${flow.name}" is transactional, and the account has no contract for transactional messaging.`;
  }
  if (flow.approvedVersion !== flow.publishedVersion) {
    return `Version ${flow.publishedVersion} of the transactional flow "${flow.name}" is not approved by operations.`;
  }
  return undefined;
}

/**
 * Whether a flow that may not run may still be tried: it is transactional, lacks approval or contract alone, and the
 * account has a whitelisted number to try it on.
 */
export async function mayBeTried(db: Database, account: Account, flow: Flow): Promise<boolean> {
  const callsLists = flow.type === 'outbound' || flow.type === 'dialer';
  if (!callsLists || !flow.transactional || flow.publishedVersion === null) return false;
  return hasVerifiedPhone(db, { accountId: account.id });
}

/**
 * The flow's settings, frozen with what the account decides. Defaults where the flow has no published version.
 * @param trial it calls whitelisted numbers alone
 */
export async function freezePolicy(
  db: Database,
  account: Account,
  flow: Flow,
  trial = false,
): Promise<RequestPolicy> {
  const version = flow.publishedVersion;
  const published =
    version === null
      ? undefined
      : await getFlowVersion(db, { accountId: account.id, flowId: flow.id, version });
  const settings = (published?.definition as { settings?: unknown } | undefined)?.settings;
  return {
    ...contactPolicy.parse(settings ?? {}),
    timeZone: account.timeZone,
    homeRegion: account.defaultCountry,
    promotional: !flow.transactional,
    ...(trial && { whitelistedOnly: true }),
  };
}
