import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from '../../db/password-hash.ts';
import { ROLES } from '../../domain/role.ts';
import { browser, codeOf, PASSWORD, person } from './people.ts';
import { testApi } from './support.ts';

const api = await testApi();

async function signedIn(input: Parameters<typeof person>[1] = {}) {
  const accountId = input.accountId ?? (await api.caller()).accountId;
  const who = await person(api, { ...input, accountId });
  const page = browser(api);
  expect((await page.signIn(who.email)).status).toBe(200);
  return { ...who, accountId, page };
}

describe('signing in', () => {
  it('makes a session that scripts cannot read and other sites cannot use, and says who it is', async () => {
    const { accountId } = await api.caller();
    const who = await person(api, { accountId, role: 'manager' });
    const page = browser(api);
    const reply = await page.signIn(who.email.toUpperCase());
    expect(await reply.json()).toEqual({ signedIn: true, secondFactor: false });
    const cookie = reply.headers.getSetCookie().find((one) => one.includes('session_token'));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const me = await page.json('GET', '/me');
    expect(me).toMatchObject({
      user: { id: who.id, email: who.email, secondFactor: false },
      operations: false,
      account: { id: accountId, role: 'manager', timeZone: 'Asia/Kolkata' },
      accounts: [{ id: accountId }],
    });
    expect(await page.json('GET', '/session')).toEqual({ me });
    expect(await browser(api).json('GET', '/session')).toEqual({ me: null });
    const [audit] = await api.db.sql`select actor, action from audit_log where account_id = ${accountId}`;
    expect(audit).toEqual({ actor: `user:${who.id}`, action: 'user.sign-in' });
  });

  it('is for HTTPS alone where the console is reached by HTTPS', async () => {
    const secure = await testApi({ publicUrl: 'https://console.test' });
    const who = await person(secure, { accountId: (await secure.caller()).accountId });
    const page = browser(secure);
    const reply = await page.signIn(who.email);
    expect(reply.headers.getSetCookie().join()).toMatch(/__Secure-clarion\.session_token=.*Secure/);
    expect((await page.call('GET', '/me')).status).toBe(200);
  });

  it('tells nobody whether an address is known', async () => {
    const { email } = await signedIn();
    const page = browser(api);
    const wrong = await page.signIn(email, 'not the password');
    const unknown = await page.signIn('nobody@example.com', 'not the password');
    const none = await page.signIn('nobody', 'not the password');
    const replies = await Promise.all([wrong, unknown, none].map((one) => one.json()));
    expect(replies[0]).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' });
    expect(replies[1]).toEqual(replies[0]);
    expect(replies[2]).toEqual(replies[0]);
    expect(page.jar.size).toBe(0);
  });

  it('stops guessing at one address, from wherever, and lets its owner in again with time', async () => {
    const { email } = await signedIn();
    const { takeSignInTry, forgetSignInTries } = await import('../../db/queries/sign-in-tries.ts');
    const { emailHash } = await import('../../api/sign-in/doors.ts');
    const key = { emailHash: emailHash(email) };
    const rule = { most: 10, windowSeconds: 900 };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => takeSignInTry(api.db, { ...key, ...rule })),
    );
    expect(answers.filter((one) => one === undefined)).toHaveLength(10);
    const page = browser(api);
    const refused = await page.signIn(email);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(800);
    await api.db.sql`update sign_in_tries set since = now() - interval '16 minutes'`;
    expect((await page.signIn(email)).status).toBe(200);
    expect(await takeSignInTry(api.db, { ...key, ...rule })).toBeUndefined();
    await forgetSignInTries(api.db, key);
  });

  it('is limited by address', async () => {
    const strict = await testApi({ clientAddress: () => '203.0.113.9' });
    await strict.db.sql`
      insert into sign_in_rates (key, count, last_request) values ('203.0.113.9|/sign-in/email', 30, ${Date.now()})`;
    const who = await person(strict, { accountId: (await strict.caller()).accountId });
    const refused = await browser(strict).signIn(who.email);
    expect(await refused.json()).toMatchObject({ status: 429, code: 'TOO_MANY_TRIES' });
    const elsewhere = await testApi({ clientAddress: () => '203.0.113.10' });
    const other = await person(elsewhere, { accountId: (await elsewhere.caller()).accountId });
    expect((await browser(elsewhere).signIn(other.email)).status).toBe(200);
  });

  it('is refused to whoever belongs to no account any more', async () => {
    const who = await person(api);
    const reply = await browser(api).signIn(who.email);
    expect(await reply.json()).toMatchObject({ status: 403, code: 'NO_ACCOUNT' });
    const operator = await person(api, { operations: true });
    expect((await browser(api).signIn(operator.email)).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends at signing out, and everywhere at once', async () => {
    const { email, page } = await signedIn();
    const other = browser(api);
    await other.signIn(email);
    const kept = new Map(page.jar);
    expect((await page.call('POST', '/session/end', {})).status).toBe(204);
    expect(page.jar.size).toBe(0);
    for (const [name, value] of kept) page.jar.set(name, value);
    expect((await page.call('GET', '/me')).status).toBe(401);
    expect((await other.call('GET', '/me')).status).toBe(200);
    await page.signIn(email);
    expect((await page.call('POST', '/session/end-all', {})).status).toBe(204);
    expect((await other.call('GET', '/me')).status).toBe(401);
  });

  it('changes nothing when another site sends the call, nor when nobody says who did', async () => {
    const { page } = await signedIn();
    const body = { numbers: ['+919876543210'] };
    const from = async (headers: Record<string, string>) =>
      (await page.call('POST', '/blacklist/phones', body, { ...headers })).status;
    expect(await from({ origin: 'https://evil.example' })).toBe(403);
    expect(await from({ origin: 'null' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'same-site', origin: 'http://console.test' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'none' })).toBe(403);
    expect(await from({ origin: '' })).toBe(403);
    expect((await page.json('GET', '/blacklist/phones')).items).toEqual([]);
    expect(await from({})).toBe(200);
    expect(await from({ 'sec-fetch-site': 'same-origin', origin: 'http://proxied.test' })).toBe(200);
    const signIn = await page.call(
      'POST',
      '/session',
      { email: 'a@b.c', password: 'x' },
      { origin: 'https://evil.example' },
    );
    expect(await signIn.json()).toMatchObject({ code: 'CROSS_SITE' });
  });

  it.each(ROLES)('lets a %s do what the role may, and no more', async (role) => {
    const { page } = await signedIn({ role });
    const status = async (method: string, path: string, json?: unknown) =>
      (await page.call(method, path, json)).status;
    const may = (roles: string[]) => (roles.includes(role) ? 200 : 403);
    expect(await status('GET', '/accounts/me')).toBe(200);
    expect(await status('GET', '/requests')).toBe(may(['owner', 'manager', 'supervisor', 'viewer']));
    expect(await status('GET', '/api-keys')).toBe(may(['owner', 'manager']));
    expect(await status('POST', '/blacklist/phones', { numbers: ['+919876543210'] })).toBe(
      may(['owner', 'manager', 'supervisor']),
    );
    expect(await status('POST', '/flow-variables-not-there', {})).toBe(404);
    expect(await status('POST', '/api-keys', { name: 'x', scopes: ['requests:read'] })).toBe(
      role === 'owner' ? 201 : 403,
    );
  });

  it('acts for the account chosen, for one named in a call, and for none that is not the user’s', async () => {
    const { id, page, accountId } = await signedIn();
    const second = (await api.caller()).accountId;
    await api.db.sql`insert into memberships (user_id, account_id, role) values (${id}, ${second}, 'viewer')`;
    const foreign = (await api.caller()).accountId;
    const acting = async (headers?: Record<string, string>) =>
      (await page.json('GET', '/me', undefined, headers)).account;
    expect(await acting()).toMatchObject({ id: accountId, role: 'owner' });
    expect(await acting({ 'X-Account-Id': String(second) })).toMatchObject({ id: second, role: 'viewer' });
    expect((await page.call('POST', '/session/account', { accountId: second })).status).toBe(204);
    expect(await acting()).toMatchObject({ id: second });
    expect((await page.call('POST', '/blacklist/phones', { numbers: ['+919876543210'] })).status).toBe(403);
    expect((await page.call('POST', '/session/account', { accountId: foreign })).status).toBe(403);
    expect((await page.call('GET', '/requests', undefined, { 'X-Account-Id': String(foreign) })).status).toBe(
      403,
    );
    await api.db
      .sql`update memberships set disabled_at = now() where user_id = ${id} and account_id = ${second}`;
    expect((await page.call('GET', '/requests', undefined, { 'X-Account-Id': String(second) })).status).toBe(
      403,
    );
  });

  it('of operations acts for every account', async () => {
    const { page } = await signedIn({ operations: true });
    const other = (await api.caller()).accountId;
    const me = await page.json('GET', '/me', undefined, { 'X-Account-Id': String(other) });
    expect(me).toMatchObject({ operations: true, account: { id: other, role: null } });
    expect((await page.call('POST', '/session/account', { accountId: other })).status).toBe(204);
    expect((await page.json('GET', '/me')).account.id).toBe(other);
  });

  it('is not bound by the networks that bind keys', async () => {
    const { page, accountId } = await signedIn();
    await page.call('POST', '/whitelist/ips', { address: '198.51.100.7', confirm: true });
    const key = await api.callerWith(accountId, ['*']);
    expect((await key.call('GET', '/requests')).status).toBe(403);
    expect((await page.call('GET', '/requests')).status).toBe(200);
  });

  it('does not stand in for a key that is wrong', async () => {
    const { page } = await signedIn();
    expect((await page.call('GET', '/me', undefined, { Authorization: 'Bearer ck_wrong' })).status).toBe(401);
  });
});

