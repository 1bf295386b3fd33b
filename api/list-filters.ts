/** What lists of requests and of attempts can be filtered by: how it is asked, and how the database is asked. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import type { AttemptFilter, AttemptRow } from '../db/queries/attempts.ts';
import { chosenFlows } from '../db/queries/flow-choice.ts';
import type { RequestFilter } from '../db/queries/request-pages.ts';
import type { RequestRow } from '../db/queries/requests.ts';
import {
  DIRECTIONS,
  FLOW_TYPES,
  MEDIA,
  type Medium,
  OUTCOMES,
  REQUEST_SOURCES,
  REQUEST_STATUSES,
} from '../domain/outcome.ts';
import { parsePhone } from '../domain/phone.ts';
import { invalid } from './errors.ts';
import { flowChoice } from './request-options.ts';
import { id, idParam, queryMoment } from './schemas.ts';

const flowFilters = {
  flowType: z.enum(FLOW_TYPES).optional(),
  ...flowChoice,
  flow: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'Id of a flow, or part of its name in any case.' }),
};

const order = z
  .enum(['newest', 'oldest'])
  .default('newest')
  .openapi({ description: 'Which come first. A cursor belongs to the order it was given in.' });

export const requestFilters = z.strictObject({
  from: queryMoment.optional().openapi({ description: 'Created at or after.' }),
  to: queryMoment.optional().openapi({ description: 'Created before.' }),
  id: idParam.shape.id.optional(),
  ...flowFilters,
  status: z.enum(REQUEST_STATUSES).optional(),
  source: z.enum(REQUEST_SOURCES).optional(),
  text: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: "Part of the file's or the flow's name, in any case." }),
  order,
});

export const attemptFilters = z.strictObject({
  from: queryMoment.optional().openapi({ description: 'Begun at or after.' }),
  to: queryMoment.optional().openapi({ description: 'Begun before.' }),
  ...flowFilters,
  uuid: z.guid('must be a UUID').optional(),
  requestId: id.optional(),
  number: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .openapi({ description: 'The customer’s, of calls and SMS, in any spelling.' }),
  smsNumber: z.string().min(1).max(40).optional().openapi({ description: 'The same, of SMS alone.' }),
  email: z.string().min(3).max(254).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  state: z.enum(['IN_PROGRESS', 'ENDED']).optional(),
  medium: z.enum(MEDIA).optional(),
  direction: z.enum(DIRECTIONS).optional().openapi({ description: '`in`: calls to us.' }),
  order,
});

/** Refuses a time that ends before it begins. @throws ApiError */
function checkTimes({ from, to }: { from?: Date | undefined; to?: Date | undefined }): void {
  if (from && to && from >= to) throw invalid('to', 'must be after from');
}

/** The filter in the database's terms. @throws ApiError for what contradicts itself */
export async function readRequestFilter(
  db: Database,
  account: Account,
  given: z.output<typeof requestFilters>,
): Promise<Omit<RequestFilter, 'limit'>> {
  checkTimes(given);
  const { flowType, flowId, flowName, flow, order, ...same } = given;
  const flowIds = await chosenFlows(db, { accountId: account.id, flowType, flowId, flowName, flow });
  return { ...same, accountId: account.id, flowIds, oldestFirst: order === 'oldest' };
}

/** Where a page of requests begins: behind the last one of the page before. */
export const requestPosition = z
  .tuple([z.iso.datetime(), z.int()])
  .transform(([at, requestId]) => ({ createdAt: new Date(at), id: requestId }));
export const positionOfRequest = (last: Pick<RequestRow, 'createdAt' | 'id'>): unknown => [
  last.createdAt,
  last.id,
];

const WRITTEN_NUMBER = /^[+0-9 ().\-/]*\d[+0-9 ().\-/]*$/;

/** A number as the ledger has it. Callers show numbers of no plan, such as extensions: they count as they are written. */
function readNumber(field: string, text: string, account: Account): string {
  const found = parsePhone(text, account.defaultCountry)?.e164;
  if (found !== undefined) return found;
  if (!WRITTEN_NUMBER.test(text)) throw invalid(field, 'must be a telephone number');
  return text.replace(/[^+\d]/g, '');
}

/** Whom it asks for, and by which media that can be. @throws ApiError */
function readAddress(
  account: Account,
  given: Pick<z.output<typeof attemptFilters>, 'number' | 'smsNumber' | 'email' | 'medium'>,
): { address: string | undefined; media: Medium[] | undefined } {
  const { number, smsNumber, email, medium } = given;
  const named = (['number', 'smsNumber', 'email'] as const).filter((field) => given[field] !== undefined);
  const [, second] = named;
  if (second) throw invalid(second, 'give one of number, smsNumber and email');
  const of = (media: readonly Medium[]): Medium[] =>
    media.filter((one) => medium === undefined || one === medium);
  if (number !== undefined)
    return { address: readNumber('number', number, account), media: of(['voice', 'sms']) };
  if (smsNumber !== undefined)
    return { address: readNumber('smsNumber', smsNumber, account), media: of(['sms']) };
  if (email !== undefined) return { address: email.toLowerCase(), media: of(['email']) };
  return { address: undefined, media: medium && [medium] };
}

/** The filter in the ledger's terms. @throws ApiError for what contradicts itself */
export async function readAttemptFilter(
  db: Database,
  account: Account,
  given: z.output<typeof attemptFilters>,
): Promise<Omit<AttemptFilter, 'limit'>> {
  checkTimes(given);
  const { from, to, uuid, requestId, outcome, state, direction, order } = given;
  const { flowType, flowId, flowName, flow } = given;
  const { address, media } = readAddress(account, given);
  return {
    accountId: account.id,
    from,
    to,
    requestId,
    direction,
    address,
    media,
    id: uuid?.toLowerCase(),
    // Nothing is in progress and has an outcome: with both the list is empty.
    outcome: state === 'IN_PROGRESS' ? null : outcome,
    ended: state === 'ENDED' || (state === 'IN_PROGRESS' && outcome !== undefined),
    flowIds: await chosenFlows(db, { accountId: account.id, flowType, flowId, flowName, flow }),
    oldestFirst: order === 'oldest',
  };
}

/** Where a page of attempts begins: behind the last one of the page before. */
export const attemptPosition = z
  .tuple([z.iso.datetime(), z.guid()])
  .transform(([at, attemptId]) => ({ reservedAt: new Date(at), id: attemptId }));
export const positionOfAttempt = (last: Pick<AttemptRow, 'reservedAt' | 'id'>): unknown => [
  last.reservedAt,
  last.id,
];
