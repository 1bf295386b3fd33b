/** Why somebody was, was not, or would not be contacted: each rule at any moment, by the engine's own rules. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { attemptsAround, readFrequency, readPerson, readRoom } from '../../db/queries/explain.ts';
import {
  flowVersionAt,
  type RecordAt,
  type RequestAt,
  recordAt,
  requestAt,
} from '../../db/queries/explain-request.ts';
import { type Flow, getFlow } from '../../db/queries/flows.ts';
import { withLiveHours } from '../../db/queries/live-hours.ts';
import { EXPLAINED_RULES, explain, nextContact, type Question } from '../../domain/explain.ts';
import { MEDIA, OUTCOMES } from '../../domain/outcome.ts';
import { parsePhone } from '../../domain/phone.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import type { AttemptFacts } from '../../domain/turn.ts';
import type { Deps } from '../context.ts';
import { type Api, read } from '../endpoint.ts';
import { invalid, notFound } from '../errors.ts';
import { tell } from '../explain-view.ts';
import { chooseFlow, flowChoice, freezePolicy } from '../request-options.ts';
import { id, maybeMoment, moment, queryMoment } from '../schemas.ts';

/** A question about a moment this near is about the present: room on the lines is told, too. */
const PRESENT_MS = 60_000;

const question = z.strictObject({
  number: z.string().min(1).max(50).optional().openapi({ example: '+919876543210' }),
  email: z
    .email('must be a mail address')
    .max(254)
    .optional()
    .openapi({ description: 'Instead of a number, with `medium=email`.' }),
  at: queryMoment
    .optional()
    .openapi({ description: 'The moment asked about, past or to come. Absent: now.' }),
  ...flowChoice,
  requestId: id
    .optional()
    .openapi({ description: 'Instead of a flow: the request whose record the person is.' }),
  medium: z
    .enum(MEDIA)
    .default('voice')
    .openapi({ description: '`sms` and `email`: a message from inside a call.' }),
});
type Asked = z.output<typeof question>;

const rule = z.object({
  rule: z.enum(EXPLAINED_RULES),
  answer: z.enum(['PASS', 'BLOCK', 'LATER', 'NOT_APPLICABLE']),
  decides: z.boolean().openapi({ description: 'The first rule that does not pass.' }),
  known: z.enum(['THEN', 'NOW']).openapi({
    description:
      '`THEN`: the facts are of the moment asked about. `NOW`: the books do not reach back, and they are of the present.',
  }),
  why: z.string(),
  facts: z.record(z.string(), z.unknown()),
});
const explanation = z
  .object({
    number: z.string().nullable(),
    email: z.string().nullable(),
    medium: z.enum(MEDIA),
    at: moment,
    flow: z.object({ id: z.int(), name: z.string(), version: z.int().nullable() }),
    request: z.object({ id: z.int(), row: z.int(), policyVersion: z.int() }).nullable(),
    answer: z.enum(['MAY', 'BLOCK', 'LATER']),
    decidedBy: z.enum(EXPLAINED_RULES).nullable(),
    why: z.string(),
    rules: z.array(rule),
    nextContactAt: maybeMoment.openapi({
      description: 'The first moment from `at` on at which the rules allow it; null: never as things are.',
    }),
    neverBy: z.enum(EXPLAINED_RULES).nullable().openapi({ description: 'The rule that no time changes.' }),
    attempts: z
      .array(
        z.object({
          uuid: z.string(),
          medium: z.enum(MEDIA),
          at: moment,
          outcome: z.enum(OUTCOMES).nullable(),
          cause: z.string().nullable(),
          requestId: z.int().nullable(),
          flowId: z.int(),
        }),
      )
      .openapi({ description: 'What really happened within a day of the moment; each has a receipt.' }),
  })
  .openapi('Explanation');

/** Whose rules are asked about. */
interface Subject {
  flow: Pick<Flow, 'id' | 'name'> & { version: number | null };
  policy: RequestPolicy;
  request?: RequestAt & { id: number };
  record?: RecordAt;
}

/** @throws ApiError when the request or the number in it is not there */
async function ofRequest(
  db: Database,
  account: Account,
  requestId: number,
  number: string,
  at: Date,
): Promise<Subject> {
  const accountId = account.id;
  const request = await requestAt(db, { accountId, requestId, at });
  const flow = request && (await getFlow(db, { accountId, flowId: request.flowId }));
  if (!request || !flow) throw notFound('request');
  const record = await recordAt(db, { accountId, requestId, number, at });
  if (!record) throw invalid('number', `is not in request ${requestId}`);
  return {
    flow: { id: flow.id, name: flow.name, version: request.flowVersion },
    policy: request.policy,
    request: { id: requestId, ...request },
    record,
  };
}

/** By the version that was published then; the account's zone and country, and the flow's class, are of now. */
async function ofFlow(db: Database, account: Account, asked: Asked, at: Date): Promise<Subject> {
  const flow = await chooseFlow(db, account, { flowId: asked.flowId, flowName: asked.flowName });
  const version = await flowVersionAt(db, { accountId: account.id, flowId: flow.id, at });
  return {
    flow: { id: flow.id, name: flow.name, version },
    policy: await freezePolicy(db, account, { ...flow, publishedVersion: version }),
  };
}

