import { describe, expect, it } from 'vitest';
import { describeApi } from '../../api/client-source.ts';
import { addIncomingMail } from '../../db/queries/incoming-mails.ts';
import { tone, wavFile } from '../support/audio.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi();

/** Nothing was recorded here. */
const NO_RECORDING = 'call_1_1_unknown_919876543210_1.gsm';

/** Numbers of ours are unique on the platform. */
let lastDid = 1000;
/** And codes for one number are counted over all accounts. */
let lastPhone = 10_000;

/** A mail that somebody sent to the account. Returns its id. */
const incomingMail = (accountId: number): Promise<number> =>
  addIncomingMail(api.db, {
    accountId,
    receiver: 'smtp',
    receiverRef: 'delivery-1',
    envelopeFrom: 'a@example.com',
    helo: 'mx.example.com',
    clientAddress: '192.0.2.1',
    spfResult: null,
    bytes: null,
    rawKey: null,
    remote: null,
    tooLarge: true,
  }).then((id) => id ?? 0);

async function ready() {
  const caller = await api.caller();
  const flowId = await api.flow(caller.accountId, { name: 'survey' });
  const made = await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543210' });
  await caller.json('POST', '/blacklist/phones', { numbers: ['+919876543219'] });
  await caller.json('POST', '/blacklist/emails', { emails: ['a@example.com'] });
  const white = await caller.json('POST', '/whitelist/emails', { email: 'a@example.com' });
  const phone = await caller.json('POST', '/whitelist/phones', {
    number: `+9198765${String(++lastPhone)}`,
    by: 'sms',
  });
  const key = await caller.json('POST', '/api-keys', { name: 'other' });
  const email = `user-${String(++lastPhone)}@example.com`;
  const user = await caller.json('POST', '/users', { email, name: 'User', role: 'viewer' });
  const form = new FormData();
  form.append('name', 'greeting');
  form.append('file', new Blob([new Uint8Array(wavFile([tone({ hz: 440, ms: 100 })]))]));
  const prompt = (await (await caller.call('POST', '/prompts', { form })).json()) as Reply;
  await api.flow(caller.accountId, { name: 'reception', type: 'inbound' });
  const number = `+91226900${String(++lastDid)}`;
  const did = await caller.json('POST', '/dids', { number, flowName: 'reception' });
  const numbers = new FormData();
  numbers.append('file', new File(['9876543219\n'], 'dnd.csv'));
  const register = (await (
    await caller.call('POST', '/register/imports', { form: numbers })
  ).json()) as Reply;
  const calendar = await caller.json('POST', '/holiday-calendars', { name: 'India' });
  await caller.json('POST', `/holiday-calendars/${calendar.id}/dates`, { csv: '2030-01-26,Republic Day' });
  const split = await caller.json('POST', '/splits', {
    arms: [{ flowName: 'survey' }, { flowName: 'survey' }],
    records: [{ number: '+919876543210' }],
  });
  const operations = await api.operations(caller.accountId);
  const trunk = await operations.json('POST', '/trunks', { name: 'carrier', endpoint: `carrier-${lastDid}` });
  return {
    caller,
    flowId,
    ...made,
    didId: did.id as number,
    whiteId: white.id as number,
    phoneId: phone.id as number,
    keyId: key.id as number,
    userId: user.id as number,
    splitId: split.id as number,
    promptId: prompt.id as number,
    trunkId: trunk.id as number,
    calendarId: calendar.id as number,
    registerId: register.versionId as number,
    mailId: await incomingMail(caller.accountId),
  };
}

/** Every operation of the API, from its own description. */
const operations = Object.entries(describeApi().paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item as Record<string, { security?: object[] }>)
    // The doors by which one signs in stand open: test/api/session.test.ts.
    .filter(([, { security }]) => security?.length !== 0)
    .map(([method]) => ({ method: method.toUpperCase(), path })),
);

