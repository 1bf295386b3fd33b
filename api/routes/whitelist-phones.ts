/** Whitelisted numbers: somebody who answers there enters the code that was sent to it. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import { isCode } from '../../db/code-hash.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { lookUp } from '../../db/queries/suppression.ts';
import {
  askForCode,
  countCodes,
  countTry,
  countWhitelistPhones,
  insertWhitelistPhone,
  listWhitelistPhones,
  lockWhitelistPhones,
  removeWhitelistPhone,
  verifyWhitelistPhone,
  type WhitelistPhone,
} from '../../db/queries/whitelist-phones.ts';
import { CODE_RULES, MAX_WHITELIST_PHONES, waitForCode } from '../../domain/one-time-code.ts';
import { lineKind, parsePhone } from '../../domain/phone.ts';
import { readJson } from '../body.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, answerChange, change, endpoint, read, type Spec } from '../endpoint.ts';
import { ApiError, fromZod, invalid, notFound } from '../errors.ts';
import { idParam, maybeMoment, moment, pageOf, paging } from '../schemas.ts';

const tag = 'Blacklist and whitelist';
const by = z.enum(['sms', 'call'], 'must be sms or call');
const entry = z
  .object({
    id: z.int(),
    number: z.string(),
    verifiedAt: maybeMoment.openapi({ description: 'Until then the number is exempt from nothing.' }),
    createdAt: moment,
    code: z
      .object({
        by,
        state: z
          .enum(['WAITING', 'SENDING', 'SENT', 'FAILED', 'BLOCKED', 'EXPIRED', 'UNKNOWN'])
          .openapi({ description: '`UNKNOWN`: it may have arrived; enter it if it did.' }),
        askedAt: moment,
        expiresAt: maybeMoment,
        triesLeft: z.int(),
        cause: z.string().nullable(),
      })
      .nullable()
      .openapi({ description: 'The newest code. Earlier ones are worth nothing.' }),
  })
  .openapi('WhitelistPhone');
const newPhone = z
  .strictObject({ number: z.string().max(250).openapi({ example: '+919876543210' }), by })
  .openapi('NewWhitelistPhone');
const given = z
  .strictObject({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, `must be ${CODE_RULES.digits} digits`)
      .openapi({ example: '471190' }),
  })
  .openapi('WhitelistCode');

const { perHour } = CODE_RULES;
const minutes = CODE_RULES.lifetimeMs / 60_000;

/** @throws ApiError INVALID_NUMBER, INVALID_INPUT for what no code can reach */
function readNumber(account: Account, text: string, medium: 'sms' | 'call'): string {
  const number = parsePhone(text, account.defaultCountry)?.e164;
  const wrong = (message: string): ApiError =>
    new ApiError('INVALID_NUMBER', `number: ${message}.`, [{ field: 'number', message }]);
  if (number === undefined) throw wrong(`is not a valid number, read as one of ${account.defaultCountry}`);
  const kind = lineKind(number);
  if (kind === 'OTHER') throw wrong('must be a mobile or a landline number');
  if (kind === 'LANDLINE' && medium === 'sms') throw invalid('by', 'must be call: the number is a landline');
  return number;
}

/** @throws ApiError TOO_MANY_CODES with Retry-After */
async function limitCodes(db: Database, accountId: number, number: string, now: Date): Promise<void> {
  const sent = await countCodes(db, { accountId, number, now });
  const waitMs = waitForCode(sent, now.getTime());
  if (waitMs <= 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  const detail = `A number is sent at most ${perHour.number} codes an hour, and an account sends at most ${perHour.account}; the next may be asked for in ${seconds} s.`;
  throw new ApiError('TOO_MANY_CODES', detail, [], { 'Retry-After': String(seconds) });
}

/** @throws ApiError NOT_FOUND */
async function requirePhone(db: Database, accountId: number, id: number): Promise<WhitelistPhone> {
  const [found] = await listWhitelistPhones(db, { accountId, id, limit: 1 });
  if (!found) throw notFound('entry');
  return found;
}

function askRoute(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/whitelist/phones',
      tag,
      summary: 'Whitelist a number: send it a code',
      description: `At most ${MAX_WHITELIST_PHONES} numbers, verified or not. A code of ${CODE_RULES.digits} digits goes out within seconds and is good for ${minutes} minutes and ${CODE_RULES.tries} tries; asked for again, another is sent and the one before is worth nothing. One hour sees at most ${perHour.number} codes for a number and ${perHour.account} of an account. A number that is verified already is answered with its entry.`,
      scope: 'lists:write',
      body: newPhone,
      status: 201,
      reply: entry,
      errors: ['INVALID_NUMBER', 'BLACKLISTED', 'TOO_MANY_ENTRIES', 'TOO_MANY_CODES'],
    },
    async ({ db, account, body, audit }) => {
      const accountId = account.id;
      const number = readNumber(account, body.number, body.by);
      const now = new Date();
      await lockWhitelistPhones(db, { accountId, number });
      const [known] = await listWhitelistPhones(db, { accountId, number, limit: 1 });
      if (known?.verifiedAt) return known;
      const { blacklisted } = await lookUp(db, { accountId, numbers: [number], now });
      if (blacklisted.size > 0) {
        const message = 'is on the blacklist, so nothing is sent to it';
        throw new ApiError('BLACKLISTED', `number: ${message}.`, [{ field: 'number', message }]);
      }
      if (!known && (await countWhitelistPhones(db, { accountId })) >= MAX_WHITELIST_PHONES) {
        const detail = `An account may whitelist at most ${MAX_WHITELIST_PHONES} numbers. Remove one first.`;
        throw new ApiError('TOO_MANY_ENTRIES', detail);
      }
      await limitCodes(db, accountId, number, now);
      const phoneId = known?.id ?? (await insertWhitelistPhone(db, { accountId, number }));
      await askForCode(db, { accountId, phoneId, number, by: body.by, now });
      await audit('whitelist.code', `whitelist/phones/${phoneId}`, { by: body.by });
      return requirePhone(db, accountId, phoneId);
    },
  );
}

