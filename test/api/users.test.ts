import { describe, expect, it } from 'vitest';
import { mailPasswords } from '../../activities/mail-passwords.ts';
import { createLogger } from '../../log.ts';
import { type EmailProvider, EmailUnavailable } from '../../providers/email/provider.ts';
import { browser, PASSWORD, person } from './people.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi();

type Mail = Parameters<EmailProvider['send']>[0];

/** A worker's round: mails what is due. `mails` is what the provider was handed. */
async function mailRound(
  send: EmailProvider['send'] = async () => ({ outcome: 'SENT', providerRef: 'x', cause: 'accepted' }),
  publicUrl: string | undefined = 'http://console.test/',
) {
  const mails: Mail[] = [];
  await mailPasswords({
    db: api.db,
    mailFrom: 'clarion@example.com',
    publicUrl,
    log: createLogger('test', 'silent'),
    email: {
      send: async (mail: Mail) => {
        mails.push(mail);
        return send(mail);
      },
    } as EmailProvider,
  });
  return mails;
}

const tokenIn = (mail: Mail | undefined): string =>
  /set-password#([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';

async function owner() {
  const { accountId } = await api.caller();
  const who = await person(api, { accountId });
  const page = browser(api);
  await page.signIn(who.email);
  return { ...who, accountId, page };
}

let last = 0;
const newEmail = () => `invited-${++last}@example.com`;
const setPassword = (token: string, newPassword: string) =>
  browser(api).call('POST', '/session/set-password', { token, newPassword });

describe('an invitation', () => {
  it('leads from a mail to a password and into the account, once', async () => {
    const { page, accountId, id } = await owner();
    const email = newEmail();
    const invited = await page.json('POST', '/users', {
      email: email.toUpperCase(),
      name: ' Asha ',
      role: 'supervisor',
    });
    expect(invited).toMatchObject({
      email,
      name: 'Asha',
      role: 'supervisor',
      status: 'INVITED',
      invitation: 'WAITING',
    });
    const [mail] = await mailRound();
    expect(mail).toMatchObject({ to: [email], subject: 'Invitation to Test on Clarion' });
    const token = tokenIn(mail);
    expect(mail?.text).toContain(`http://console.test/set-password#${token}`);
    const rows = JSON.stringify(await api.db.sql`select * from password_links`);
    expect(rows).not.toContain(token);
    expect(await (await setPassword(token, 'short')).json()).toMatchObject({
      errors: [{ field: 'newPassword' }],
    });
    expect((await setPassword(token, 'a password of mine')).status).toBe(204);
    expect(await (await setPassword(token, 'a password of theirs')).json()).toMatchObject({
      code: 'LINK_SPENT',
    });
    const guest = browser(api);
    expect((await guest.signIn(email, 'a password of mine')).status).toBe(200);
    expect((await guest.json('GET', '/me')).account).toMatchObject({ id: accountId, role: 'supervisor' });
    expect(await page.json('GET', `/users/${invited.id}`)).toMatchObject({
      status: 'ACTIVE',
      invitation: 'SENT',
      lastSignInAt: expect.any(String),
    });
    const audit = await api.db.sql`
      select actor, action from audit_log where account_id = ${accountId} and subject = ${`user/${invited.id}`} order by id`;
    expect(audit).toEqual([
      { actor: `user:${id}`, action: 'user.invite' },
      { actor: `user:${invited.id}`, action: 'user.set-password' },
      { actor: `user:${invited.id}`, action: 'user.sign-in' },
    ]);
  });

  it('ends after a week, and when it is asked for anew and that one is used', async () => {
    const { page } = await owner();
    const { id } = await page.json('POST', '/users', { email: newEmail(), name: 'Asha', role: 'viewer' });
    const [first] = await mailRound();
    await api.db
      .sql`update password_links set expires_at = expires_at - interval '7 days' where user_id = ${id}`;
    expect((await setPassword(tokenIn(first), 'a password of mine')).status).toBe(422);
    await api.db.sql`update password_links set expires_at = now() + interval '1 day' where user_id = ${id}`;
    expect(await page.json('POST', `/users/${id}/invite`)).toMatchObject({
      status: 429,
      code: 'TOO_MANY_TRIES',
    });
    await api.db.sql`update password_links set created_at = created_at - interval '2 minutes'`;
    expect((await page.call('POST', `/users/${id}/invite`)).status).toBe(202);
    const [second] = await mailRound();
    expect((await setPassword(tokenIn(second), 'a password of mine')).status).toBe(204);
    expect((await setPassword(tokenIn(first), 'a password of theirs')).status).toBe(422);
  });

  it('is mailed again with another link when nobody knows whether the mail went out', async () => {
    const { page } = await owner();
    const { id } = await page.json('POST', '/users', { email: newEmail(), name: 'Asha', role: 'viewer' });
    const later = () =>
      api.db.sql`update password_links set due_at = now() where user_id = ${id} and due_at is not null`;
    const [first] = await mailRound(async () => Promise.reject(new Error('cut off')));
    await later();
    const [second] = await mailRound(async () => Promise.reject(new EmailUnavailable('away')));
    expect(tokenIn(second)).not.toBe(tokenIn(first));
    expect(second?.text).toContain('Only the link in this one works');
    await later();
    const [third] = await mailRound();
    expect((await setPassword(tokenIn(first), 'a password of mine')).status).toBe(422);
    expect((await setPassword(tokenIn(third), 'a password of mine')).status).toBe(204);
    expect(await mailRound()).toEqual([]);
  });

  it('says why it was not mailed', async () => {
    const { page } = await owner();
    const email = newEmail();
    await page.call('POST', '/blacklist/emails', { emails: [email] });
    const invited = await page.json('POST', '/users', { email, name: 'Asha', role: 'viewer' });
    expect(await mailRound()).toEqual([]);
    expect(await page.json('GET', `/users/${invited.id}`)).toMatchObject({ invitation: 'FAILED' });
  });

  it('of somebody who has a password needs none, and adds the account to theirs', async () => {
    const first = await owner();
    const second = await owner();
    const added = await second.page.json('POST', '/users', { email: first.email, name: 'x', role: 'viewer' });
    expect(added).toMatchObject({ id: first.id, status: 'ACTIVE', invitation: null });
    expect(await mailRound()).toEqual([]);
    const ids = (await first.page.json('GET', '/me')).accounts.map((one: Reply) => one.id);
    expect(ids.sort()).toEqual([first.accountId, second.accountId].sort());
    expect(
      await second.page.json('POST', '/users', { email: first.email, name: 'x', role: 'viewer' }),
    ).toMatchObject({
      status: 409,
      code: 'USER_EXISTS',
    });
  });

  it.each([
    [{ name: 'A', role: 'viewer' }, 'email'],
    [{ email: 'no address', name: 'A', role: 'viewer' }, 'email'],
    [{ email: 'a@example.com', name: '  ', role: 'viewer' }, 'name'],
    [{ email: 'a@example.com', name: 'A', role: 'king' }, 'role'],
    [{ email: 'a@example.com', name: 'A', role: 'viewer', operations: true }, 'operations'],
  ])('is refused by field: %j', async (body, field) => {
    const { page } = await owner();
    expect(await page.json('POST', '/users', body)).toMatchObject({ status: 422, errors: [{ field }] });
  });
});

