/** What is guaranteed about whitelisting numbers: whoever answers there has to say so. */
import { describe, expect, it } from 'vitest';
import { hashCode } from '../../db/code-hash.ts';
import { lookUp } from '../../db/queries/suppression.ts';
import { type Caller, testApi } from './support.ts';

const api = await testApi();
const { sql } = api.db;

let last = 9876500000;
const mobile = (): string => `+91${++last}`;
const ask = (caller: Caller, number = mobile(), by = 'sms') =>
  caller.json('POST', '/whitelist/phones', { number, by });

/** As a worker that has sent `code`. */
async function sent(phoneId: number, code: string): Promise<void> {
  await sql`update whitelist_codes set state = 'SENT', code_hash = ${await hashCode(code)}, due_at = null,
    expires_at = now() + interval '10 minutes' where phone_id = ${phoneId} and state = 'WAITING'`;
}
/** As if everything had been asked for so long ago. */
const earlier = (phoneId: number, minutes: number) =>
  sql`update whitelist_codes set asked_at = asked_at - make_interval(mins => ${minutes}),
      expires_at = expires_at - make_interval(mins => ${minutes}) where phone_id = ${phoneId}`;
const enter = (caller: Caller, id: number, code: string, headers = {}) =>
  caller.json('POST', `/whitelist/phones/${id}/verify`, { code }, headers);
const exempt = async (accountId: number, number: string) =>
  (await lookUp(api.db, { accountId, numbers: [number], now: new Date() })).whitelisted.has(number);

describe('a number', () => {
  it('counts as whitelisted once its code was entered, and not before', async () => {
    const caller = await api.caller();
    const number = mobile();
    const made = await ask(caller, number.slice(3));
    expect(made).toMatchObject({
      number,
      verifiedAt: null,
      code: { by: 'sms', state: 'WAITING', triesLeft: 5, expiresAt: null },
    });
    expect(await enter(caller, made.id, '123456')).toMatchObject({ status: 409, code: 'NO_CODE' });
    await sent(made.id, '123456');
    expect(await exempt(caller.accountId, number)).toBe(false);
    expect(await enter(caller, made.id, '123456')).toMatchObject({ number, verifiedAt: expect.any(String) });
    expect(await exempt(caller.accountId, number)).toBe(true);
    // Asking again sends nothing, entering again changes nothing.
    expect(await ask(caller, number)).toMatchObject({ id: made.id, verifiedAt: expect.any(String) });
    expect(await enter(caller, made.id, '999999')).toMatchObject({ verifiedAt: expect.any(String) });
    expect(await sql`select 1 from whitelist_codes where phone_id = ${made.id}`).toHaveLength(1);
    const actions =
      await sql`select action from audit_log where account_id = ${caller.accountId} order by id`;
    expect(actions.map((one) => one.action)).toEqual(['whitelist.code', 'whitelist.verify']);
    expect((await caller.json('GET', '/whitelist/phones')).items).toHaveLength(1);
    expect((await caller.call('DELETE', `/whitelist/phones/${made.id}`)).status).toBe(204);
    expect(await exempt(caller.accountId, number)).toBe(false);
    expect((await caller.call('GET', `/whitelist/phones/${made.id}`)).status).toBe(404);
  });

  it('takes five tries of a code, even all at once, and then asks for another', async () => {
    const caller = await api.caller();
    const made = await ask(caller);
    await sent(made.id, '123456');
    const first = await enter(caller, made.id, '000000');
    expect(first).toMatchObject({ status: 422, code: 'WRONG_CODE', errors: [{ field: 'code' }] });
    expect(first.detail).toContain('4 tries are left');
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, index) => enter(caller, made.id, String(100_000 + index))),
    );
    expect(many.filter((one) => one.code === 'WRONG_CODE')).toHaveLength(4);
    expect(await enter(caller, made.id, '123456')).toMatchObject({ status: 409, code: 'NO_CODE' });
    await earlier(made.id, 1);
    const again = await ask(caller, made.number);
    expect(again).toMatchObject({ id: made.id, code: { state: 'WAITING', triesLeft: 5 } });
    // The one before is worth nothing, whatever is entered.
    expect(await enter(caller, made.id, '123456')).toMatchObject({ code: 'NO_CODE' });
    await sent(made.id, '654321');
    expect(await enter(caller, made.id, '654321')).toMatchObject({ verifiedAt: expect.any(String) });
  });

  it('takes a code for ten minutes', async () => {
    const caller = await api.caller();
    const made = await ask(caller);
    await sent(made.id, '123456');
    await earlier(made.id, 10);
    expect(await enter(caller, made.id, '123456')).toMatchObject({ status: 409, code: 'NO_CODE' });
  });

  it('answers a repetition by key as the first time', async () => {
    const caller = await api.caller();
    const number = mobile();
    const key = { 'Idempotency-Key': 'add' };
    const body = { number, by: 'sms' };
    const first = await caller.json('POST', '/whitelist/phones', body, key);
    expect(await caller.json('POST', '/whitelist/phones', body, key)).toEqual(first);
    expect(await sql`select 1 from whitelist_codes where phone_id = ${first.id}`).toHaveLength(1);
  });
});