const verifySpec = {
  method: 'post',
  path: '/whitelist/phones/{id}/verify',
  tag,
  summary: 'Enter the code',
  description: `Each call is one of the ${CODE_RULES.tries} tries of the newest code, right or wrong.`,
  scope: 'lists:write',
  params: idParam,
  body: given,
  reply: entry,
  errors: ['WRONG_CODE', 'NO_CODE'],
} satisfies Spec<typeof idParam, undefined, typeof given, typeof entry>;

function verifyRoute(api: Api): void {
  endpoint(api, verifySpec, async (call) => {
    const { account, params, db } = call;
    const { text, value } = await readJson(call.c.req.raw, 1024);
    const body = given.safeParse(value);
    if (!body.success) throw fromZod(body.error);
    const key = { accountId: account.id, phoneId: params.id };
    const phone = await requirePhone(db, account.id, params.id);
    const now = new Date();
    // Counted and committed before it is looked at: nothing that fails afterwards gives the try back.
    const tried = phone.verifiedAt ? undefined : await countTry(db, { ...key, now });
    const right = tried !== undefined && (await isCode(body.data.code, tried.codeHash));
    return answerChange(api, verifySpec, call, ['post', call.c.req.path, text], async (change) => {
      if (phone.verifiedAt) return phone;
      if (!tried) {
        const detail =
          'There is no code to enter: it is not sent yet, has expired, or was tried too often. Ask for another.';
        throw new ApiError('NO_CODE', detail);
      }
      if (!right) {
        const left = tried.triesLeft;
        const message =
          left > 0
            ? `is wrong; ${left} ${left === 1 ? 'try is' : 'tries are'} left`
            : 'is wrong; ask for another code';
        throw new ApiError('WRONG_CODE', `code: ${message}.`, [{ field: 'code', message }]);
      }
      const done = await verifyWhitelistPhone(change.db, { ...key, codeId: tried.codeId, now });
      if (!done) throw new ApiError('NO_CODE', 'The code has been used.');
      await change.audit('whitelist.verify', `whitelist/phones/${params.id}`);
      return requirePhone(change.db, account.id, params.id);
    });
  });
}

function listRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/whitelist/phones',
      tag,
      summary: 'Whitelisted numbers, verified or not',
      scope: 'lists:read',
      query: paging,
      reply: pageOf(entry, 'WhitelistPhonePage'),
    },
    async ({ db, account, query }) => {
      const rows = await listWhitelistPhones(db, {
        accountId: account.id,
        limit: query.limit + 1,
        afterId: decodeCursor(z.int(), query.cursor),
      });
      return pageFrom(rows, query.limit, (last) => last.id);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/whitelist/phones/{id}',
      tag,
      summary: 'One whitelisted number, and what became of its code',
      scope: 'lists:read',
      params: idParam,
      reply: entry,
    },
    async ({ db, account, params }) => requirePhone(db, account.id, params.id),
  );
  change(
    api,
    {
      method: 'delete',
      path: '/whitelist/phones/{id}',
      tag,
      summary: 'Take a number off the whitelist',
      scope: 'lists:write',
      params: idParam,
      status: 204,
    },
    async ({ db, account, params, audit }) => {
      const removed = await removeWhitelistPhone(db, { accountId: account.id, id: params.id });
      if (!removed) throw notFound('entry');
      await audit('whitelist.remove', `whitelist/phones/${params.id}`);
    },
  );
}

export function whitelistPhoneRoutes(api: Api): void {
  askRoute(api);
  verifyRoute(api);
  listRoutes(api);
}