/** E.164, or a mail address in lower case. @throws ApiError unless it is one, and the right one for the medium */
function readAddress(asked: Asked, account: Account): { address: string; region: string | null } {
  const { number, email, medium, requestId } = asked;
  if (medium === 'email') {
    if (email === undefined) throw invalid('email', 'is needed for the medium email');
    if (requestId !== undefined && number === undefined)
      throw invalid('number', 'is needed to find the record');
    return { address: email.toLowerCase(), region: null };
  }
  if (email !== undefined) throw invalid('email', 'goes with the medium email alone');
  if (number === undefined) throw invalid('number', 'is needed');
  const phone = parsePhone(number, account.defaultCountry);
  if (!phone) throw invalid('number', `is not a valid number, read as one of ${account.defaultCountry}`);
  return { address: phone.e164, region: phone.region ?? null };
}

async function answerFor(
  db: Database,
  deps: Deps,
  account: Account,
  asked: Asked,
): Promise<z.input<typeof explanation>> {
  const now = new Date();
  const at = asked.at ?? now;
  const { medium, requestId } = asked;
  if (requestId !== undefined && (asked.flowId ?? asked.flowName) !== undefined) {
    throw invalid('requestId', 'give a request or a flow, not both');
  }
  const { address, region } = readAddress(asked, account);
  const isMessage = medium !== 'voice';
  const recordNumber =
    asked.number === undefined ? address : (parsePhone(asked.number, account.defaultCountry)?.e164 ?? '');
  const subject = await (requestId === undefined
    ? ofFlow(db, account, asked, at)
    : ofRequest(db, account, requestId, recordNumber, at));
  const { policy, record, request } = subject;
  const person = { accountId: account.id, medium, address, at, now };
  const known = await readPerson(db, person, deps.register.asksOutside ?? false);
  const frequency = await readFrequency(db, person, { policy, whitelisted: known.whitelist.whitelisted });
  const place = record && !isMessage ? record : { region };
  const facts: AttemptFacts = {
    ...place,
    medium,
    known: record?.inProgress ?? false,
    current: record === undefined || (record.result === 'ACCEPTED' && !record.ended),
    stopped: request !== undefined && request.stopped !== null,
    blacklisted: known.blacklist.listed,
    whitelisted: known.whitelist.whitelisted,
    entries: known.register.entries,
    unasked: (deps.register.asksOutside ?? false) && medium !== 'email' && known.register.answer === null,
    frequency,
    policy: await withLiveHours(db.sql, account.id, policy, at),
  };
  const present = Math.abs(at.getTime() - now.getTime()) < PRESENT_MS && !isMessage;
  const room = { accountId: account.id, flowId: subject.flow.id, perSecond: policy.callsPerSecond };
  const loads = present ? await readRoom(db, room) : undefined;
  const put: Question = {
    facts,
    // When it was due at a past moment is not kept.
    dueAt: record && at >= now ? (record.dueAt?.getTime() ?? at.getTime()) : undefined,
    loads,
    at: at.getTime(),
    about: isMessage ? 'STEP' : record ? 'RECORD' : 'FLOW',
  };
  const telling = {
    facts,
    person: known,
    request,
    record,
    loads,
    registerName: deps.register.name,
    at: at.getTime(),
    past: at < now,
    isMessage,
  };
  const rules = explain(put).map((one) => ({
    rule: one.rule,
    answer: one.answer,
    decides: one.decides,
    ...tell(telling, one),
  }));
  const decider = rules.find(({ decides }) => decides);
  const next = nextContact(untilExpiry(put, known.blacklist), startOf(put, known.blacklist));
  return {
    number: isMessage && medium === 'email' ? null : address,
    email: medium === 'email' ? address : null,
    medium,
    at,
    flow: subject.flow,
    request:
      request && record ? { id: request.id, row: record.row, policyVersion: request.policyVersion } : null,
    answer: decider === undefined ? 'MAY' : decider.answer === 'BLOCK' ? 'BLOCK' : 'LATER',
    decidedBy: decider?.rule ?? null,
    why: decider?.why ?? 'every rule that applies passes',
    rules,
    nextContactAt: next.kind === 'AT' ? new Date(next.at) : null,
    neverBy: next.kind === 'NEVER' ? next.rule : null,
    attempts: (await attemptsAround(db, person)).map(({ id: uuid, reservedAt, ...rest }) => ({
      uuid,
      at: reservedAt,
      ...rest,
    })),
  };
}

type Blacklist = Awaited<ReturnType<typeof readPerson>>['blacklist'];

/** An entry of the blacklist that expires forbids nothing from then on. */
const untilExpiry = (put: Question, { listed, entry }: Blacklist): Question =>
  listed && entry?.expiresAt ? { ...put, facts: { ...put.facts, blacklisted: false } } : put;

const startOf = ({ at }: Question, { listed, entry }: Blacklist): number =>
  listed && entry?.expiresAt ? Math.max(at, entry.expiresAt.getTime()) : at;

export function explainRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/explain',
      tag: 'Reports',
      summary: 'Why somebody was, was not, or would not be contacted',
      description:
        'Asks every rule of the last moment, in the order in which they count, about one number or address at one moment, for a flow or for a record of a request. The same rules decide when an attempt is reserved, save `DUE`, which decides whether it comes to that. Nothing is written.',
      scope: 'reports:read',
      query: question,
      reply: explanation,
      errors: ['UNKNOWN_FLOW', 'NOT_FOUND'],
    },
    ({ db, account, query }) => answerFor(db, api.deps, account, query),
  );
}
