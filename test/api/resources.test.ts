import { describe, expect, it } from 'vitest';
import { attemptId } from '../../domain/attempt-id.ts';
import { definition, type Reply, testApi } from './support.ts';

const api = await testApi();

async function ready() {
  const caller = await api.caller();
  const flowId = await api.flow(caller.accountId, { name: 'survey' });
  return { caller, flowId };
}

describe('flows', () => {
  it('are created as drafts, checked, published as versions that never change, and listed', async () => {
    const { caller } = await ready();
    const made = await caller.json('POST', '/flows', {
      name: 'new',
      type: 'outbound',
      definition: { widgets: {} },
    });
    expect(made).toMatchObject({ name: 'new', publishedVersion: null, transactional: false });
    const path = `/flows/${made.id}`;
    expect(await caller.json('POST', `${path}/check`)).toMatchObject({ ok: false });
    const refused = await caller.json('POST', `${path}/publish`);
    expect(refused).toMatchObject({ status: 422, code: 'FLOW_HAS_PROBLEMS' });
    expect(refused.errors.length).toBeGreaterThan(0);
    expect(await caller.json('PUT', path, { definition: definition() })).toMatchObject({ name: 'new' });
    expect(await caller.json('POST', `${path}/check`)).toMatchObject({ ok: true });
    expect(await caller.json('POST', `${path}/publish`)).toMatchObject({ version: 1 });
    await caller.json('PUT', path, { definition: definition({ language: 'hi-IN' }) });
    expect(await caller.json('POST', `${path}/publish`)).toMatchObject({ version: 2 });
    expect((await caller.json('GET', `${path}/versions`)).items.map((one: Reply) => one.version)).toEqual([
      2, 1,
    ]);
    expect((await caller.json('GET', `${path}/versions/1`)).definition.language).toBe('en-IN');
    expect(await caller.json('GET', `${path}/versions/3`)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await caller.json('GET', path)).definition.language).toBe('hi-IN');
    expect((await caller.json('GET', '/flows?name=new')).items).toMatchObject([
      { id: made.id, publishedVersion: 2 },
    ]);
  });

  it('have names of their own, and known types', async () => {
    const { caller, flowId } = await ready();
    const body = { name: 'survey', type: 'outbound', definition: {} };
    expect(await caller.json('POST', '/flows', body)).toMatchObject({ status: 409, code: 'NAME_TAKEN' });
    const { id } = await caller.json('POST', '/flows', { ...body, name: 'other' });
    expect(await caller.json('PUT', `/flows/${id}`, { name: 'survey' })).toMatchObject({
      code: 'NAME_TAKEN',
    });
    expect(await caller.json('PUT', `/flows/${flowId}`, { name: 'survey' })).toMatchObject({
      name: 'survey',
    });
    expect(await caller.json('POST', '/flows', { ...body, type: 'fax' })).toMatchObject({
      errors: [{ field: 'type' }],
    });
  });

  it('can be checked without being stored', async () => {
    const { caller } = await ready();
    expect(await caller.json('POST', '/flows/check', { definition: definition() })).toMatchObject({
      ok: true,
    });
    const wrong = await caller.json('POST', '/flows/check', { definition: definition({ start: 'nowhere' }) });
    expect(wrong).toMatchObject({ ok: false });
    expect(wrong.problems[0]).toMatchObject({ code: 'NO_START', severity: 'error', field: 'start' });
    expect((await caller.json('GET', '/flows')).items).toHaveLength(1);
  });

  it('are approved by operations alone, in the version they looked at', async () => {
    const { caller, flowId } = await ready();
    const approve = { version: 1 };
    expect(await caller.json('POST', `/flows/${flowId}/approve`, approve)).toMatchObject({
      code: 'OPERATIONS_ONLY',
    });
    const operations = await api.operations(caller.accountId);
    expect(await operations.json('POST', `/flows/${flowId}/approve`, { version: 2 })).toMatchObject({
      code: 'FLOW_NOT_PUBLISHED',
    });
    expect(await operations.json('POST', `/flows/${flowId}/approve`, approve)).toMatchObject({
      approvedVersion: 1,
    });
  });
});