describe('keys', () => {
  it('are asked for everywhere', async () => {
    expect(operations.length).toBeGreaterThan(35);
    for (const { method, path } of operations) {
      const response = await api.app.request(`/api/v1${path.replaceAll(/\{\w+\}/g, '1')}`, { method });
      expect(`${method} ${path} ${response.status}`).toBe(`${method} ${path} 401`);
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it.each(['Basic abc', 'Bearer', 'Bearer x', `Bearer ck_${'0'.repeat(40)}`, 'Bearer a b'])(
    'are refused when they are none: %s',
    async (Authorization) => {
      const response = await api.app.request('/api/v1/flows', { headers: { Authorization } });
      expect(response.status).toBe(401);
    },
  );

  it('end when they are revoked, and note when they were used', async () => {
    const { caller } = await ready();
    const made = await caller.json('POST', '/api-keys', { name: 'crm', scopes: ['flows:read'] });
    expect(made.key).toMatch(/^ck_[0-9A-Za-z]{40}$/);
    const ask = async () =>
      (await api.app.request('/api/v1/flows', { headers: { Authorization: `Bearer ${made.key}` } })).status;
    expect(await ask()).toBe(200);
    const { items } = await caller.json('GET', '/api-keys');
    const listed = items.find((one: Reply) => one.id === made.id);
    expect(listed).toMatchObject({
      name: 'crm',
      prefix: made.key.slice(0, 9),
      lastUsedAt: expect.any(String),
    });
    expect(JSON.stringify(items)).not.toContain(made.key);
    expect((await caller.call('DELETE', `/api-keys/${made.id}`)).status).toBe(204);
    expect(await ask()).toBe(401);
  });

  it('do no more than their scopes, and make no key that does', async () => {
    const { caller } = await ready();
    const reader = await api.callerWith(caller.accountId, ['requests:read', 'keys:write']);
    expect((await reader.call('GET', '/requests')).status).toBe(200);
    const refused = await reader.json('GET', '/flows');
    expect(refused).toMatchObject({
      status: 403,
      code: 'MISSING_SCOPE',
      detail: expect.stringContaining('flows:read'),
    });
    const make = async (scopes?: string[]) =>
      (await reader.call('POST', '/api-keys', { json: { name: 'x', scopes } })).status;
    expect(await make(['requests:read'])).toBe(201);
    expect(await make(['flows:read'])).toBe(403);
    expect(await make()).toBe(403);
    expect(await make(['everything'])).toBe(422);
  });

  it('of operations name the account; others cannot name another', async () => {
    const { caller } = await ready();
    const unnamed = await api.operations();
    expect(await unnamed.json('GET', '/accounts/me')).toMatchObject({
      status: 400,
      code: 'ACCOUNT_REQUIRED',
    });
    const named = await api.operations(caller.accountId);
    expect(await named.json('GET', '/accounts/me')).toMatchObject({ id: caller.accountId });
    expect(await unnamed.json('GET', '/flows', undefined, { 'X-Account-Id': '999999' })).toMatchObject({
      status: 404,
    });
    expect(await unnamed.json('GET', '/flows', undefined, { 'X-Account-Id': 'x' })).toMatchObject({
      status: 422,
    });
    const other = String((await api.caller()).accountId);
    expect(await caller.json('GET', '/flows', undefined, { 'X-Account-Id': other })).toMatchObject({
      status: 403,
      code: 'WRONG_ACCOUNT',
    });
  });
});

/** One thing each, which is everybody's or the caller's own. */
const ONE_THING = new Set([
  '/accounts/me',
  '/me',
  '/contact-limits',
  '/email-uploads/address',
  '/flow-context',
  '/promotional-hours',
  '/receipts/key',
  '/register/check',
  '/tariff',
  '/trunks/default',
]);

describe('another account', () => {
  it('sees nothing by any GET, and changes nothing by anything else', async () => {
    const mine = await ready();
    const other = await api.caller();
    const values = (path: string): string =>
      path
        .replace('/requests/{id}', `/requests/${mine.requestId}`)
        .replace('/search', '/search?q=919876543210')
        .replace('/flows/{id}', `/flows/${mine.flowId}`)
        .replace('/splits/{id}', `/splits/${mine.splitId}`)
        .replace('/dids/{id}', `/dids/${mine.didId}`)
        .replace('/prompts/{id}', `/prompts/${mine.promptId}`)
        .replace('/attempts/{id}', `/attempts/${mine.uuid}`)
        .replace('/trunks/{id}', `/trunks/${mine.trunkId}`)
        .replace('/incoming-mails/{id}', `/incoming-mails/${mine.mailId}`)
        .replace('/holiday-calendars/{id}', `/holiday-calendars/${mine.calendarId}`)
        .replace('{date}', '2030-01-26')
        .replace('/register/imports/{id}', `/register/imports/${mine.registerId}`)
        .replace('/register/check', '/register/check?number=%2B919876543219')
        .replace('/explain', '/explain?number=%2B919876543219&flowName=survey')
        .replace('{name}', NO_RECORDING)
        .replace('/whitelist/phones/{id}', `/whitelist/phones/${mine.phoneId}`)
        .replace('/whitelist/emails/{id}', `/whitelist/emails/${mine.whiteId}`)
        // Listing any would lock the owner's calls out here: test/api/whitelist-sources.test.ts has theirs.
        .replace(/\/whitelist\/(ips|domains)\/\{id\}/, '/whitelist/$1/999999')
        .replace('/api-keys/{id}', `/api-keys/${mine.keyId}`)
        .replace('/users/{id}', `/users/${mine.userId}`)
        .replace('{version}', '1')
        .replace('{uuid}', mine.uuid)
        .replace('{number}', '%2B919876543219')
        .replace('{email}', 'a@example.com');
    const bodies: Record<string, unknown> = {
      'PUT /tariff': { currency: 'INR', rates: [{ prefix: '', pulseSeconds: 60, perPulse: '1' }] },
      'PATCH /requests/{id}': { concurrency: 1 },
      'POST /flows/{id}/test-call': { number: '+919876543210' },
      'PUT /flows/{id}': { name: 'stolen' },
      'PATCH /dids/{id}': { enabled: false },
      'PATCH /prompts/{id}': { name: 'stolen' },
      'PATCH /trunks/{id}': { enabled: false },
      'PATCH /users/{id}': { disabled: true },
      'PATCH /holiday-calendars/{id}': { region: null },
      'POST /holiday-calendars/{id}/dates': { dates: [{ date: '2030-01-01', name: 'stolen' }] },
      'POST /holiday-calendars/{id}/import': { country: 'IN', year: 2030 },
      'POST /whitelist/phones/{id}/verify': { code: '123456' },
      'POST /requests/{id}/records': { records: [{ number: '+919876543211' }] },
    };
    const own: Record<string, string> = {};
    for (const { method, path } of operations) {
      const operation = `${method} ${path}`;
      // It names a flow, which the other account has not: test/api/explain.test.ts.
      if (path === '/explain') continue;
      // It has no end.
      if (path === '/requests/events') continue;
      if (method !== 'GET' && !path.includes('{')) continue;
      // For operations, and refused before anything is looked for.
      if (/\/(approve|reject)$/.test(path) || operation === 'DELETE /promotional-hours/{id}') continue;
      const json = bodies[operation];
      const response = await other.call(method, values(path), json === undefined ? {} : { json });
      if (path.includes('{')) {
        expect(`${operation} ${response.status}`).toBe(`${operation} 404`);
      } else {
        own[path] = await response.text();
        expect(`${operation} ${response.status}`).toBe(`${operation} 200`);
      }
    }
    expect(JSON.parse(own['/accounts/me'] ?? '').id).toBe(other.accountId);
    expect(JSON.parse(own['/register/check'] ?? '').registered).toBe(false);
    for (const [path, text] of Object.entries(own)) {
      if (ONE_THING.has(path) || /\.(csv|ndjson)$/.test(path)) continue;
      const { items, groups } = JSON.parse(text);
      const rows = items ?? groups;
      // Its own key is the one thing it has.
      expect([path, rows]).toEqual([
        path,
        path === '/api-keys' ? [expect.objectContaining({ name: 'test' })] : [],
      ]);
    }
    expect(own['/reports/attempts.csv']?.trim().split('\n')).toHaveLength(1);
    // And all of it is still there for its owner.
    for (const { method, path } of operations.filter((one) => one.method === 'GET')) {
      // A stream has no end here, and a call that waits for its turn has no recordings and no receipt yet.
      if (path.endsWith('/events') || path.includes('/recordings') || path.endsWith('/receipt')) continue;
      expect(`${path} ${(await mine.caller.call(method, values(path))).status}`).toBe(`${path} 200`);
    }
  });
});

describe('errors and logs', () => {
  it('are problems for addresses and methods that are not there', async () => {
    for (const path of ['/nowhere', '/api/v1/nowhere']) {
      const response = await api.app.request(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  });

  it('tell the caller of a fault of ours its reference and nothing else', async () => {
    const { caller, requestId } = await ready();
    await api.db.sql`delete from request_policies where request_id = ${requestId}`;
    const reply = await caller.json('GET', `/requests/${requestId}`);
    expect(reply).toMatchObject({
      status: 500,
      code: 'INTERNAL',
      reference: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(JSON.stringify(reply)).not.toContain('policy');
    const line = api.logged.find((one) => one.includes(reply.reference));
    expect(line).toContain('has no policy');
  });

  it('log each call by its template, without anything of its content', async () => {
    const { caller } = await ready();
    const number = '+919876543219';
    await caller.call('DELETE', `/blacklist/phones/${encodeURIComponent(number)}`, {
      headers: { 'X-Request-Id': 'trace-1' },
    });
    const line = JSON.parse(api.logged.find((one) => one.includes('trace-1')) ?? '{}');
    expect(line).toMatchObject({
      method: 'DELETE',
      route: '/api/v1/blacklist/phones/{number}',
      status: 204,
      accountId: caller.accountId,
    });
    expect(api.logged.join('')).not.toContain('9876543219');
  });
});