describe('a role', () => {
  it('is changed, and holds from the next call on', async () => {
    const { page, accountId } = await owner();
    const other = await person(api, { accountId, role: 'viewer' });
    const theirs = browser(api);
    await theirs.signIn(other.email);
    const blacklist = async () =>
      (await theirs.call('POST', '/blacklist/phones', { numbers: ['+919876543210'] })).status;
    expect(await blacklist()).toBe(403);
    expect(await page.json('PATCH', `/users/${other.id}`, { role: 'supervisor' })).toMatchObject({
      role: 'supervisor',
    });
    expect(await blacklist()).toBe(200);
    expect(await page.json('PATCH', `/users/${other.id}`, { disabled: true })).toMatchObject({
      status: 'DISABLED',
    });
    expect(await blacklist()).toBe(403);
    expect((await browser(api).signIn(other.email)).status).toBe(403);
    expect(await page.json('PATCH', `/users/${other.id}`, { disabled: false })).toMatchObject({
      status: 'ACTIVE',
    });
    expect(await blacklist()).toBe(200);
    expect(await page.json('PATCH', `/users/${other.id}`, {})).toMatchObject({ status: 422 });
  });

  it('of the last owner stays, even when two owners demote each other at once', async () => {
    const { page, id, accountId } = await owner();
    const change = (who: typeof page, of: number, body: object) => who.json('PATCH', `/users/${of}`, body);
    for (const body of [{ role: 'manager' }, { disabled: true }]) {
      expect(await change(page, id, body)).toMatchObject({ status: 409, code: 'LAST_OWNER' });
    }
    const other = await person(api, { accountId });
    const theirs = browser(api);
    await theirs.signIn(other.email);
    const both = await Promise.all([
      change(page, other.id, { role: 'viewer' }),
      change(theirs, id, { role: 'viewer' }),
    ]);
    const { items } = await (await api.callerWith(accountId, ['users:read'])).json('GET', '/users');
    expect(items.filter((one: Reply) => one.role === 'owner')).toHaveLength(1);
    expect(both.filter((one) => one.role === 'viewer')).toHaveLength(1);
  });

  it('is given by nobody who has less', async () => {
    const { accountId, id } = await owner();
    const key = await api.callerWith(accountId, ['users:read', 'users:write', 'account:read']);
    expect(await key.json('POST', '/users', { email: newEmail(), name: 'A', role: 'owner' })).toMatchObject({
      status: 403,
      code: 'MISSING_SCOPE',
    });
    expect(
      (await key.call('POST', '/users', { json: { email: newEmail(), name: 'A', role: 'agent' } })).status,
    ).toBe(201);
    await person(api, { accountId });
    expect((await key.call('PATCH', `/users/${id}`, { json: { role: 'agent' } })).status).toBe(403);
  });
});

describe('a forgotten password', () => {
  it('is set anew by a link that is mailed, and ends every session', async () => {
    const { email, page } = await owner();
    expect((await browser(api).call('POST', '/session/forgotten', { email })).status).toBe(202);
    const mail = (await mailRound()).at(-1);
    expect(mail).toMatchObject({ to: [email], subject: 'Set a new password for Clarion' });
    expect((await setPassword(tokenIn(mail), 'a new password')).status).toBe(204);
    expect((await page.call('GET', '/me')).status).toBe(401);
    expect((await browser(api).signIn(email, PASSWORD)).status).toBe(401);
    expect((await browser(api).signIn(email, 'a new password')).status).toBe(200);
  });

  it('tells nobody who has a sign-in, and mails a person three links an hour at most', async () => {
    const { email } = await owner();
    const page = browser(api);
    const answers = [];
    for (const one of [email, email, email, email, 'nobody@example.com']) {
      const reply = await page.call('POST', '/session/forgotten', { email: one });
      answers.push([reply.status, await reply.text()]);
    }
    expect(new Set(answers.map(String))).toEqual(new Set(['202,']));
    expect(await mailRound()).toHaveLength(3);
    for (let call = 0; call < 15; call++)
      await page.call('POST', '/session/forgotten', { email: 'x@example.com' });
    expect((await page.call('POST', '/session/forgotten', { email })).status).toBe(429);
  });
});