describe('lists', () => {
  it('blacklist numbers in bulk, read in the account’s country, and take them off again', async () => {
    const { caller } = await ready();
    const add = (json: unknown) => caller.json('POST', '/blacklist/phones', json);
    expect(await add({ numbers: ['98765 43210', '+919876543211'], reason: 'asked' })).toEqual({
      added: 2,
      updated: 0,
    });
    expect(await add({ numbers: ['+919876543210'] })).toEqual({ added: 0, updated: 1 });
    expect(await add({ numbers: ['+919876543212', 'abc'] })).toMatchObject({
      code: 'INVALID_NUMBER',
      errors: [{ field: 'numbers.1' }],
    });
    expect(await add({ numbers: Array(10_001).fill('+919876543210') })).toMatchObject({
      errors: [{ field: 'numbers' }],
    });
    expect(await add({ numbers: ['+919876543210'], expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({
      errors: [{ field: 'expiresAt' }],
    });
    const page = await caller.json('GET', '/blacklist/phones?limit=1');
    expect(page.items).toMatchObject([{ number: '+919876543210', reason: null }]);
    const next = await caller.json('GET', `/blacklist/phones?limit=1&cursor=${page.nextCursor}`);
    expect(next).toMatchObject({ items: [{ number: '+919876543211', reason: 'asked' }], nextCursor: null });
    const remove = async () => (await caller.call('DELETE', '/blacklist/phones/%2B919876543211')).status;
    expect([await remove(), await remove()]).toEqual([204, 404]);
  });

  it('blacklist and whitelist mail addresses', async () => {
    const { caller } = await ready();
    expect(await caller.json('POST', '/blacklist/emails', { emails: ['A@example.com'] })).toMatchObject({
      added: 1,
    });
    expect((await caller.json('GET', '/blacklist/emails')).items).toMatchObject([{ email: 'a@example.com' }]);
    expect((await caller.call('DELETE', '/blacklist/emails/a@example.com')).status).toBe(204);
    expect(await caller.json('POST', '/blacklist/emails', { emails: ['nobody'] })).toMatchObject({
      errors: [{ field: 'emails.0' }],
    });
    const entry = await caller.json('POST', '/whitelist/emails', { email: 'Boss@example.com' });
    expect(entry).toMatchObject({ email: 'boss@example.com' });
    expect((await caller.json('GET', '/whitelist/emails')).items).toEqual([entry]);
    const made = await caller.json('POST', '/requests', {
      flowName: 'survey',
      statusEmails: ['boss@example.com'],
      records: [{ number: '+919876543210' }],
    });
    expect(await caller.json('GET', `/requests/${made.requests[0].id}`)).toMatchObject({
      statusEmails: ['boss@example.com'],
    });
    expect((await caller.call('DELETE', `/whitelist/emails/${entry.id}`)).status).toBe(204);
    expect((await caller.call('DELETE', `/whitelist/emails/${entry.id}`)).status).toBe(404);
  });

  it('load the do-not-call register, which then scrubs promotional lists', async () => {
    const { caller } = await ready();
    const load = async (content: string, name = 'file') => {
      const form = new FormData();
      form.append(name, new File([content], 'dnd.csv'));
      const response = await caller.call('POST', '/register/imports', { form });
      return JSON.parse(await response.text());
    };
    const done = await load('number\n+919876543210\n9876543211\nabc\n');
    expect(done).toMatchObject({ numbers: 2, rejected: 1 });
    expect((await caller.json('GET', '/register/imports')).items).toMatchObject([
      { versionId: done.versionId, fileName: 'dnd.csv', numbers: 2, rejected: 1, current: true },
    ]);
    expect(await load('')).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'file' }] });
    const refused = await load('number\nabc\n12\n1234567\n\u20ac\n');
    expect(refused).toMatchObject({ status: 422, code: 'INVALID_INPUT', errors: [{ field: 'file' }] });
    expect(refused.errors[0].message).toContain('row 1 has "abc", row 2 has "12", row 3 has (a number), ...');
    expect((await caller.json('GET', '/register/imports')).items).toHaveLength(1);
    expect(await load('number\n', 'list')).toMatchObject({ errors: [{ field: 'list' }] });
    const call = await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543211' });
    expect(call).toMatchObject({ status: 422, code: 'DO_NOT_CALL' });
  });
});

describe('calls', () => {
  it('make a one-person request, known by its first attempt before it begins', async () => {
    const { caller } = await ready();
    const response = await caller.call('POST', '/calls', {
      json: { flowName: 'survey', number: '98765 43210', variables: { name: 'Asha' } },
    });
    expect(response.status).toBe(202);
    const { requestId, uuid } = JSON.parse(await response.text());
    expect(uuid).toBe(attemptId({ requestId, row: 1, attemptNo: 1, step: 0 }));
    expect(api.notified).toContain(requestId);
    expect(await caller.json('GET', `/requests/${requestId}`)).toMatchObject({
      source: 'call',
      loaded: 1,
      added: 1,
    });
    expect(await caller.json('GET', `/calls/${uuid}`)).toMatchObject({
      uuid,
      state: 'SCHEDULED',
      number: '+919876543210',
      journey: [],
      attempts: [],
    });
  });

  it.each([
    ['abc', 'INVALID_NUMBER'],
    ['', 'MISSING_NUMBER'],
    ['+919876543219', 'BLACKLISTED'],
  ])('refuse the number %j with its row result, and make nothing', async (number, code) => {
    const { caller } = await ready();
    await caller.json('POST', '/blacklist/phones', { numbers: ['+919876543219'] });
    const before = api.notified.length;
    const reply = await caller.json('POST', '/calls', { flowName: 'survey', number });
    expect(reply).toMatchObject({ status: 422, code, errors: [{ field: 'number' }] });
    expect((await caller.json('GET', '/requests')).items).toEqual([]);
    expect(api.notified).toHaveLength(before);
  });

  it('refuse a flow that cannot run', async () => {
    const { caller } = await ready();
    await api.flow(caller.accountId, { name: 'draft', published: false });
    const reply = await caller.json('POST', '/calls', { flowName: 'draft', number: '+919876543210' });
    expect(reply).toMatchObject({ status: 422, code: 'FLOW_NOT_RUNNABLE' });
  });

  it('are unknown by any other id', async () => {
    const { caller } = await ready();
    const made = await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543210' });
    const later = attemptId({ requestId: made.requestId, row: 1, attemptNo: 2, step: 0 });
    expect(await caller.json('GET', `/calls/${later}`)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await caller.json('GET', '/calls/00000000-0000-4000-8000-000000000000')).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await caller.json('GET', '/calls/x')).toMatchObject({ errors: [{ field: 'uuid' }] });
  });
});