describe('a password', () => {
  it('is kept as a hash that only itself fits', async () => {
    const hash = await hashPassword('pass\u00e9');
    expect(hash).not.toContain('pass');
    expect(await isPassword(hash, 'passe\u0301')).toBe(true);
    expect(await isPassword(hash, 'passe')).toBe(false);
    expect(await isPassword('nonsense', 'passe')).toBe(false);
  });

  it('is changed by whoever knows it, and other sessions end', async () => {
    const { email, page } = await signedIn();
    const other = browser(api);
    await other.signIn(email);
    const change = (password: string, newPassword: string) =>
      page.json('POST', '/session/password', { password, newPassword });
    expect(await change('wrong', 'another password')).toMatchObject({ status: 422, code: 'WRONG_PASSWORD' });
    expect(await change(PASSWORD, 'short')).toMatchObject({
      status: 422,
      errors: [{ field: 'newPassword' }],
    });
    expect(await change(PASSWORD, 'another password')).toBeUndefined();
    expect((await page.call('GET', '/me')).status).toBe(200);
    expect((await other.call('GET', '/me')).status).toBe(401);
    expect((await browser(api).signIn(email)).status).toBe(401);
    expect((await browser(api).signIn(email, 'another password')).status).toBe(200);
  });
});

describe('a second factor', () => {
  it('is asked for once it is on, by app or recovery code, each of which works once', async () => {
    const { email, page } = await signedIn();
    const begun = await page.json('POST', '/session/second-factor', { password: PASSWORD });
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Clarion/);
    expect((await page.json('GET', '/me')).user.secondFactor).toBe(false);
    const confirm = (code: string) => page.json('POST', '/session/second-factor/confirm', { code });
    expect(await confirm('12345x')).toMatchObject({ status: 422 });
    const code = codeOf(begun.uri);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect(await confirm(wrong)).toMatchObject({ status: 401, code: 'CODE_REFUSED' });
    expect(await confirm(code)).toBeUndefined();
    expect((await page.json('GET', '/me')).user.secondFactor).toBe(true);

    const fresh = browser(api);
    expect(await (await fresh.signIn(email)).json()).toEqual({ signedIn: false, secondFactor: true });
    expect((await fresh.call('GET', '/me')).status).toBe(401);
    expect(await fresh.json('POST', '/session/code', { code: wrong })).toMatchObject({
      code: 'CODE_REFUSED',
    });
    expect(await fresh.json('POST', '/session/code', { code: codeOf(begun.uri) })).toMatchObject({
      signedIn: true,
    });
    expect((await fresh.call('GET', '/me')).status).toBe(200);

    const [recoveryCode] = begun.recoveryCodes;
    const lost = browser(api);
    await lost.signIn(email);
    expect((await lost.call('POST', '/session/code', { recoveryCode })).status).toBe(200);
    const again = browser(api);
    await again.signIn(email);
    expect((await again.call('POST', '/session/code', { recoveryCode })).status).toBe(401);
  });

  it('wants its password first again when a code comes from nowhere', async () => {
    expect(await browser(api).json('POST', '/session/code', { code: '123456' })).toMatchObject({
      status: 401,
      code: 'SIGN_IN_EXPIRED',
    });
  });

  it('is ended, and its recovery codes are renewed, by whoever knows the password', async () => {
    const { email, page } = await signedIn();
    const begun = await page.json('POST', '/session/second-factor', { password: PASSWORD });
    await page.json('POST', '/session/second-factor/confirm', { code: codeOf(begun.uri) });
    const renewed = await page.json('POST', '/session/second-factor/recovery-codes', { password: PASSWORD });
    expect(renewed.recoveryCodes).toHaveLength(10);
    expect(renewed.recoveryCodes).not.toContain(begun.recoveryCodes[0]);
    expect(await page.json('POST', '/session/second-factor/end', { password: 'wrong' })).toMatchObject({
      status: 422,
    });
    expect(await page.json('POST', '/session/second-factor/end', { password: PASSWORD })).toBeUndefined();
    expect(await (await browser(api).signIn(email)).json()).toMatchObject({ signedIn: true });
  });

  it('leaves no secret in the database that can be read', async () => {
    const { page } = await signedIn();
    const begun = await page.json('POST', '/session/second-factor', { password: PASSWORD });
    const rows = await api.db.sql`select secret, backup_codes from second_factors`;
    const stored = JSON.stringify(rows);
    expect(rows.length).toBeGreaterThan(0);
    expect(stored).not.toContain(new URL(begun.uri).searchParams.get('secret'));
    expect(stored).not.toContain(begun.recoveryCodes[0]);
  });
});

it('keys have no session to change, and can ask who they are', async () => {
  const caller = await api.caller(['requests:read']);
  expect(await caller.json('GET', '/me')).toMatchObject({
    user: null,
    account: { id: caller.accountId },
    accounts: [{ id: caller.accountId }],
    scopes: ['requests:read'],
  });
  expect(await caller.json('POST', '/session/end-all', {})).toMatchObject({
    status: 403,
    code: 'SESSION_ONLY',
  });
});

it('no log holds an address, a password or a cookie', async () => {
  const { email, page } = await signedIn();
  await browser(api).signIn(email, 'a wrong password');
  const logs = api.logged.join('');
  expect(logs).not.toContain(email);
  expect(logs).not.toContain('a wrong password');
  for (const value of page.jar.values()) expect(logs).not.toContain(value);
});