describe('limits', () => {
  it('are a pause, five codes an hour for a number over all accounts, and twenty of an account', async () => {
    const [caller, other] = [await api.caller(), await api.caller()];
    const number = mobile();
    const made = await ask(caller, number);
    const soon = await caller.call('POST', '/whitelist/phones', { json: { number, by: 'sms' } });
    expect(soon.status).toBe(429);
    expect(Number(soon.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(Number(soon.headers.get('Retry-After'))).toBeLessThanOrEqual(30);
    for (let n = 0; n < 4; n++) {
      await earlier(made.id, 1);
      expect(await ask(caller, number)).toMatchObject({ id: made.id });
    }
    await earlier(made.id, 1);
    expect(await ask(caller, number)).toMatchObject({ status: 429, code: 'TOO_MANY_CODES' });
    expect(await ask(other, number)).toMatchObject({ status: 429 });
    // Taking the number off and on again does not help.
    await caller.call('DELETE', `/whitelist/phones/${made.id}`);
    expect(await ask(caller, number)).toMatchObject({ status: 429 });
    await sql`insert into whitelist_codes (account_id, phone_id, number, by, state)
      select ${caller.accountId}, 0, '+91' || (9000000000 + n), 'sms', 'SENT' from generate_series(1, 15) n`;
    expect(await ask(caller)).toMatchObject({ status: 429, code: 'TOO_MANY_CODES' });
    expect(await ask(other)).toMatchObject({ verifiedAt: null });
  });

  it('hold when many ask at once', async () => {
    const caller = await api.caller();
    const number = mobile();
    const replies = await Promise.all(Array.from({ length: 8 }, () => ask(caller, number)));
    expect(replies.filter((one) => one.code === 'TOO_MANY_CODES')).toHaveLength(7);
    expect(await sql`select 1 from whitelist_phones where account_id = ${caller.accountId}`).toHaveLength(1);
  });

  it('are ten numbers, verified or not', async () => {
    const caller = await api.caller();
    for (let n = 0; n < 10; n++) expect(await ask(caller)).toMatchObject({ verifiedAt: null });
    expect(await ask(caller)).toMatchObject({ status: 409, code: 'TOO_MANY_ENTRIES' });
  });
});

describe('bad input is told by its field', () => {
  it.each([
    [{ number: '12', by: 'sms' }, 'INVALID_NUMBER', 'number'],
    [{ number: '+911800123456', by: 'call' }, 'INVALID_NUMBER', 'number'],
    [{ number: '+912226543210', by: 'sms' }, 'INVALID_INPUT', 'by'],
    [{ number: '+919876543210', by: 'mail' }, 'INVALID_INPUT', 'by'],
    [{ number: '+919876543210' }, 'INVALID_INPUT', 'by'],
    [{ by: 'sms' }, 'INVALID_INPUT', 'number'],
    [{ number: '+919876543210', by: 'sms', code: '1' }, 'INVALID_INPUT', 'code'],
  ])('%j: %s of %s', async (json, code, field) => {
    const caller = await api.caller();
    expect(await caller.json('POST', '/whitelist/phones', json)).toMatchObject({
      status: 422,
      code,
      errors: [expect.objectContaining({ field })],
    });
  });

  it.each(['12345', '1234567', 'abcdef', '', '12 456'])('a code %j', async (code) => {
    const caller = await api.caller();
    const made = await ask(caller);
    await sent(made.id, '123456');
    expect(await enter(caller, made.id, code)).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
    expect((await caller.json('GET', `/whitelist/phones/${made.id}`)).code.triesLeft).toBe(5);
  });

  it('a blacklisted number, and a landline that is called', async () => {
    const caller = await api.caller();
    await caller.json('POST', '/blacklist/phones', { number: '+919876543299' });
    expect(await ask(caller, '+919876543299')).toMatchObject({ status: 422, code: 'BLACKLISTED' });
    expect(await ask(caller, '+912226543211', 'call')).toMatchObject({ number: '+912226543211' });
  });
});