describe('the report of attempts', () => {
  async function withAttempts() {
    const { caller, flowId } = await ready();
    const numbers = ['+919876543210', '+919876543211', '+919876543212'];
    const made = await caller.json('POST', '/requests', {
      flowName: 'survey',
      records: numbers.map((number) => ({ number })),
    });
    const requestId: number = made.requests[0].id;
    const uuids: string[] = [];
    for (const [index, number] of numbers.entries()) {
      const id = attemptId({ requestId, row: index + 1, attemptNo: 1, step: 0 });
      uuids.push(id);
      const settled = index === 2 ? null : new Date();
      await api.db.sql`
        insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                              address, provider, reserved_at, settled_at, outcome, cause)
        values (${id}, ${caller.accountId}, ${requestId}, ${index + 1}, 1, 'voice', ${flowId}, 1, 1, ${number},
                'simulated', '2026-01-01T00:00:00Z', ${settled}, ${settled && (index === 0 ? 'ANSWERED' : 'BUSY')}, '=cause()')`;
    }
    await api.db.sql`update records set attempts = 1 where request_id = ${requestId}`;
    const entries = [
      { at: '2026-01-01T00:00:01.000Z', widget: 'greet', widgetType: 'text-to-speech', event: 'SAID' },
    ];
    await api.db.sql`
      insert into journeys (attempt_id, account_id, entries)
      values (${uuids[0] ?? ''}, ${caller.accountId}, ${api.db.sql.json(entries)})`;
    return { caller, flowId, requestId, uuids, entries };
  }

  it('filters by everything it names, and pages without a repeat though all began in the same moment', async () => {
    const { caller, flowId, requestId, uuids } = await withAttempts();
    const find = async (query: string) =>
      (await caller.json('GET', `/reports/attempts?${query}`)).items
        .map((one: Reply) => uuids.indexOf(one.uuid))
        .sort();
    expect(await find('')).toEqual([0, 1, 2]);
    expect(await find('outcome=BUSY')).toEqual([1]);
    expect(await find('number=98765%2043210')).toEqual([0]);
    expect(await find('email=a@example.com')).toEqual([]);
    expect(await find(`uuid=${uuids[2]}`)).toEqual([2]);
    expect(await find(`requestId=${requestId}&flowId=${flowId}&flowName=survey&flowType=outbound`)).toEqual([
      0, 1, 2,
    ]);
    expect(await find('flowName=other')).toEqual([]);
    expect(await find('medium=sms')).toEqual([]);
    expect(await find('from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:01Z')).toEqual([0, 1, 2]);
    expect(await find('to=2026-01-01T00:00:00Z')).toEqual([]);
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await caller.json('GET', `/reports/attempts?limit=1${cursor}`);
      seen.push(...page.items.map((one: Reply) => one.uuid));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect([...seen].sort()).toEqual([...uuids].sort());
    expect(await caller.json('GET', '/reports/attempts?number=1&email=a@b.c')).toMatchObject({ status: 422 });
  });

  it('is downloaded as the filter shows it', async () => {
    const { caller } = await withAttempts();
    const text = await (await caller.call('GET', '/reports/attempts.csv?outcome=BUSY')).text();
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^uuid,beganAt,/);
    expect(lines[1]).toContain(",+919876543211,,,ENDED,BUSY,'=cause(),");
    expect((await (await caller.call('GET', '/reports/attempts.csv?number=123')).text()).trim()).toBe(
      lines[0],
    );
  });

  it('leads to the journey of a call', async () => {
    const { caller, uuids, entries } = await withAttempts();
    expect(await caller.json('GET', `/calls/${uuids[0]}`)).toMatchObject({
      state: 'ENDED',
      outcome: 'ANSWERED',
      journey: entries,
      attempts: [{ uuid: uuids[0], attemptNo: 1, outcome: 'ANSWERED' }],
    });
    expect(await caller.json('GET', `/calls/${uuids[2]}`)).toMatchObject({
      state: 'IN_PROGRESS',
      outcome: null,
    });
  });
});
